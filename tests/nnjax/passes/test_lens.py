import pytest

from nnjax.networks import NetworkConfig
from nnjax.passes import lens

SMALL = NetworkConfig(n_in=2, hidden=(3, 2), n_out=1, activations=("relu", "relu"))
DIGITS = NetworkConfig(n_in=64, hidden=(32,), n_out=10, activations=("relu",))


def test_a_small_network_counted_by_hand():
    count = lens.count_by_hand(SMALL)
    # 3 (2 + 1) + 2 (3 + 1) + 1 (2 + 1)
    assert count.parameters == 20
    assert [layer.products for layer in count.layers] == [12, 12, 4]
    assert count.flops == (12 + 3) + (12 + 2) + (4 + 1)
    assert count.least_bytes == 4 * (20 + 2 + 1)


def test_a_batch_of_digits_counted_by_hand():
    count = lens.count_by_hand(DIGITS, 32)
    assert count.parameters == 64 * 32 + 32 + 32 * 10 + 10 == 2410
    assert [layer.products for layer in count.layers] == [131_072, 20_480]
    assert [layer.additions for layer in count.layers] == [1024, 320]


def test_the_compiler_counts_the_same():
    inside = lens.look_inside(DIGITS, 32, "regression")
    # ReLU is a comparison and a choice for each of 32 x 32 outputs.
    assert inside.flops == lens.count_by_hand(DIGITS, 32).flops + 2 * 32 * 32
    assert inside.transcendentals == 0
    small = lens.look_inside(SMALL, 1)
    # ReLU twice for each of 5 neurons, the sigmoid's negation, sum and quotient; and where the
    # compiler writes a sum of n terms out, it counts n - 1 additions.
    whole = lens.count_by_hand(SMALL).flops + 2 * 5 + 3
    assert whole - 6 <= small.flops <= whole
    assert small.transcendentals == 1


def test_the_texts_are_of_this_pass_and_name_no_file():
    inside = lens.look_inside(SMALL, 1)
    assert inside.jaxpr.count("dot_general") == 3
    assert "logistic" in inside.jaxpr
    assert inside.hlo.startswith("HloModule")
    assert "ENTRY" in inside.hlo
    for word in ("metadata", "FileNames", "StackFrames", ".py"):
        assert word not in inside.hlo


@pytest.mark.parametrize("batch_size", [1, 32])
def test_times_are_measured_in_turns(batch_size):
    times = lens.time_passes(SMALL, batch_size, n_runs=5)
    for seconds in times:
        assert seconds.shape == (5,)
        assert (seconds > 0).all()
