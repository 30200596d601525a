"""Every figure of page 05 is drawn without a complaint, at any size that the controls allow."""

import jax
import numpy as np
import pytest

from dashboard.charts import digit_reading, forward, forward_matrix
from dashboard.charts.lens import plot_times
from dashboard.forward.own_network import OwnNetwork
from dashboard.forward.views import drawing, matrices
from dashboard.theme import LIGHT, PALETTES
from dashboard.wire import figure_json
from nnjax.digit_reader import N_CLASSES
from nnjax.networks import NetworkConfig
from nnjax.passes.forward_steps import draw_parameters, forward_pass, list_steps
from nnjax.passes.lens import Times

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
@pytest.mark.parametrize(
    ("hidden", "initializer"), [((), "normal"), ((3, 2), "zeros"), ((6, 6, 6), "normal")]
)
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
        for step in (0, len(made.steps) - 1):
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


@PALETTE
@pytest.mark.parametrize("n_hidden", [2, 32])
def test_digits_are_drawn(palette, n_hidden):
    random = np.random.default_rng(0)
    images = random.integers(0, 17, (32, 64)).astype(np.float32)
    seen, labels = random.integers(0, 10, (2, 32))
    hidden = random.random((32, n_hidden), np.float32)
    p = np.full((32, N_CLASSES), 0.1, np.float32)
    matrices = images, random.standard_normal((n_hidden, 64), np.float32), hidden, p
    for figure in (
        digit_reading.plot_batch(images, seen, labels, 31, palette),
        digit_reading.plot_image(images[0], "64 numbers in", palette),
        digit_reading.plot_hidden(np.zeros(n_hidden), 0.0, palette),
        digit_reading.plot_probabilities(p[0], 3, palette),
        digit_reading.plot_product(matrices, 31, palette),
    ):
        assert len(figure.data) > 0
        assert figure_json(figure)


def test_a_place_in_the_batch_names_its_image():
    images, digits = np.zeros((32, 64)), np.zeros(32)
    for chosen in (0, 7, 8, 31):
        figure = digit_reading.plot_batch(images, digits, digits, chosen, LIGHT)
        frame = figure.data[-1]
        middle = np.mean(frame.x[:2]), np.mean(frame.y[1:3])
        assert digit_reading.image_at(*middle, 32) == chosen
    assert digit_reading.image_at(-3.0, 2.0, 32) is None
    assert digit_reading.image_at(5.0, 60.0, 32) is None


@PALETTE
def test_times_are_drawn(palette):
    figure = plot_times(Times(np.full(5, 0.002), np.full(5, 0.00004)), palette)
    assert [note.text for note in figure.layout.annotations] == ["median 2 ms", "median 0.04 ms"]
    assert figure_json(figure)
