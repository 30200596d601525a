"""Pages made of laboratories: benches with controls and a picture, one of them open at a time."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from dashboard import layout
from dashboard.controls import Choice, Control
from dashboard.theme import Palette


class Bench(Protocol):
    """What a laboratory's module offers to its page."""

    CONTROLS: Sequence[Control]

    def show(self, page: layout.Page, colors: Palette) -> Callable[[], None] | None:
        """Draw the laboratory; return what is left to do once the page is complete, if anything."""


class Laboratory(NamedTuple):
    """One laboratory of a page: what the learner calls it, and the module that draws it."""

    label: str
    bench: Bench


def show_page(
    page: str,
    labs: Mapping[str, Laboratory],
    *,
    choice: str,
    controls: Sequence[Control] = (),
) -> None:
    """Draw the page `page` of the navigation with the one of its laboratories that is open.

    `choice` names the control that opens one, in the address too; no two pages may share it.
    `controls` are those that belong to no single laboratory.
    """
    opened = Choice(
        key=choice,
        label="Laboratory",
        default=next(iter(labs)),
        options=tuple(labs),
        labels={key: lab.label for key, lab in labs.items()},
        style="segmented",
        hide_label=True,
    )
    theirs = (control for lab in labs.values() for control in lab.bench.CONTROLS)
    drawn = layout.start(page, (opened, *theirs, *controls))
    # Only the laboratory that is open draws and computes anything.
    rest = labs[opened.show()].bench.show(drawn, layout.palette())
    drawn.finish()
    if rest is not None:
        rest()
