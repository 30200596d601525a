"""Attention, layer norm and the block against loops in NumPy, PyTorch, and differences."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.layers import Dense
from nnjax.zoo.attention import (
    EPSILON,
    Attention,
    LayerNorm,
    attention_weights,
    causal_mask,
    layer_norm,
    multi_head_attention,
    sinusoidal_positions,
)
from nnjax.zoo.transformer import Block, block_forward, init_transformer, transformer_forward

LENGTH, WIDTH, HEADS = 4, 6, 2
D = WIDTH // HEADS
RNG = np.random.default_rng(0)
X = RNG.normal(size=(LENGTH, WIDTH))
LAYER = Attention(*RNG.normal(size=(4, WIDTH, WIDTH)))
NORM = LayerNorm(RNG.normal(size=WIDTH), RNG.normal(size=WIDTH))
BLOCK = Block(
    NORM, LAYER, NORM, Dense(RNG.normal(size=(5, WIDTH)), RNG.normal(size=5)),
    Dense(RNG.normal(size=(WIDTH, 5)), RNG.normal(size=WIDTH)),
)  # fmt: skip


def normed(x):
    rows = []
    for row in x:
        mean = sum(row) / len(row)
        variance = sum((v - mean) ** 2 for v in row) / len(row)
        rows.append([(v - mean) / np.sqrt(variance + EPSILON) for v in row])
    return np.array(rows) * NORM.gain + NORM.bias


def attended(x, causal):
    """Query by query, head by head: the output, and the weights (heads, length, length)."""
    weights, mixed = np.zeros((HEADS, LENGTH, LENGTH)), np.zeros((LENGTH, WIDTH))
    for head in range(HEADS):
        rows = slice(head * D, (head + 1) * D)
        for i in range(LENGTH):
            seen = range(i + 1) if causal else range(LENGTH)
            query = LAYER.queries[rows] @ x[i]
            scores = [query @ (LAYER.keys[rows] @ x[j]) / np.sqrt(D) for j in seen]
            shares = np.exp(scores) / np.exp(scores).sum()
            for j, share in zip(seen, shares, strict=True):
                weights[head, i, j] = share
                mixed[i, rows] += share * (LAYER.values[rows] @ x[j])
    return mixed @ LAYER.output.T, weights


@pytest.fixture(scope="module")
def computed():
    """What the engine makes of the block, causal and not, with slopes, in one program."""

    @jax.jit
    def everything(block, x, steps):
        mask = causal_mask(LENGTH)

        def total(change):
            moved = x.at[1, 2].add(change)
            return (block_forward(block, moved, n_heads=HEADS, mask=mask).output ** 2).sum()

        return {
            "norm": layer_norm(block.attention_norm, x),
            "open": multi_head_attention(block.attention, x, HEADS),
            "causal": multi_head_attention(block.attention, x, HEADS, mask),
            "block": block_forward(block, x, n_heads=HEADS).output,
            "slope": jax.grad(total)(0.0 * steps[0]),
            "around": jax.vmap(total)(steps),
        }

    with (
        jax.numpy_rank_promotion("raise"),
        jax.numpy_dtype_promotion("strict"),
        jax.enable_x64(True),
    ):
        block = jax.tree.map(jnp.asarray, BLOCK)
        return jax.device_get(everything(block, jnp.asarray(X), jnp.array([1e-5, -1e-5])))


def test_layer_norm_equals_loops(computed):
    np.testing.assert_allclose(computed["norm"], normed(X), rtol=1e-10)


@pytest.mark.parametrize("form", ["open", "causal"])
def test_attention_equals_loops(computed, form):
    output, weights = attended(X, form == "causal")
    np.testing.assert_allclose(computed[form].output, output, rtol=1e-10)
    np.testing.assert_allclose(computed[form].weights, weights, atol=1e-12)
    np.testing.assert_allclose(computed[form].weights.sum(axis=-1), 1)


def test_a_block_adds_attention_then_its_dense_network(computed):
    x = X + attended(normed(X), causal=False)[0]
    inner = np.maximum(normed(x) @ BLOCK.widen.weights.T + BLOCK.widen.bias, 0)
    expected = x + inner @ BLOCK.narrow.weights.T + BLOCK.narrow.bias
    np.testing.assert_allclose(computed["block"], expected, rtol=1e-9)


def test_gradient_of_the_causal_block_equals_differences(computed):
    above, below = computed["around"]
    assert computed["slope"] == pytest.approx((above - below) / 2e-5, rel=1e-6)


def test_attention_and_layer_norm_equal_those_of_pytorch(computed):
    torch = pytest.importorskip("torch")
    layer = torch.nn.MultiheadAttention(WIDTH, HEADS, bias=False).double()
    norm = torch.nn.LayerNorm(WIDTH, eps=EPSILON).double()
    with torch.no_grad():
        layer.in_proj_weight.copy_(torch.tensor(np.concatenate(LAYER[:3])))
        layer.out_proj.weight.copy_(torch.tensor(LAYER.output))
        norm.weight.copy_(torch.tensor(NORM.gain))
        norm.bias.copy_(torch.tensor(NORM.bias))
        x = torch.tensor(X)
        output, weights = layer(x, x, x, average_attn_weights=False)
        np.testing.assert_allclose(computed["open"].output, output.numpy(), rtol=1e-9)
        np.testing.assert_allclose(computed["open"].weights, weights.numpy(), atol=1e-12)
        np.testing.assert_allclose(computed["norm"], norm(x).numpy(), rtol=1e-9)


def test_equal_keys_share_attention_alike():
    weights = attention_weights(jnp.ones((2, 3)), jnp.ones((5, 3)))
    np.testing.assert_allclose(weights, np.full((2, 5), 0.2), rtol=1e-6)


def test_positions_are_sines_and_cosines():
    found = sinusoidal_positions(7, 4)
    for position in range(7):
        for pair in range(2):
            angle = position / 10000 ** (2 * pair / 4)
            expected = [np.sin(angle), np.cos(angle)]
            np.testing.assert_allclose(
                found[position, 2 * pair : 2 * pair + 2], expected, atol=1e-5
            )


def test_the_order_of_a_sequence_counts_because_of_its_positions():
    parameters = init_transformer(jax.random.key(0), n_in=3, width=WIDTH, n_inner=5, n_out=2)
    sequence = jnp.float32(RNG.normal(size=(LENGTH, 3)))
    forward = jax.jit(transformer_forward)
    there, back = forward(parameters, sequence), forward(parameters, sequence[::-1])
    assert np.abs(there - back).max() > 1e-3
