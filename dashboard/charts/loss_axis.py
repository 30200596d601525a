"""A log axis for losses: how far it reaches, its ticks, and a loss in words."""

import numpy as np

from dashboard.charts.base import axis
from dashboard.theme import Palette

FLOOR = 1e-7  # a loss below this is drawn as this
RANGE = 4.0  # powers of ten from the lowest loss up: what is higher is drawn as the highest


def number(loss: float) -> str:
    """Return a loss of any size in a few characters."""
    if not np.isfinite(loss):
        return "not finite"
    return f"{loss:.4f}" if 0.001 <= loss < 1 else f"{loss:.3g}"


def ticks(low: float, high: float) -> tuple[list[float], list[str]]:
    """Return powers of ten and their losses, two to six of them."""
    losses = _evenly_spaced(10**low, 10**high)
    if high - low > 0.8:
        steps = (1, 2, 5) if high - low < 1.5 else (1, 3) if high - low < 2.5 else (1,)
        powers = range(int(np.floor(low)), int(np.ceil(high)) + 1)
        losses = [step * 10.0**power for power in powers for step in steps]
    kept = [loss for loss in losses if low - 1e-6 <= np.log10(loss) <= high + 1e-6]
    return [float(np.log10(loss)) for loss in kept], [f"{loss:.4g}" for loss in kept]


def _evenly_spaced(first: float, last: float) -> list[float]:
    """Return multiples of a round number from one end of a short axis to the other."""
    rough = (last - first) / 3
    power = 10.0 ** np.floor(np.log10(rough))
    step = power * max(part for part in (1, 2, 5) if part * power <= rough)
    return [round(float(tick), 12) for tick in np.arange(np.ceil(first / step), last / step) * step]


def span_of(losses: np.ndarray) -> tuple[float, float]:
    """Return the ends of a log axis that shows these losses, less what has run away."""
    known = np.maximum(losses[np.isfinite(losses)], FLOOR)
    if not known.size:
        return -1.0, 1.0
    low = float(np.log10(known.min()))
    high = float(min(np.log10(known.max()), low + RANGE + 2))
    room = 0.06 * max(high - low, 0.3)
    return low - room, high + room


def shown(losses: np.ndarray, high: float) -> np.ndarray:
    """Return losses as the axis can show them: what ran away lies on its upper end."""
    return np.clip(np.nan_to_num(losses, nan=1e30, posinf=1e30), FLOOR, 10**high)


def loss_axis(palette: Palette, low: float, high: float) -> dict:
    """Return the axis for powers of ten from `low` to `high`."""
    powers, texts = ticks(low, high)
    values = [10.0**power for power in powers]
    return axis(palette, "", (low, high), type="log", tickvals=values, ticktext=texts)
