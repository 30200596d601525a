"""A panel's own result, written above it."""

from dashboard.charts.base import label
from dashboard.theme import Palette


def panel_title(palette: Palette, text: str, y: float = 1.04) -> dict:
    """Return the annotation; the figure's top margin must leave room for it."""
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    font = {"size": 15, "color": palette.text}
    return label(palette, 0, y, f"<b>{text}</b>", font=font, **place)
