"""What is known of a source: one row each."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Source:
    """One paper, book or page. `year` is when it first appeared in the form cited."""

    key: str
    authors: str
    year: int
    title: str
    venue: str
    url: str

    @property
    def label(self):
        """The short form for running text, such as "Rosenblatt (1958)"."""
        return f"{self.authors} ({self.year})"
