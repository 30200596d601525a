import pytest

from nnjax.large_models.published_models import PUBLISHED_MODELS, copies
from nnjax.large_models.scale import low_rank_size, transformer_size
from nnjax.networks import NetworkConfig
from nnjax.passes.lens import count_by_hand
from nnjax.sources import SOURCES


@pytest.mark.parametrize("key", PUBLISHED_MODELS)
def test_row_is_complete(key):
    row = PUBLISHED_MODELS[key]
    assert row.key == key
    assert row.source in SOURCES
    assert row.n_parameters > 1e4
    assert row.note.endswith(".")


def test_they_grow_and_only_one_is_a_guess():
    sizes = [row.n_parameters for row in PUBLISHED_MODELS.values()]
    assert sizes == sorted(sizes)
    assert [row.key for row in PUBLISHED_MODELS.values() if not row.confirmed] == ["gpt_4"]


def test_how_many_of_46_parameters_fit():
    assert round(copies(PUBLISHED_MODELS["lenet_5"], 46)) == 1304
    assert copies(PUBLISHED_MODELS["gpt_4"], 46) == pytest.approx(3.913e10, rel=1e-3)


def test_the_default_network_by_hand():
    config = NetworkConfig(n_in=3, hidden=(4, 4), n_out=2, activations=("relu", "relu"))
    found = count_by_hand(config)
    assert [layer.weights for layer in found.layers] == [12, 16, 8]
    assert [layer.biases for layer in found.layers] == [4, 4, 2]
    assert [layer.parameters for layer in found.layers] == [16, 20, 10]
    assert [layer.flops for layer in found.layers] == [28, 36, 18]  # 2·12 + 4, 2·16 + 4, 2·8 + 2
    assert [layer.parameter_bytes for layer in found.layers] == [64, 80, 40]
    assert (found.parameters, found.flops) == (46, 82)


def test_the_size_of_gpt_3():
    size = transformer_size(12_288, 96, 50_257)
    assert size.attention == 4 * 12_288**2
    assert size.layer == 1_811_939_328
    assert size.layers == 173_946_175_488
    assert round(size.total / 1e9, 1) == 174.6


def test_two_thin_matrices():
    assert low_rank_size(12_288, 8) == (196_608, 150_994_944)
