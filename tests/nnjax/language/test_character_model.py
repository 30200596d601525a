"""The character transformer: what it sees, how it learns, how it writes."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.language import baselines, sampling
from nnjax.language.model import (
    LanguageConfig,
    count_parameters,
    init_language_model,
    read,
    window_losses,
)
from nnjax.language.text import MAX_KINDS, bundled_text, read_text
from nnjax.language.training import (
    held_out_windows,
    start_training,
    train_chunk,
    training_windows,
)
from nnjax.zoo.network import count_numbers

TINY = LanguageConfig(width=16, n_layers=1, n_heads=2, context=12)
RATE = np.float32(0.02)
CHUNK = {"config": TINY, "n_steps": 60, "batch_size": 32}


@pytest.fixture(autouse=True, scope="module")
def lenient():
    """Adam is not strict about promotion, and other rules would compile everything again."""
    with jax.numpy_dtype_promotion("standard"), jax.numpy_rank_promotion("allow"):
        yield


@pytest.fixture(autouse=True)
def strict_promotion(lenient):
    """Not here."""


@pytest.fixture(scope="module")
def corpus():
    return bundled_text().corpus


@pytest.fixture(scope="module")
def runs(corpus):
    """The states and the progress of five chunks."""
    states, progress = [start_training(np.uint32(3), config=TINY)], []
    for _ in range(5):
        state, chunk = train_chunk(states[-1], corpus, RATE, **CHUNK)
        states.append(state)
        progress.append(chunk)
    return states, progress


@pytest.fixture(scope="module")
def model(runs):
    return runs[0][-1].parameters


def test_the_model_has_as_many_numbers_as_its_formula_says():
    shapes = jax.eval_shape(lambda: init_language_model(jax.random.key(0), config=TINY))
    assert count_numbers(shapes) == count_parameters(TINY)
    big = LanguageConfig(width=64, n_layers=3)
    shapes = jax.eval_shape(lambda: init_language_model(jax.random.key(0), config=big))
    assert count_numbers(shapes) == count_parameters(big)
    with pytest.raises(ValueError, match="given 18"):
        LanguageConfig(width=18, n_heads=4)


@jax.jit
def _look(model, windows, n_kinds):
    seen = jax.vmap(lambda window: read(model, window[:-1], n_kinds, config=TINY))(windows)
    return seen, window_losses(model, windows, n_kinds, config=TINY)


def test_no_position_sees_what_comes_after_it(model, corpus):
    tokens = np.asarray(corpus.tokens[500:512], np.int32)
    other = np.where(np.arange(12) < 7, tokens, 5)
    windows = np.stack([np.append(tokens, 3), np.append(other, 3)])
    seen, losses = _look(model, windows, corpus.n_kinds)
    one, two = (jax.tree.map(lambda leaf, i=i: leaf[i], seen) for i in range(2))
    np.testing.assert_allclose(one.logits[:7], two.logits[:7], atol=1e-5)
    assert np.abs(one.logits[8:] - two.logits[8:]).max() > 0.1
    assert one.attention.shape == (1, 2, 12, 12)
    np.testing.assert_allclose(one.attention.sum(axis=-1), 1.0, atol=1e-5)
    assert np.triu(one.attention[0, 0], 1).max() == 0
    chances = jax.nn.softmax(one.logits, axis=-1)
    assert chances[:, int(corpus.n_kinds) :].max() == 0
    by_hand = [-np.log(chances[i, windows[0, i + 1]]) for i in range(12)]
    np.testing.assert_allclose(losses[0], by_hand, rtol=1e-4)


def _cut(corpus):
    drawn = training_windows(corpus, jax.random.key(0), 8, 12)
    return drawn, held_out_windows(corpus, 12)


def test_windows_are_cut_from_their_own_part(corpus):
    drawn, held = jax.jit(_cut)(corpus)
    train = bytes(corpus.tokens[: corpus.n_train])
    assert all(bytes(np.asarray(window)) in train for window in drawn)
    rest = bytes(corpus.tokens[corpus.n_train : corpus.n])
    assert bytes(np.asarray(held[0])) == rest[:13]
    assert bytes(np.asarray(held[-1])) == rest[-13:]


def test_baselines_are_those_of_counting_by_hand(corpus):
    made = baselines.baseline_losses(corpus, context=12)
    tokens, n_kinds = np.asarray(corpus.tokens), int(corpus.n_kinds)
    pairs = np.full((n_kinds, n_kinds), baselines.EXTRA)
    train = tokens[: corpus.n_train]
    np.add.at(pairs, (train[:-1], train[1:]), 1)
    single = np.bincount(train, minlength=n_kinds) + baselines.EXTRA
    windows = np.asarray(held_out_windows(corpus, 12))
    before, after = windows[:, :-1], windows[:, 1:]
    assert made.uniform == pytest.approx(np.log(n_kinds), rel=1e-5)
    assert made.unigram == pytest.approx(-np.log(single / single.sum())[after].mean(), rel=1e-4)
    shares = pairs / pairs.sum(axis=1, keepdims=True)
    assert made.bigram == pytest.approx(-np.log(shares)[before, after].mean(), rel=1e-4)
    assert made.uniform > made.unigram > made.bigram


def test_it_beats_the_pairs_on_text_that_it_has_not_read(runs, corpus):
    _, progress = runs
    bar = baselines.baseline_losses(corpus, context=12)
    losses = [float(chunk.held_out.mean()) for chunk in progress]
    assert progress[0].train_loss[0] == pytest.approx(float(bar.uniform), abs=0.9)
    assert losses[-1] < float(bar.bigram)
    # With more to go by, a guess is better.
    assert progress[-1].held_out[6:].mean() < progress[-1].held_out[0]


def test_training_goes_on_exactly_where_it_stopped(runs, corpus):
    states, progress = runs
    kept = jax.device_get(states[1])  # as a page keeps it
    again, same = train_chunk(kept, corpus, RATE, **CHUNK)
    np.testing.assert_array_equal(same.train_loss, progress[1].train_loss)
    jax.tree.map(np.testing.assert_array_equal, again.parameters, states[2].parameters)
    assert int(again.step) == 120


def test_a_rate_too_large_is_found_at_its_step(runs, corpus, compilations):
    with compilations() as count:
        state = jax.device_get(runs[0][0])
        state, progress = train_chunk(state, corpus, np.float32(30.0), **CHUNK)
    assert count() == 0  # the rate is traced
    at = int(state.diverged_at)
    assert 0 < at < 20
    assert int(state.step) == at
    assert np.isfinite(progress.train_loss[:at]).all()
    assert np.isnan(progress.train_loss[at:]).all()
    assert all(np.isfinite(leaf).all() for leaf in jax.tree.leaves(state.parameters))


def test_another_text_of_any_kind_trains_with_the_same_program(runs, compilations):
    text = read_text("שלום 🙂\x00\x1b" * 80)
    state = jax.device_get(runs[0][0])
    with compilations() as count:
        state, progress = train_chunk(state, text.corpus, RATE, **CHUNK)
    assert count() == 0
    assert int(state.diverged_at) == -1
    assert float(progress.held_out[3:].mean()) < 0.5


def choice(temperature=1.0, top_k=MAX_KINDS, top_p=1.0):
    return sampling.Choice(np.float32(temperature), np.int32(top_k), np.float32(top_p))


@pytest.mark.parametrize("temperature", [0.5, 2.0])
def test_temperature_top_k_and_top_p_are_what_they_say(temperature):
    logits = np.log(np.array([0.1, 0.5, 0.25, 0.15], np.float32))
    cut = {"whole": choice(temperature), "two": choice(temperature, 2), "p": choice(1.0, 4, 0.7)}
    made = {name: np.asarray(sampling.next_chances(logits, c)) for name, c in cut.items()}
    hot = np.exp(logits / temperature) / np.exp(logits / temperature).sum()
    np.testing.assert_allclose(made["whole"], hot, rtol=1e-4)
    np.testing.assert_allclose(made["two"], hot * [0, 1, 1, 0] / hot[1:3].sum(), 1e-4)
    np.testing.assert_allclose(made["p"], [0, 2 / 3, 1 / 3, 0], rtol=1e-4)
    one = np.asarray(sampling.next_chances(logits, choice(1.0, 4, 0.01)))
    np.testing.assert_allclose(one, [0, 1, 0, 0], atol=1e-6)


def test_with_and_without_the_cache_the_logits_agree(model, corpus, compilations):
    prompt = np.asarray(corpus.tokens[:12], np.int32)
    asked = model, sampling.Prompt(prompt, np.int32(5), corpus.n_kinds), np.uint32(1)
    settings = {"config": TINY, "n_new": 30}
    kept = sampling.generate(*asked, choice(), **settings)
    anew = sampling.generate(*asked, choice(), cached=False, **settings)
    np.testing.assert_array_equal(kept.tokens, anew.tokens)
    assert np.abs(kept.logits - anew.logits)[:, : int(corpus.n_kinds)].max() < 1e-4
    with compilations() as count:
        greedy = sampling.generate(*asked, choice(0.7, 1), **settings)
    assert count() == 0
    seen = sampling.look(*asked[:2], choice(0.7, 1), config=TINY)
    np.testing.assert_allclose(seen.logits, kept.logits[0], atol=1e-4)
    assert seen.before.sum() == pytest.approx(1.0, abs=1e-5)
    assert seen.after.max() == pytest.approx(1.0, abs=1e-5)
    assert seen.attention.shape == (1, 2, 12, 12)
    np.testing.assert_array_equal(greedy.tokens, jnp.argmax(greedy.logits, axis=-1))
    full = asked[1]._replace(n=np.int32(12))
    full = sampling.generate(model, full, np.uint32(1), choice(), **settings)
    assert (full.tokens < corpus.n_kinds).all()
