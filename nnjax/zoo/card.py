"""What is said of an architecture: the row of CARDS."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Card:
    """One architecture in words, its flow as named stages, and what it costs as formulas.

    `trains_on` is the task that suits it best, a key of TASKS, where a network of NETWORKS learns
    it here; otherwise it is empty and `not_here` says why. The formulas are LaTeX.
    """

    key: str
    label: str
    year: int
    source: str  # key of SOURCES, from that year
    description: str
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    used_in: str
    flow: tuple[str, ...]  # from the input to the output
    loops: tuple[int, int] | None = None  # stages between which the flow goes back: from, to
    skips: tuple[tuple[int, int], ...] = ()  # pairs of stages between which it also goes straight
    trains_on: str = ""
    not_here: str = ""
    parameters: str = ""
    flops: str = ""
    cost_note: str = ""

    @property
    def network(self) -> str:
        """The key in NETWORKS of the network that learns `trains_on`; empty if none does."""
        return f"{self.key}_{self.trains_on}" if self.trains_on else ""
