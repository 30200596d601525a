"""Fit any curve: networks of every width, trained and built by hand, and where both fail."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.approximation import target, words
from dashboard.chart import Click, Film, show_chart
from dashboard.charts import approximation as charts
from dashboard.compute import remember
from dashboard.controls import Choice, Number, Toggle
from dashboard.gather import Rest, gather
from dashboard.theme import Palette
from nnjax.activations import ACTIVATIONS
from nnjax.fitting.curve_fits import (
    Fits,
    best_line_error,
    fit_curve,
    frame_steps,
    init_ladder,
    join_seeds,
    ladder_forward,
    train_ladder,
)
from nnjax.fitting.curves import (
    CURVES,
    HIGH,
    KNOTS,
    LOW,
    N_FINE,
    SHOWN,
    WIDTHS,
    Samples,
    sample_formula,
)
from nnjax.fitting.expressions import read_expression
from nnjax.fitting.hats import Constructed, build_by_hand, largest_rise, log10_grid, place_hats
from nnjax.races.bands import band_over_seeds, middle_seed

N_SEEDS = 16
ACTIVATION = Choice.of(ACTIVATIONS, key="fit_activation", label="Activation", default="relu")
WIDTH = Choice(
    key="fit_width", label="Neurons in the hidden layer", default=32, options=WIDTHS,
    style="slider", help="All widths are trained together: moving this trains nothing anew.",
)  # fmt: skip
MEASURE = Choice(
    key="fit_measure", label="Error", default="rms", options=("rms", "largest"),
    labels={"rms": "Root mean square", "largest": "Largest"}, style="segmented",
    help=f"Measured at {N_FINE:,} places inside the interval.",
)  # fmt: skip
BUMPS = Toggle(
    key="fit_bumps",
    label="Show the bumps placed by hand",
    default=False,
    help="The network placed by hand is their sum: one bump at each place where it bends.",
)
STEPS = Choice(
    key="fit_steps", label="Training steps", default=800, options=(100, 300, 800, 3200),
    labels={steps: f"{steps:,}" for steps in (100, 300, 800, 3200)}, style="slider",
)  # fmt: skip
SEED = Number(key="fit_seed", label="First seed", default=0, min=0, max=9999, step=1)
GRID_INPUTS = Number(key="grid_inputs", label="Inputs", default=768, min=1, max=100_000, step=1)
GRID_PARTS = Number(key="grid_parts", label="Bumps along each", default=10, min=2, max=1000, step=1)
CONTROLS = (
    target.TARGET, target.FORMULA, ACTIVATION, WIDTH, MEASURE, BUMPS, STEPS, SEED, GRID_INPUTS,
    GRID_PARTS,
)  # fmt: skip
GUESS = "guess_identity"
GPT_3 = 175e9  # parameters: Brown et al. (2020)


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what trains the rest of the seeds, if any are left."""
    controls, picture = layout.lab(shares=(2, 5))
    with controls:
        curve, formula = target.show_editors()
        activation, width, measure = ACTIVATION.show(), WIDTH.show(), MEASURE.show()
        bumps = BUMPS.show()
        with st.expander("Training"):
            settings = {"n_steps": STEPS.show(), "first_seed": SEED.show()}
    with picture:
        fits, rest = _train(formula, activation, settings)
        by_hand = remember("the network by hand", _build, formula)
        bound = words.bounds(curve, by_hand.bound)
        now = Result(
            formula=formula,
            samples=target.sample(formula),
            fits=fits,
            by_hand=by_hand,
            bound=bound,
            width=width,
            measure=measure,
            n_steps=settings["n_steps"],
            training=(formula, activation, *settings.values()),
        )
        _show_fit(now, colors, bumps=bumps)
        layout.look(words.verdict(now.errors[:, now.at], now.hand_error, width, activation))
        st.markdown(_table(now))
        _show_errors(now, colors)
    if curve != target.OWN:
        st.markdown(CURVES[curve].note)
    _ask(formula, settings)
    layout.formula(
        *words.formulas(
            curve, width, activation, float(by_hand.largest[now.at]), float(bound[now.at])
        ),
        note=words.FORMULA_NOTE,
    )
    _lead_on(page)
    return rest


