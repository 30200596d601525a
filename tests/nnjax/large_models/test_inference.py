import pytest

from nnjax.large_models import inference


def test_seventy_billion_parameters_read_4096_tokens():
    flops = inference.forward_flops(70e9, 4096)
    assert f"{flops:.1e}" == "5.7e+14"
    assert flops == 573_440_000_000_000


def test_half_a_second_on_eight_devices_is_a_seventh_of_their_peak():
    # 5.7344e14 / (8 * 989e12 * 0.5 s) = 0.14496
    share = inference.utilization(5.7344e14, n_devices=8, peak=989e12, seconds=0.5)
    assert share == pytest.approx(0.14496, abs=1e-5)
    time = inference.pass_seconds(5.7344e14, n_devices=8, peak=989e12, utilization=share)
    assert time == pytest.approx(0.5)


def test_the_cost_of_a_pass():
    cost = inference.pass_cost(
        n_parameters=70e9, n_tokens=4096, n_devices=8, peak=989e12, utilization=0.5,
        bytes_per_weight=2,
    )  # fmt: skip
    assert cost.flops == 573_440_000_000_000
    assert cost.seconds == pytest.approx(0.14496, abs=1e-5)
    assert cost.weight_bytes == 140e9
    assert cost.weight_bytes_per_device == 17.5e9


def test_attention_adds_little_to_a_short_prompt():
    # 80 layers of width 8192: 2 * 80 * 4096 * 8192 for each token, beside 2 * 70e9.
    added = inference.attention_flops(80, 8192, 4096)
    assert added == 2 * 80 * 4096 * 8192 * 4096
    assert added / inference.forward_flops(70e9, 4096) == pytest.approx(0.0383, abs=1e-4)
