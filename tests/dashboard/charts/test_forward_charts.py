"""Every figure of page 05 is drawn without a complaint, at any size that the controls allow."""

import jax
import numpy as np
import pytest

from dashboard.chart import figure_json
from dashboard.charts import forward, forward_matrix
from dashboard.forward.own_network import OwnNetwork
from dashboard.forward.views import drawing, matrices
from dashboard.theme import LIGHT, PALETTES
from nnjax.forward_steps import draw_parameters, forward_pass, list_steps
from nnjax.networks import NetworkConfig

PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def network(hidden=(3, 2), n_in=2, initializer="xavier", activation="relu"):
    config = NetworkConfig(
        n_in=n_in, hidden=hidden, n_out=1, activations=(activation,) * len(hidden),
        initializer=initializer,
    )  # fmt: skip
    inputs = [0.8, -0.5, 0.3, -0.2][:n_in]
    parameters = jax.device_get(draw_parameters(8, config=config))
    passed = jax.device_get(forward_pass(parameters, np.float32(inputs), config=config))
    return OwnNetwork(config, parameters, inputs, passed, list_steps(len(parameters)))


@PALETTE
@pytest.mark.parametrize("hidden", [(), (1,), (3, 2), (6, 6, 6)])
@pytest.mark.parametrize("initializer", ["zeros", "normal"])
def test_every_step_is_drawn_and_the_film_holds_the_same(palette, hidden, initializer):
    made = network(hidden, n_in=4, initializer=initializer)
    picked = (len(hidden), 0)
    shown, steps = drawing(made, picked), matrices(made, picked)
    films = forward.pass_tracks(shown, palette, 0), forward_matrix.matrix_tracks(steps, 0)
    for tracks, plot, what in (
        (films[0], forward.plot_pass, shown),
        (films[1], forward_matrix.plot_matrices, steps),
    ):
        assert {len(frames) for frames in tracks.values()} == {len(made.steps)}
        for step in (0, 1, len(made.steps) - 1):
            figure = plot(what, palette, step=step)
            assert figure_json(figure)
            for (_, trace, path), frames in tracks.items():
                drawn = figure.data[trace]
                for name in path.split("."):
                    drawn = getattr(drawn, name)
                np.testing.assert_array_equal(np.asarray(drawn), np.asarray(frames[step]))


def test_the_neurons_say_the_numbers_of_the_pass():
    made = network()
    shown = drawing(made, (1, 0))
    last = len(made.steps) - 1
    figure = forward.plot_pass(shown, LIGHT, step=last)
    texts = list(figure.data[-1].text)
    cache = made.passed.caches
    numbers = [*made.inputs, *cache[0].output, *cache[1].output, *made.passed.prediction]
    assert texts == [forward.short(value) for value in numbers]
    first = forward.plot_pass(shown, LIGHT, step=0)
    assert list(first.data[-1].text) == ["0.80", "-0.50", *[""] * 6]


@pytest.mark.parametrize("heights", [[1, 1], [4, 6, 6, 6, 1]])
def test_neurons_never_touch(heights):
    rows = forward.diagram_height(heights) / (max(2, *heights) + forward.ABOVE + forward.BELOW)
    assert rows >= forward.NEURON + 9
    # The narrowest picture is that of a phone.
    assert 350 / len(heights) > forward.NEURON + 9


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.125, "0.12"), (-0.001, "0.00"), (9.999, "10.0"), (-12.345, "-12.3"), (456.7, "457"),
        (123456.0, "1.2e+05"), (np.inf, "inf"),
    ],
)  # fmt: skip
def test_numbers_stay_short(value, text):
    assert forward.short(value) == text


def test_cells_hold_the_layer_and_nothing_before_its_time():
    made = network()
    steps = matrices(made, (1, 1))
    multiply, add, activate = (steps[index] for index in (4, 5, 6))
    assert multiply.bias is None
    assert multiply.outputs is None
    np.testing.assert_allclose(multiply.weights @ multiply.inputs, multiply.sums, atol=1e-6)
    np.testing.assert_allclose(multiply.sums + add.bias, add.sums, atol=1e-6)
    np.testing.assert_allclose(np.maximum(add.sums, 0), activate.outputs, atol=1e-6)
    assert [step.picked for step in steps] == [None] * 4 + [1] * 3 + [None] * 3
