"""Maps as pictures under a chart's traces: cheap to change, so films of them run smoothly.

A heat map is calculated and drawn again with every trace around it, some 75 ms on a slow machine;
another picture in the same place takes a tenth of that.
"""

import base64
import functools
import io
import re

import numpy as np
from PIL import Image

SOURCE = "images[0].source"  # the path of a film's track: (panel, None, SOURCE)


def map_image(source: str, *, x: tuple[float, float], y: tuple[float, float]) -> dict:
    """Return an entry of `layout.images` that fills these spans of the axes."""
    return {
        "source": source,
        "xref": "x",
        "yref": "y",
        "x": x[0],
        "y": y[1],
        "sizex": x[1] - x[0],
        "sizey": y[1] - y[0],
        "sizing": "stretch",
        "layer": "below",
    }


def data_urls(maps: np.ndarray, scale: list, *, largest: int) -> np.ndarray:
    """Return one PNG for each map (n, height, width) uint8, first row at the bottom.

    `scale` is a colour scale as Plotly has them, from byte 0 to byte `largest`.
    """
    colors = color_table(tuple(map(tuple, scale)), largest)
    return np.array([_data_url(levels[::-1], colors) for levels in maps], dtype=object)


def _data_url(levels: np.ndarray, colors: np.ndarray) -> str:
    image = Image.fromarray(np.ascontiguousarray(levels), mode="L")
    image.putpalette(colors[:, :3].tobytes())
    buffer = io.BytesIO()
    image.save(buffer, "PNG", transparency=colors[:, 3].tobytes(), compress_level=1)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


@functools.lru_cache(maxsize=32)
def color_table(scale: tuple, largest: int) -> np.ndarray:
    """Return (256, 4) uint8: red, green, blue and opacity of every byte."""
    places = np.array([at for at, _ in scale]) * largest
    channels = np.array([_channels(color) for _, color in scale])
    bytes_ = np.arange(256)
    table = np.stack([np.interp(bytes_, places, channel) for channel in channels.T], axis=1)
    return table.round().astype(np.uint8)


def _channels(color: str) -> list[float]:
    """Return red, green, blue and opacity, each 0 to 255, of "#rrggbb" or "rgba(...)"."""
    if color.startswith("#"):
        return [*(int(color[i : i + 2], 16) for i in (1, 3, 5)), 255]
    red, green, blue, alpha = map(float, re.findall(r"[\d.]+", color))
    return [red, green, blue, 255 * alpha]
