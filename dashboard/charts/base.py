"""What every figure shares: fonts, margins, axes, and nothing that jumps or clutters."""

import html
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from dashboard.theme import Palette

# Plotly's stock template costs 7 kB in every message and 1 ms in every build.
pio.templates.default = "none"

FONT = '"Source Sans", "Source Sans 3", system-ui, -apple-system, "Segoe UI", sans-serif'
PLAIN = {"visible": False, "fixedrange": True}


def axis(
    palette: Palette,
    title: str = "",
    span: Sequence[float] | None = None,
    *,
    zero: bool = False,
    zoom: bool = False,
    **more: Any,
) -> dict:
    """Return an axis with a title and a fixed range (`span`), so that nothing jumps.

    With `zoom` the learner may drag and pinch it; a double click brings the range back.
    """
    return {
        "title": {"text": title, "font": {"size": 13, "color": palette.text}, "standoff": 8},
        "range": None if span is None else list(span),
        "tickfont": {"size": 12, "color": palette.muted},
        "fixedrange": not zoom,
        "gridcolor": palette.grid,
        "linecolor": palette.axis,
        "zeroline": zero,
        "zerolinecolor": palette.axis,
        "zerolinewidth": 1,
        "ticks": "",
        "automargin": True,
        **more,
    }


def plain(text: str, longest: int = 40) -> str:
    """Return text that a learner's file may hold so that Plotly shows it as it is: no tags."""
    shown = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return html.escape(shown, quote=False)


def layout(palette: Palette, **more: Any) -> dict:
    """Return the layout that every figure starts from; `more` overrides or adds."""
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": palette.text},
        "margin": {"l": 52, "r": 16, "t": 16, "b": 44},
        "showlegend": False,
        "legend": {
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 0,
            "font": {"size": 13, "color": palette.text},
            "bgcolor": "rgba(0,0,0,0)",
        },
        "hoverlabel": {
            "bgcolor": palette.panel,
            "bordercolor": palette.axis,
            "font": {"family": FONT, "size": 13, "color": palette.text},
        },
        "hovermode": "closest",
        "dragmode": "pan",
        # The same for ever: a redraw keeps the learner's zoom and camera.
        "uirevision": "kept",
        **more,
    }


def figure(palette: Palette, data: Sequence[dict], **more: Any) -> go.Figure:
    """Return a figure of plain trace dicts in the shared layout.

    Write the dicts as Plotly's JSON has them, spelled out: {"title": {"text": ...}}.
    """
    return Sketch(data=list(data), layout=layout(palette, **more))


class Sketch(go.Figure):
    """A figure that Plotly checks only when somebody looks into it.

    Checking costs 3-10 ms a figure at every move of a slider. The tests look into every figure;
    a page only sends it on, as `raw`.
    """

    def __init__(self, data: Any = None, layout: Any = None, **more: Any) -> None:
        """Keep plain dicts as they are; hand anything else to Plotly at once."""
        plain = isinstance(data, list) and isinstance(layout, dict) and not more
        if plain and not _short(layout) and not _short(data):
            self.__dict__["raw"] = _without_none({"data": data, "layout": layout})
        else:
            super().__init__(data, layout, **more)

    def __getattr__(self, name: str) -> Any:
        """Become a checked figure the first time that one is needed."""
        raw = self.__dict__.pop("raw", None)
        if raw is None:
            raise AttributeError(name)
        super().__init__(raw["data"], raw["layout"])
        return getattr(self, name)


_UNDERSCORED = {"paper_bgcolor", "plot_bgcolor", "error_x", "error_y", "error_z"}


def _short(node: Any) -> bool:
    """Whether Plotly's Python shorthand is used, which its JavaScript would not understand."""
    if isinstance(node, dict):
        return any(
            ("_" in key and key not in _UNDERSCORED)
            or (key == "title" and isinstance(value, str))
            or _short(value)
            for key, value in node.items()
        )
    return isinstance(node, list | tuple) and any(
        _short(part) for part in node if isinstance(part, dict)
    )


def _without_none(node: Any) -> Any:
    """Leave out what is None, as Plotly's own check does: its JavaScript trips over a null."""
    if isinstance(node, dict):
        return {key: _without_none(value) for key, value in node.items() if value is not None}
    if isinstance(node, list | tuple) and any(isinstance(part, dict) for part in node):
        return [_without_none(part) for part in node]
    return node


def label(palette: Palette, x: Any, y: Any, text: str, **more: Any) -> dict:
    """Return an annotation without an arrow: a direct label, instead of a legend."""
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "font": {"size": 13, "color": palette.text},
        **more,
    }


def cursor(palette: Palette, x: float) -> dict:
    """Return a dotted line at x, from the bottom of the chart to its top, behind everything."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "line": {"color": palette.axis, "width": 1, "dash": "dot"},
        "layer": "below",
    }