class Result(NamedTuple):
    """What all networks came to on one curve, and which of them are looked at."""

    formula: str
    samples: Samples
    fits: Fits
    by_hand: Constructed
    bound: np.ndarray  # (n_widths,)
    width: int
    measure: str  # "rms" or "largest"
    n_steps: int
    training: tuple  # everything that the training depended on

    @property
    def at(self) -> int:
        """Which of WIDTHS is looked at."""
        return WIDTHS.index(self.width)

    @property
    def errors(self) -> np.ndarray:
        """The trained networks' errors, (n_seeds, n_widths)."""
        return getattr(self.fits, self.measure)

    @property
    def hand_error(self) -> float:
        """The error of the network built by hand."""
        return float(getattr(self.by_hand, self.measure)[self.at])


def _build(formula: str) -> Constructed:
    return build_by_hand(sample_formula(formula))


def _fit(activation: str, formula: str, **settings: Any) -> Fits:
    return fit_curve(activation, sample_formula(formula), **settings)


def _train(formula: str, activation: str, settings: dict) -> tuple[Fits, Rest | None]:
    """Train all widths; what takes long is trained four seeds at a time."""
    group = N_SEEDS if settings["n_steps"] <= STEPS.default else N_SEEDS // 4
    first, n_steps = settings["first_seed"], settings["n_steps"]
    found, rest = gather(
        "fit",
        range(first, first + N_SEEDS, group),
        lambda seed: remember(f"training of {activation}", _fit, activation, formula,
                              n_steps=n_steps, n_seeds=group, first_seed=seed),
        about=(formula, activation, first, n_steps),
        say=lambda seed: f"Training {len(WIDTHS)} widths, seeds from {seed}",
        done=f"{len(WIDTHS)} widths from 1 to {WIDTHS[-1]}, {N_SEEDS} seeds each, {n_steps:,} "
        "steps of Adam; bands hold eight in ten seeds.",
    )  # fmt: skip
    return join_seeds(list(found.values())), rest


def _show_fit(now: Result, colors: Palette, *, bumps: bool) -> None:
    middle = middle_seed(now.fits.rms[:, now.at])
    # Seeds that came in several calls have a film each: the one nearest to the middle of all.
    nearest = np.abs(now.fits.film_rms[:, now.at] - middle).argmin()
    n_knots = now.width + 1
    view = charts.FitView(
        target=now.samples.shown,
        trained=band_over_seeds(now.fits.shown[:, now.at]),
        film=now.fits.film[nearest, now.at],
        by_hand=now.by_hand.shown[now.at],
        knots=np.stack([KNOTS[now.at][:n_knots], now.samples.knots[now.at][:n_knots]], 1),
        bumps=bumps,
    )
    show_chart(
        charts.plot_fit(view, colors),
        key="fit",
        alt=f"The curve {now.formula} and networks of {now.width} hidden neurons. Root mean "
        f"square error from {LOW:g} to {HIGH:g}: trained {words.number(middle)}, "
        f"by hand {words.number(float(now.by_hand.rms[now.at]))}.",
        height=charts.FIT_HEIGHT,
        film=Film(
            tracks=charts.fit_tracks(view),
            captions=[
                f"step {step:,} of {now.n_steps:,}" for step in frame_steps(now.n_steps).tolist()
            ],
            run=f"{now.training} {now.width} {nearest} {len(now.fits.rms)}",
            rate=8.0,
        ),
    )


def _show_errors(now: Result, colors: Palette) -> None:
    band, by_hand = band_over_seeds(now.errors), getattr(now.by_hand, now.measure)
    named = f"{MEASURE.say(now.measure).lower()} error"
    trained, placed = (
        " and ".join(words.number(float(errors[i])) for i in (0, -1))
        for errors in (band.middle, by_hand)
    )
    show_chart(
        charts.plot_errors(charts.ErrorView(band, by_hand, now.bound, now.width, named), colors),
        key="fit_errors",
        alt=f"{named.capitalize()} with 1 and with {WIDTHS[-1]} neurons: trained, middle seed, "
        f"{trained}; placed by hand {placed}.",
        height=charts.ERROR_HEIGHT,
        on_click=_pick_width,
    )


