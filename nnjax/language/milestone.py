"""What is said of a milestone and of its networks: the rows of MILESTONES."""

from dataclasses import dataclass

PUBLISHED = "published"  # by those who made it
ESTIMATED = "estimated"  # by others, who say how
COUNTED = "counted here"  # from the description in the paper
UNKNOWN = "not published"


@dataclass(frozen=True)
class Size:
    """A number of parameters or of operations, and how it is known."""

    value: float | None = None  # None if nobody knows
    known: str = UNKNOWN
    by: str = ""  # who or what gives it: "Brown et al. (2020), table D.1"


@dataclass(frozen=True, kw_only=True)
class LandmarkModel:
    """One network that was built and trained."""

    label: str
    year: int
    parameters: Size = Size()
    operations: Size = Size()  # floating-point operations of its training

    def size(self, measure: str) -> Size:
        """Its "parameters" or "operations"."""
        return getattr(self, measure)


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """One step of the road. `sources` are keys of SOURCES, its own paper first."""

    key: str
    label: str
    year: int
    authors: str
    text: str
    sources: tuple[str, ...]
    models: tuple[LandmarkModel, ...] = ()
