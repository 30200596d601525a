"""Every figure of page 02 is drawn without a complaint, from any data."""

import jax
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import neuron, perceptron, plane, xor
from dashboard.charts.neuron_drawing import plot_neuron
from dashboard.neuron.points import HIGH, LOW, RULES, as_arrays, read_points
from dashboard.neuron.study import study_points
from dashboard.theme import LIGHT, PALETTES
from dashboard.wire import figure_json
from nnjax.neurons import neuron_trace
from nnjax.separation.perceptron import random_start, squeeze, zero_neuron
from nnjax.separation.separability import best_line, separability
from nnjax.separation.xor import Architecture, architecture, xor_by_hand
from nnjax.separation.xor_trials import try_xor, xor_film

SPAN = (LOW, HIGH)
PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
POINTS = {
    **{key: as_arrays(rows) for key, rows in RULES.items()},
    "none": as_arrays(()),
    "one": as_arrays(read_points("0.5,0.5:1")),
    "two classes at one place": as_arrays(read_points("0.5,0.5:1 0.5,0.5:0")),
}


def traced(inputs, weights, bias):
    arrays = [np.asarray(value, np.float32) for value in (inputs, weights, bias)]
    return jax.device_get(neuron_trace(*arrays))


def drawn(figure):
    """Look into the figure, which makes Plotly check it, and send it."""
    assert len(figure.data) >= 0
    assert figure_json(figure)
    return figure


@PALETTE
@pytest.mark.parametrize("inputs", [(1.0, 0.5, 0.8), (0.0, 0.0, 0.0), (-1.0, 1.0, -1.0)])
@pytest.mark.parametrize("weights", [(0.7, -0.3, 0.5), (0.0, 0.0, 0.0), (2.0, -2.0, 2.0)])
def test_one_neuron(palette, inputs, weights):
    trace = traced(inputs, weights, -0.2)
    drawn(plot_neuron(inputs, weights, -0.2, trace, palette))
    drawn(neuron.plot_waterfall(trace.contributions, -0.2, trace.preactivation, palette))
    for name in ("step", "sigmoid"):
        drawn(neuron.plot_response(name, np.zeros_like(neuron.SUMS), trace, palette))


def test_the_waterfall_says_the_numbers_of_the_seed():
    trace = traced((1.0, 0.5, 0.8), (0.7, -0.3, 0.5), -0.2)
    figure = drawn(neuron.plot_waterfall(trace.contributions, -0.2, trace.preactivation, LIGHT))
    words = ["+0.700", "-0.150", "+0.400", "-0.200", "<b>0.750</b>"]
    assert list(figure.data[-1].text) == words
    bases = [float(base) for base in figure.data[0].base]
    np.testing.assert_allclose(bases, [0, 0.7, 0.55, 0.95, 0], atol=1e-6)


@PALETTE
@pytest.mark.parametrize("points", POINTS.values(), ids=POINTS)
@pytest.mark.parametrize("start", [zero_neuron(), random_start(8)], ids=["zero", "random"])
def test_the_perceptron(palette, points, start):
    study = study_points(*points, start, 1.0)
    figure = drawn(perceptron.plot_learning(study, SPAN, palette))
    drawn(perceptron.plot_mistakes(study, palette))
    tracks = perceptron.learning_tracks(study, SPAN) | perceptron.mistake_tracks(study.path, 1)
    assert {len(frames) for frames in tracks.values()} == {int(study.path.n_mistakes) + 1}
    for panel, trace, path in tracks:
        if panel == 0 and trace is not None:
            last = np.asarray(getattr(figure.data[trace], path), float)
            np.testing.assert_allclose(last, tracks[panel, trace, path][-1], rtol=1e-6)
    if study.bound is not None:
        drawn(perceptron.plot_squeeze(squeeze(study.path, study.bound), palette))


@given(st.tuples(*[st.floats(-3, 3)] * 3))
@settings(deadline=None)
def test_the_firing_side_holds_just_the_places_where_it_fires(numbers):
    weights, bias = np.array([numbers[:2]]), np.array(numbers[2:])
    polygon = plane.firing_side(weights, bias, SPAN)[0]
    ends = plane.line_across(weights, bias, SPAN)[0]
    corners = np.array([(x, y) for x in SPAN for y in SPAN])
    fires = corners @ weights[0] + bias > 0
    if not fires.any():
        assert np.isnan(polygon).all()
        return
    sums = polygon @ weights[0] + bias
    assert (sums >= -1e-9).all()
    assert {tuple(c) for c in corners[fires]} <= {tuple(p) for p in polygon.round(9)}
    assert np.isnan(ends).all() == fires.all()
    if not fires.all():
        np.testing.assert_allclose(ends @ weights[0] + bias, 0, atol=1e-9)


@PALETTE
@pytest.mark.parametrize("activation", ["tanh", "step"])
@pytest.mark.parametrize("width", [1, 2, 8])
def test_networks_on_xor(palette, activation, width):
    trial = try_xor(activation, width, n_seeds=40, n_steps=50)
    example = trial.solved or trial.stuck
    film = jax.device_get(xor_film(example.networks, xor.GRID, architecture(activation, width)))
    figure = drawn(xor.plot_surface(film, example.networks, width, "title", palette))
    tracks = xor.surface_tracks(film, example.networks, width, 0)
    updates = np.arange(len(example.loss))
    drawn(xor.plot_loss(updates, example.loss, palette))
    tracks |= xor.loss_tracks(updates, example.loss, 1)
    if width == 2:
        drawn(xor.plot_hidden_space(film, example.networks, palette))
        tracks |= xor.hidden_tracks(film, example.networks, 2)
    assert {len(frames) for frames in tracks.values()} == {len(updates)}
    np.testing.assert_array_equal(figure.data[0].z, tracks[0, 0, "z"][-1])
    drawn(xor.plot_right_counts(trial.n_right, "title", palette))


@PALETTE
def test_the_proof_and_the_map(palette):
    points, targets = as_arrays(RULES["xor"])
    proof, best = separability(points, targets), best_line(points, targets)
    figure = drawn(xor.plot_certificate(points, targets, proof, best, palette))
    assert "3 of 4" in figure.layout.annotations[0].text
    star = next(trace for trace in figure.data if trace.marker.symbol == "star")
    assert (star.x[0], star.y[0]) == (0.5, 0.5)
    counts = np.arange(16.0).reshape(2, 8)
    counts[1, 3] = np.nan
    drawn(xor.plot_solved_map(counts, ["a", "b"], 100, (1, 2), palette))
    drawn(xor.plot_solved_map(counts, ["a", "b"], 100, None, palette))


def test_the_network_built_by_hand_is_drawn_right():
    network, kind = xor_by_hand()
    networks = jax.tree.map(lambda part: np.asarray(part)[None], network)
    film = jax.device_get(xor_film(networks, xor.GRID, Architecture(*kind)))
    surface = film.surface[0]
    at = {value: int(np.abs(xor.GRID - value).argmin()) for value in (0, 1)}
    fires = [[surface[at[x2], at[x1]] > 0.5 for x1 in (0, 1)] for x2 in (0, 1)]
    assert fires == [[False, True], [True, False]]
    drawn(xor.plot_hidden_space(film, networks, LIGHT))
