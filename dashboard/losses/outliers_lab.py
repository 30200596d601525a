"""Outliers: one point far out, and three lines that answer differently."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Click, Panel, show_chart, show_panels
from dashboard.charts import outliers as charts
from dashboard.compute import remember, run
from dashboard.controls import Number, Slider
from dashboard.losses import outliers_words as words
from dashboard.losses import uniform
from dashboard.theme import Palette
from nnjax import outliers
from nnjax.races.bands import Band, band_over_seeds

OUTLIER_X = Slider(
    key="loss_x", label="Diamond, x", default=8.0, min=0.0, max=10.0, step=0.5, format="%.1f",
    help="Or click in the chart to put it there.",
)  # fmt: skip
OUTLIER_Y = Slider(
    key="loss_y", label="Diamond, y", default=0.5, min=0.0, max=10.0, step=0.1, format="%.1f"
)
POINTS = Number(key="loss_points", label="Set of points", default=4, min=0, max=9999, step=1)
CONTROLS = (OUTLIER_X, OUTLIER_Y, POINTS)
GUESS = "guess_outlier"


class Study(NamedTuple):
    """The points, the outlier and what the three fits make of both."""

    points: tuple[np.ndarray, np.ndarray]
    outlier: tuple[float, float]
    with_it: outliers.Fits
    without: outliers.Fits
    moved: np.ndarray  # (n_fits,)

    @property
    def gap(self) -> float:
        """How far the outlier lies above the rule that made the points."""
        x, y = self.outlier
        return y - outliers.TRUE_SLOPE * x - outliers.TRUE_START


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab(shares=(2, 5))
    with controls:
        x, y, number = OUTLIER_X.show(), OUTLIER_Y.show(), POINTS.show()
        study = _compute(x, y, number)
        st.markdown(words.table(study))
    bands = _bands(number, x)
    with picture:
        _show_fits(study, colors)
        show_chart(
            charts.plot_moved(bands, study.gap, colors),
            key="moved",
            alt=words.describe_bands(bands, charts.GAPS),
            height=charts.MOVED_HEIGHT,
        )
        layout.look(words.what_to_see(study))
    _ask(number)
    layout.formula(*words.formulas(study), note=words.FORMULA_NOTE)
    _lead_on(page)


def _compute(x: float, y: float, number: int) -> Study:
    points = run("points", outliers.steady_points, np.uint32(number))
    with_it, without = run("the fits", outliers.fit_with_and_without, *points, x, y)
    moved = run("how far", outliers.distance_moved, without.lines, with_it.lines)
    return Study(points, (x, y), with_it, without, moved)


def _bands(number: int, x: float) -> dict[str, Band]:
    """Return how far each line moves by the outlier's height, over N_SEEDS sets of points."""
    moved = remember("many sets of points", _moved, number, x)
    return {key: band_over_seeds(moved[..., i]) for i, key in enumerate(outliers.FITS)}


def _moved(number: int, x: float):
    return outliers.moved_over_seeds(np.uint32(number), np.float32(x), charts.GAPS)


def _show_fits(study: Study, colors: Palette) -> None:
    curves = run("pulls", outliers.pulls_over_errors, charts.ERRORS)
    errors, pulls = study.with_it.errors[:, 0], study.with_it.pulls[:, 0]
    show_panels(
        [
            Panel(
                figure=charts.plot_fits(
                    study.points, study.outlier, study.with_it.lines, study.without.lines, colors
                ),
                alt=words.describe_fits(study),
                height=charts.FIT_HEIGHT,
            ),
            Panel(
                figure=charts.plot_pulls_of_errors(curves, errors, pulls, colors),
                alt=words.describe_pulls(study),
                height=charts.FIT_HEIGHT,
            ),
        ],
        key="fits",
        columns=(4, 3),
        on_click=_move,
    )


def _move(click: Click) -> None:
    """A click among the points puts the outlier there."""
    if click.panel == 0 and click.x is not None and click.y is not None:
        st.session_state[OUTLIER_X.key] = OUTLIER_X.snap(click.x)
        st.session_state[OUTLIER_Y.key] = OUTLIER_Y.snap(click.y)


def _ask(number: int) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        bands = _bands(number, OUTLIER_X.default)
        answer, why = words.compare_moves(bands, charts.GAPS)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _lead_on(page: layout.Page) -> None:
    def settings(**values: Any) -> dict[str, Any]:
        return {"loss_lab": "outliers"} | {f"loss_{name}": value for name, value in values.items()}

    page.try_this(
        ("A failure: at the edge, one point tilts all", settings(x=10.0, y=0.0)),
        ("In the middle it lifts, but cannot tilt", settings(x=5.0, y=10.0)),
        ("On the line: no quarrel", settings(x=8.0, y=6.8)),
        ("Other points, another answer", settings(points=0)),
    )
    uniform.show(words.IN_LLMS)
    layout.show_the_code(outliers.fit_lines, outliers.losses_of, outliers.moved_over_seeds)
    layout.sources(
        "huber_1964", "stigler_1981", "portnoy_koenker_1997", "kingma_ba_2015", *uniform.SOURCES
    )
