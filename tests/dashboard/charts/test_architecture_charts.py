"""Page 04's drawings at any size that its controls allow."""

import jax
import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts import built_network, collapse
from dashboard.charts.built_network import Built, count_drawn, network_height, plot_built
from dashboard.charts.model_sizes import DECADES, plot_model_sizes
from dashboard.theme import LIGHT, PALETTES
from nnjax.depth.linear_collapse import collapse as multiply
from nnjax.large_models.published_models import PUBLISHED_MODELS
from nnjax.networks import NetworkConfig
from nnjax.races.sized_stacks import crop, draw_stack, stack_widths

PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
SIZES = {"smallest": (1, (), 1), "default": (3, (4, 4), 2), "largest": (10, (32,) * 6, 10)}


def layers_of(size, initializer="xavier"):
    n_in, hidden, n_out = SIZES[size]
    config = NetworkConfig(
        n_in=n_in, hidden=hidden, n_out=n_out, activations=("relu",) * len(hidden),
        initializer=initializer,
    )  # fmt: skip
    stack = jax.device_get(draw_stack(0, stack_widths(config), initializer=initializer))
    return crop(config, stack)


def built(size, picked=None, initializer="xavier"):
    layers = layers_of(size, initializer)
    names = ("inputs", *(f"hidden {i}" for i in range(1, len(layers))), "outputs")
    bends = ("", *["ReLU"] * (len(layers) - 1), "")
    return Built(layers=layers, names=names, bends=bends, picked=picked)


def n_edges(traces):
    return sum(len(trace.x) // 3 for trace in traces)


@PALETTE
@pytest.mark.parametrize("size", SIZES)
def test_networks_are_drawn(palette, size):
    shown = built(size)
    figure = plot_built(shown, palette)
    check_it_can_be_sent(figure)
    drawn, connections = count_drawn(shown.layers)
    assert n_edges(figure.data[:-1]) == drawn
    assert connections == {"smallest": 1, "default": 36, "largest": 5760}[size]
    assert (drawn == connections) == (size != "largest")
    assert len(figure.data[-1].x) == sum(shown.heights)
    for trace in figure.data[:-1]:
        negative = trace.line.color == palette.negative
        assert (trace.line.dash == "dash") == negative


def test_every_neuron_keeps_its_strongest_edges():
    layers = layers_of("largest")
    for layer, drawn in zip(layers, built_network.strongest(layers), strict=True):
        kept, left = np.abs(layer.weights), np.abs(layer.weights)
        assert (drawn.sum(axis=1) >= built_network.FEWEST_EACH).all()
        weakest = np.where(drawn, kept, np.inf).min(axis=1)
        assert (weakest >= np.where(drawn, -np.inf, left).max(axis=1)).all()
        assert drawn.sum() <= max(built_network.MOST_EDGES)


def test_a_picked_neuron_shows_all_of_its_own():
    figure = plot_built(built("largest", picked=(2, 4)), LIGHT)
    lit = [trace for trace in figure.data[:-1] if trace.opacity == built_network.LIT]
    assert n_edges(lit) == 32
    assert {float(x) for trace in lit for x in trace.x[~np.isnan(trace.x)]} == {1.0, 2.0}
    text = figure.data[-1].text[10 + 32 + 4]
    assert text.startswith("<b>hidden 2, neuron 5</b><br>bias ")
    assert len(text.split("weights ")[1].replace("<br>", " ").split()) == 32


def test_zero_weights_draw_no_edge():
    assert len(plot_built(built("default", initializer="zeros"), LIGHT).data) == 1


@pytest.mark.parametrize("size", SIZES)
def test_neurons_never_touch(size):
    shown = built(size)
    figure = plot_built(shown, LIGHT)
    neurons = figure.data[-1]
    low, high = figure.layout.yaxis.range
    assert high - low == network_height(shown.heights)  # a unit is a pixel
    for column in range(len(shown.heights)):
        ys = neurons.y[neurons.x == column]
        assert (np.abs(np.diff(ys)) > neurons.marker.size + 2).all()
        # Inside, below the headings and above the counts.
        assert ys.max() + neurons.marker.size / 2 < high - built_network.ABOVE + 1
        assert ys.min() - neurons.marker.size / 2 > low + built_network.BELOW - 1
    assert 350 / len(shown.heights) > neurons.marker.size + 9  # the width of a phone


@PALETTE
@pytest.mark.parametrize("own", [2, 46, 5962])
def test_sizes_are_drawn(palette, own):
    models = tuple(PUBLISHED_MODELS.values())
    figure = plot_model_sizes(own, models, palette)
    check_it_can_be_sent(figure)
    texts = [note.text for note in figure.layout.annotations]
    assert texts[0] == f"<b>{own:,}</b>"
    assert texts[-1].startswith("perhaps ")
    assert sum("perhaps" in text for text in texts) == 1
    for note in figure.layout.annotations:
        assert DECADES[0] <= note.x <= DECADES[1]


def test_how_many_of_the_default_fit():
    figure = plot_model_sizes(46, tuple(PUBLISHED_MODELS.values()), LIGHT)
    texts = [note.text for note in figure.layout.annotations]
    assert texts[1] == "1,304 of yours"
    assert texts[-2] == "3.8 billion of yours"
    assert texts[-1] == "perhaps 39.1 billion of yours"


@PALETTE
@pytest.mark.parametrize("size", SIZES)
def test_chains_and_their_products_are_drawn(palette, size):
    layers = layers_of(size)
    product = multiply(layers)
    chain = collapse.plot_chain([layer.weights for layer in layers], product.weights, palette)
    check_it_can_be_sent(chain)
    assert len(chain.data) == len(layers) + 1
    np.testing.assert_array_equal(chain.data[0].z, layers[-1].weights)
    np.testing.assert_allclose(chain.data[-1].z, product.weights, atol=1e-6)
    lefts = [trace.x0 - trace.dx / 2 for trace in chain.data]
    rights = [trace.x0 + trace.dx * (trace.z.shape[1] - 0.5) for trace in chain.data]
    assert all(a < b for a, b in zip(rights, lefts[1:], strict=False))  # none over another
    check_it_can_be_sent(collapse.plot_one_matrix(*product, palette))


@pytest.mark.parametrize("size", [1e-6, 0.03, 1.0, 42.0, 3e7])
def test_the_matrix_is_written_in_few_signs(size):
    weights = np.random.default_rng(0).uniform(-size, size, (10, 10))
    figure = collapse.plot_one_matrix(weights, weights[0], LIGHT)
    texts = [text for text in figure.data[1].text if text]
    assert len(texts) == 110
    assert max(map(len, texts)) <= 5
    scale = 10.0 ** collapse.exponent_of(weights)
    assert float(texts[0]) * scale == pytest.approx(weights[0, 0], abs=0.051 * scale)


@PALETTE
@pytest.mark.parametrize(("low", "high"), [(0.3, 0.3), (-1.0, 2.0), (-4e5, 9e5), (0.0, 1e-4)])
def test_agreement_is_drawn(palette, low, high):
    given = np.linspace(low, high, collapse.N_POINTS).astype(np.float32)
    figure = collapse.plot_agreement(given, given, "Equal", palette)
    check_it_can_be_sent(figure)
    left, right = figure.layout.xaxis.range
    assert left < low <= high < right
    assert len(figure.data[1].x) == collapse.N_POINTS
