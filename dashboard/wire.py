"""How charts and films travel to the browser: one message of bytes, that `message.js` unpacks."""

import base64
import contextlib
import hashlib
import json
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import Sketch


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One chart of several: its figure, what it shows now in words, its height in pixels."""

    figure: go.Figure
    alt: str
    height: int = 360


@dataclass(frozen=True, kw_only=True)
class Film:
    """Frames that the browser plays over one or more panels without asking the server.

    `tracks` maps (panel, trace, path) to an array whose leading axis is the frame; trace None
    addresses the layout: (0, 1, "z"), (1, 0, "marker.color"), (0, None, "shapes[0].x0").
    Numbers travel fastest as float32 or uint8; strings are possible.

    A run may come in chunks: the same `run`, `start` = index of the chunk's first frame. With
    `live`, the frames that have just arrived play evenly over `interval` seconds.
    """

    tracks: dict[tuple[int, int | None, str], Any]
    captions: Sequence[str]
    run: str | int
    start: int = 0
    live: bool = False
    interval: float = 0.5
    rate: float = 12.0  # frames a second of the play button
    show: int = -1  # the frame shown first; negative counts from the end
    at_rest: Sequence[int] = ()  # panels painted with a chunk and at a stop, not at every frame

    @property
    def n_frames(self) -> int:
        """The frames in this chunk."""
        return min(len(frames) for frames in self.tracks.values()) if self.tracks else 0


def pack(
    panels: Sequence[Panel],
    *,
    key: str,
    theme: str,
    columns: Sequence[float] = (1,),
    film: Film | None = None,
    click: bool = False,
    tells: bool = False,
    forks: bool = False,
    reveal: int = 0,
) -> bytes:
    """Return the message that `browser/message.js` unpacks: uint32 length, JSON, raw film arrays.

    Bytes rather than JSON, because Streamlit serialises JSON twice and arrays through Arrow.
    """
    blobs = _Blobs()
    figures = [
        figure_json(_without_film(panel.figure, film, index)) for index, panel in enumerate(panels)
    ]
    head = {
        "key": key,
        "theme": theme,
        "columns": " ".join(f"minmax(0,{weight:g}fr)" for weight in columns),
        "click": click,
        "tells": tells,
        "forks": forks,
        "reveal": reveal,
        "film": _film_head(film, blobs) if film is not None and film.n_frames else None,
    }
    described = ",".join(
        json.dumps({"alt": panel.alt, "height": panel.height, "digest": _digest(text)})[:-1]
        + f',"figure":{text}}}'
        for panel, text in zip(panels, figures, strict=True)
    )
    text = f'{json.dumps(head)[:-1]},"panels":[{described}]}}'.encode()
    padding = bytes(-(4 + len(text)) % 8)
    return b"".join([struct.pack("<I", len(text)), text, padding, *blobs.parts])


def _without_film(figure: go.Figure, film: Film | None, index: int) -> go.Figure:
    """Return a panel's figure without what its film puts there.

    Two chunks of a run then hold the same figure, which the browser need not draw again.
    """
    raw = figure.__dict__.get("raw")
    if raw is None or film is None or not film.n_frames:
        return figure
    for panel, trace, path in film.tracks:
        steps = ("layout",) if trace is None else ("data", trace)
        with contextlib.suppress(KeyError, IndexError):  # a film may add what was not there
            if panel == index:
                raw = _replaced(raw, (*steps, *_steps(path)), [])
    return Sketch(data=raw["data"], layout=raw["layout"])


def _replaced(node: Any, steps: Sequence[str | int], value: Any) -> Any:
    """Return a copy in which the value at the end of these steps is another."""
    if not steps:
        return value
    copy = list(node) if isinstance(node, list | tuple) else dict(node)
    copy[steps[0]] = _replaced(node[steps[0]], steps[1:], value)
    return copy


def figure_json(figure: go.Figure) -> str:
    """Return the figure as JSON with arrays as base64 (ten times as fast as `Figure.to_json`)."""
    raw = figure.__dict__.get("raw")
    try:
        if raw is None:
            return json.dumps(figure.to_dict(), default=_plain, allow_nan=False)
        data = json.dumps(raw["data"], default=_typed, allow_nan=False)
        layout = json.dumps(raw["layout"], default=_plain, allow_nan=False)
        return f'{{"data":{data},"layout":{layout}}}'
    except ValueError:  # a NaN in a list: Plotly's own writer turns it into null
        return figure.to_json(validate=False)


_WIRE = {"f4", "f8", "i1", "u1", "i2", "u2", "i4", "u4"}


def _typed(value: Any) -> Any:
    """Turn a trace's array into what Plotly's JavaScript reads as a typed array."""
    if not isinstance(value, np.ndarray) or value.ndim == 0 or value.dtype.kind not in "fiu":
        return _plain(value)
    if value.dtype.str[1:] not in _WIRE:
        value = value.astype(np.float64)  # float16, and whole numbers of 64 bits
    coded = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode("ascii")
    spec = {"dtype": value.dtype.str[1:], "bdata": coded}
    return spec if value.ndim == 1 else spec | {"shape": ", ".join(map(str, value.shape))}


def _plain(value: Any) -> Any:
    """Turn a NumPy scalar or array into plain Python."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    raise TypeError(f"a figure cannot hold a {type(value).__name__}")


def _digest(text: str) -> str:
    """Return a short fingerprint: an unchanged figure is not drawn again."""
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()


@dataclass
class _Blobs:
    """Raw arrays behind the JSON, each starting at a multiple of 8 bytes."""

    parts: list[bytes] = field(default_factory=list)
    size: int = 0

    def add(self, array: np.ndarray) -> int:
        """Append an array and return its offset."""
        offset, data = self.size, array.tobytes()
        self.parts += [data, bytes(-len(data) % 8)]
        self.size += len(data) + len(self.parts[-1])
        return offset


def _film_head(film: Film, blobs: _Blobs) -> dict:
    """Describe a film's tracks and put their arrays behind the JSON."""
    count = film.n_frames
    return {
        "run": str(film.run),
        "start": film.start,
        "count": count,
        "captions": [str(caption) for caption in film.captions[:count]],
        "live": film.live,
        "interval": film.interval,
        "rate": film.rate,
        "show": film.show,
        "at_rest": list(film.at_rest),
        "tracks": [
            {"panel": panel, "trace": trace, "path": _steps(path)}
            | _frames(np.asarray(frames)[:count], blobs)
            for (panel, trace, path), frames in film.tracks.items()
        ],
    }


def _frames(frames: np.ndarray, blobs: _Blobs) -> dict:
    """Describe one track: where its array lies, or its values when they are not numbers."""
    if frames.dtype.kind not in "fiub":
        return {"values": frames.tolist()}
    if frames.dtype.str[1:] not in _WIRE:
        frames = frames.astype(np.uint8 if frames.dtype.kind == "b" else np.float32)
    frames = np.ascontiguousarray(frames)
    shape = list(frames.shape)
    return {"dtype": frames.dtype.str[1:], "shape": shape, "offset": blobs.add(frames)}


def _steps(path: str) -> list[str | int]:
    """Split "shapes[0].x0" into ["shapes", 0, "x0"]."""
    return [int(i) if i else name for i, name in re.findall(r"\[(\d+)\]|([^.\[\]]+)", path)]
