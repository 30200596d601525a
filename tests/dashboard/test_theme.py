"""Colours: readable on their page, the same in the settings, named nowhere else."""

import re
import tomllib
from pathlib import Path

import pytest

from dashboard.theme import PALETTES

ROOT = Path(__file__).resolve().parents[2]
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]


def luminance(color):
    """Return the relative luminance of "#rrggbb" (WCAG 2.2)."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_text_and_graphics_stand_out(palette):
    for surface in (palette.background, palette.panel):
        assert contrast(palette.text, surface) >= 7
        assert contrast(palette.muted, surface) >= 4.5
    for color in (palette.positive, palette.negative, palette.truth, palette.gradient):
        assert contrast(color, palette.background) >= 3
    assert contrast(palette.highlight, palette.text if palette.name == "light" else "#000000") >= 3


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_settings_mirror_the_palette(palette):
    theme = THEMES[palette.name]
    assert theme["backgroundColor"] == palette.background
    assert theme["secondaryBackgroundColor"] == palette.panel
    assert theme["textColor"] == palette.text
    assert contrast(theme["primaryColor"], palette.background) >= 4.5
    assert contrast(theme["primaryColor"], palette.panel) >= 4.5
    for kind in ("Categorical", "Sequential", "Diverging"):
        assert len(theme[f"chart{kind}Colors"]) == 10
    assert tuple(theme["chartCategoricalColors"]) == palette.series


def test_no_other_module_names_a_colour():
    named = re.compile(r"#[0-9a-fA-F]{6}\b")
    allowed = {"theme.py", "layout.py"}  # layout: the one style that no setting reaches
    found = [
        path.relative_to(ROOT)
        for folder in ("dashboard", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if path.name not in allowed and named.search(path.read_text("utf-8"))
    ]
    assert not found


def test_fade():
    assert PALETTES["light"].fade("#FF8000", 0.5) == "rgba(255, 128, 0, 0.5)"
