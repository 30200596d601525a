import pytest

from nnjax.large_models.feedforward import gelu_block, swiglu_block


def test_known_sizes():
    assert gelu_block(768) == (3072, 2, 4_718_592, 9_437_184)
    # LLaMA 7B: width 4096, inner width 11008 (its published configuration).
    assert swiglu_block(4096) == (11008, 3, 135_266_304, 270_532_608)


@pytest.mark.parametrize("width", [256, 768, 1600, 5120, 12288])
def test_swiglu_keeps_the_size_but_for_rounding(width):
    gelu, swiglu = gelu_block(width), swiglu_block(width)
    assert swiglu.inner % 256 == 0
    assert 0 <= swiglu.parameters - gelu.parameters <= 3 * width * 256