def _pick_width(at: Click) -> None:
    """A click sets the nearest width; a log axis gives powers of ten, or numbers."""
    if at.x is not None:
        distances = [abs(np.log10(width) - at.x) for width in WIDTHS]
        st.session_state[WIDTH.key] = WIDTHS[int(np.argmin(distances))]


def _table(now: Result) -> str:
    """Return the errors inside and outside; those outside are root mean squares."""
    beyond = (np.abs(SHOWN) > HIGH) & np.isfinite(now.samples.shown)
    off = (now.by_hand.shown[now.at] - now.samples.shown)[beyond]
    by_hand = float(np.sqrt(np.mean(off**2))) if beyond.any() else float("nan")
    return words.table(
        band_over_seeds(now.errors[:, now.at]),
        now.hand_error,
        float(now.bound[now.at]),
        (middle_seed(now.fits.outside[:, now.at]), by_hand),
        len(now.errors),
    )


def _ask(formula: str, settings: dict) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):  # the engine works it out when somebody has guessed
        steps = min(settings["n_steps"], STEPS.default)
        with st.spinner("Training all widths without a bend"):
            fits = remember("training of identity", _fit, "identity", formula, n_steps=steps,
                            n_seeds=N_SEEDS, first_seed=settings["first_seed"])  # fmt: skip
        ends = middle_seed(fits.rms[:, 0]), middle_seed(fits.rms[:, -1])
        answer, why = words.about_lines(*ends, best_line_error(target.sample(formula)))
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _lead_on(page: layout.Page) -> None:
    def settings(**values: Any) -> dict[str, Any]:
        return {"first_lab": "curves", **values}

    page.try_this(
        ("A failure: without a bend, 256 neurons are one line",
         settings(fit_activation="identity", fit_width=256)),
        ("A failure: six teeth, which exist as a network but are not found",
         settings(target="sawtooth", fit_width=256)),
        ("A jump: the largest error never goes away",
         settings(target="step", fit_activation="tanh", fit_width=256, fit_measure="largest")),
        ("Eight parts: the bumps that the hand placed, and the bends that training found",
         settings(fit_width=8, fit_bumps=True)),
    )  # fmt: skip
    _show_scale()
    layout.show_the_code(
        fit_curve, init_ladder, ladder_forward, train_ladder, place_hats, largest_rise,
        read_expression,
    )  # fmt: skip
    layout.sources(
        "cybenko_1989", "hornik_1989", "leshno_1993", "barron_1993", "de_boor_1978",
        "kingma_ba_2015", "loshchilov_hutter_2017", "devlin_2018", "brown_2020",
    )  # fmt: skip


def _show_scale() -> None:
    layout.in_llms(
        "A language model, too, is fitted to a function: from the text so far to the odds of the "
        "next token. But bumps on a grid would never do. BERT's base model stands for a token by "
        "768 numbers, and a grid over them takes this many bumps:"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        n_inputs, parts = GRID_INPUTS.show(width=180), GRID_PARTS.show(width=180)
    power = log10_grid(parts, n_inputs)
    with st.container(horizontal=True, gap="large"):
        st.metric("Bumps on the grid", f"10^{power:,.1f}" if power >= 15 else f"{10**power:,.0f}")
        st.metric("Parameters of GPT-3", f"{GPT_3 / 1e9:.0f} billion = 10^{np.log10(GPT_3):.1f}")
    st.markdown(
        "Networks do better where the function has structure that many bumps can share. Barron "
        "(1993) showed it for one class of functions: there, the squared error falls like one over "
        "the number of neurons, however many inputs there are. Whether training finds such a "
        "network is again another question."
    )
