"""Plain text tables for the terminal."""

from collections.abc import Sequence


def number(value: float | None) -> str:
    """Three figures or whole thousands; a dash for what was not measured."""
    if value is None:
        return "-"
    if abs(value) >= 100:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}"


def times(value: float | None) -> str:
    """A ratio, as in "x 2.6"; a dash for what was not measured."""
    return "-" if value is None else f"x {value:.2f}" if value < 10 else f"x {value:.0f}"


def table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns aligned: the first to the left, the others to the right."""
    columns = list(zip(headings, *rows, strict=True))
    widths = [max(len(cell) for cell in column) for column in columns]

    def line(cells: Sequence[str]) -> str:
        first, *others = (
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "  ".join((first, *others)).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join((title, "", line(headings), rule, *(line(row) for row in rows), ""))
