"""Every figure of page 07 is drawn without a complaint, at any size that the controls allow."""

import jax
import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.backward.own_pass import OwnPass, Place
from dashboard.backward.views import drawing, fine
from dashboard.charts.deep_gradients import plot_deep_gradients
from dashboard.charts.forward import pass_tracks, plot_pass
from dashboard.charts.gradient_cost import plot_cost_flops, plot_cost_times
from dashboard.charts.update import RATES, Change, plot_change
from dashboard.charts.witnesses import plot_disagreement, plot_step_errors
from dashboard.theme import LIGHT, PALETTES
from nnjax.networks import NetworkConfig
from nnjax.passes.backward_steps import backward_pass, list_back_steps
from nnjax.passes.forward_steps import draw_parameters
from nnjax.passes.gradient_cost import Cost
from nnjax.passes.witnesses import STEPS, StepErrors
from nnjax.races.bands import Band

PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def own_pass(hidden=(3,), activation="tanh"):
    config = NetworkConfig(
        n_in=2, hidden=hidden, n_out=1, activations=(activation,) * len(hidden)
    )  # fmt: skip
    parameters = jax.device_get(draw_parameters(5, config=config))
    inputs = [0.8, -0.5]
    how = {"loss": "binary_cross_entropy", "task": "binary"}
    walk = backward_pass(
        parameters, np.float32(inputs), np.float32([1.0]), config=config, **how
    )  # fmt: skip
    steps = list_back_steps(len(parameters))
    return OwnPass(config, parameters, inputs, 1.0, *how.values(), jax.device_get(walk), steps)


@pytest.fixture(scope="module")
def small():
    return own_pass()


@PALETTE
def test_every_step_is_drawn_and_the_film_holds_the_same(small, palette):
    for own, picked in ((small, Place(0, 1, 0)), (own_pass((6, 6, 6)), Place(3, 0, None))):
        shown = drawing(own, picked, own.parameters, 0.5)
        tracks = pass_tracks(shown, palette, 0)
        assert {len(frames) for frames in tracks.values()} == {len(own.steps)}
        for step in (0, len(own.steps) - 1):
            figure = plot_pass(shown, palette, step=step)
            check_it_can_be_sent(figure)
            for (_, trace, path), frames in tracks.items():
                if trace is None:
                    index = int(path.partition("[")[2].partition("]")[0])
                    assert figure.layout.annotations[index].text == frames[step]


def test_every_edge_carries_its_gradient_at_the_end(small):
    shown = drawing(small, Place(0, 0, 0), small.parameters, 0.5)
    figure = plot_pass(shown, LIGHT, step=8)
    texts = [note.text for note in figure.layout.annotations[:9]]
    gradients = [g for dense in small.walk.gradients for g in dense.weights.ravel()]
    assert texts == [f"<i>{fine(float(g))}</i>" for g in gradients]
    hovers = [row[3] for row in figure.data[-1].customdata]
    assert hovers[0] == f"weight 0.26, gradient {gradients[0]:.4f}"
    first = plot_pass(shown, LIGHT, step=0)
    assert first.layout.annotations[0].text == "0.26"


def test_a_negative_gradient_is_dashed_and_the_largest_is_the_widest(small):
    shown = drawing(small, Place(0, 0, 0), small.parameters, 0.5)
    slopes = shown.edges[1]
    for (edges, group), trace in zip(
        shown.groups, plot_pass(shown, LIGHT, step=8).data, strict=False
    ):
        if edges is slopes:
            values = [edges.numbers[group.layer][tuple(pair)] for pair in group.pairs]
            assert trace.line.dash == ("dash" if values[0] < 0 else "solid")
    assert max(np.abs(part).max() for part in slopes.numbers) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0.00"), (0.034, "0.034"), (0.12, "0.12"), (-0.0001, "-1e-4")]
)
def test_small_numbers_keep_their_digits(value, text):
    assert fine(value) == text


@PALETTE
def test_the_change_of_one_update_is_drawn(palette):
    actual = np.where(RATES > 5, np.inf, -RATES)
    for loss, real in ((1.4, actual), (0.0, np.zeros_like(RATES))):
        change = Change(loss, -2 * RATES, real, RATES**2, rate=20.0)
        check_it_can_be_sent(plot_change(change, palette))


@PALETTE
@pytest.mark.parametrize("double", [False, True])
def test_witnesses_are_drawn(palette, double):
    off = np.array([0.0, 1e-8, np.inf])
    errors = StepErrors(STEPS, np.full(STEPS.shape, np.nan), STEPS**2, 1e-8 / STEPS)
    names = ["a", "b", "c"]
    check_it_can_be_sent(plot_disagreement(off, off, names, palette, double=double))
    check_it_can_be_sent(plot_step_errors(errors, 1e-7, 0.005, palette, double=double))


@PALETTE
def test_deep_gradients_are_drawn(palette):
    sizes = np.float32([0.0, 1e-30, np.inf])
    band, theory = Band(sizes, sizes, sizes), np.array([-np.inf, -40.0, 60.0])
    for before in (None, sizes):
        check_it_can_be_sent(plot_deep_gradients(band, theory, before, palette))


@PALETTE
def test_costs_are_drawn(palette):
    cost = Cost(45, 1e-6, 2e-6, 1e-4, 2e-4, 3e3, 1e4)
    for costs in ([cost], [cost, cost._replace(n_parameters=8385)]):
        check_it_can_be_sent(plot_cost_times(costs, palette))
        check_it_can_be_sent(plot_cost_flops(costs, palette))
