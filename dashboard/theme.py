"""The one place that names colours (with `.streamlit/config.toml`, which mirrors it)."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Palette:
    """What each colour means, in one theme. Okabe-Ito hues, safe for colour-blind eyes.

    Colour is never the only signal: pair positive with solid lines and circles, negative with
    dashes and crosses, truth with dots.
    """

    name: str  # "light" or "dark"
    background: str
    panel: str  # a surface slightly apart from the background
    text: str
    muted: str  # axis numbers, captions; still meets AA on the background
    grid: str
    axis: str  # the zero lines
    neutral: str  # everything that has no meaning of its own
    positive: str  # a positive weight, class A
    negative: str  # a negative weight, class B
    gradient: str
    truth: str  # truth or target
    highlight: str  # the active thing; outline it with `text`, yellow alone is faint on white
    extra: tuple[str, ...]  # further hues where several equals are drawn together

    @property
    def series(self) -> tuple[str, ...]:
        """Colours for up to ten equals on one chart, told apart by `DASHES` as well."""
        return (self.positive, self.negative, self.truth, self.gradient, *self.extra)

    @property
    def diverging(self) -> list[tuple[float, str]]:
        """A colour scale from negative over neutral to positive, to be centred on 0."""
        return [(0.0, self.negative), (0.5, self.middle), (1.0, self.positive)]

    @property
    def sequential(self) -> list[tuple[float, str]]:
        """A colour scale from nothing to much."""
        return [(0.0, self.panel), (1.0, self.positive)]

    @property
    def middle(self) -> str:
        """The colour of 0 on a diverging scale."""
        return {"light": "#F4F5F6", "dark": "#262D35"}[self.name]

    def fade(self, color: str, alpha: float) -> str:
        """Return `color` as rgba with this opacity."""
        red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
        return f"rgba({red}, {green}, {blue}, {alpha:g})"


# One for each of `Palette.series`, so that lines differ without colour.
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot") * 2
SYMBOLS = ("circle", "x", "diamond", "square", "triangle-up", "cross", "star") * 2

LIGHT = Palette(
    name="light",
    background="#FFFFFF",
    panel="#F5F7F9",
    text="#0E151C",
    muted="#52606D",
    grid="#E6EAEE",
    axis="#AEB8C2",
    neutral="#7B8794",
    positive="#0072B2",
    negative="#D55E00",
    gradient="#CC79A7",
    truth="#009E73",
    highlight="#F0E442",
    extra=("#7B8794", "#56B4E9", "#8A6FB0", "#8C6D1F", "#B0413E", "#0E151C"),
)

DARK = Palette(
    name="dark",
    background="#12161B",
    panel="#1B2128",
    text="#E8ECF0",
    muted="#A7B1BC",
    grid="#29313A",
    axis="#5A6673",
    neutral="#8D99A6",
    positive="#56B4E9",
    negative="#E69F00",
    gradient="#CC79A7",
    truth="#009E73",
    highlight="#F0E442",
    extra=("#8D99A6", "#2E86C1", "#B79BE0", "#D5B45A", "#E07A76", "#E8ECF0"),
)

PALETTES = {palette.name: palette for palette in (LIGHT, DARK)}
