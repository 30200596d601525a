"""The character model that several laboratories share: its settings, its training so far."""

import time
from dataclasses import dataclass
from typing import NamedTuple

import jax
import numpy as np
import streamlit as st

from dashboard.compute import remember
from dashboard.controls import Choice, Number
from dashboard.gather import Rest, gather
from dashboard.language.own_text import TEXT, choose_text
from nnjax.language.model import LanguageConfig
from nnjax.language.sampling import Choice as Draw
from nnjax.language.sampling import Prompt, generate
from nnjax.language.text import Text, decode, encode
from nnjax.language.training import (
    NOT_DIVERGED,
    LanguageState,
    Progress,
    start_training,
    train_chunk,
)

SIZES = {
    "small": LanguageConfig(width=32, n_layers=1, n_heads=2),
    "medium": LanguageConfig(width=64, n_layers=2, n_heads=4),
    "large": LanguageConfig(width=96, n_layers=3, n_heads=4),
}
SIZE = Choice(
    key="text_size", label="Model", default="medium", options=tuple(SIZES), style="segmented",
    labels={"small": "Small", "medium": "Medium", "large": "Large"},
    help="Small: one block, width 32. Medium: two, 64. Large: three, 96, about three times as slow "
    "as the medium one.",
)  # fmt: skip
RATES = (0.0003, 0.001, 0.002, 0.005, 0.01, 0.03, 0.1, 1.0)
RATE = Choice(
    key="text_rate", label="Learning rate", default=0.005, options=RATES,
    labels={rate: f"{rate:g}" for rate in RATES}, style="slider",
)  # fmt: skip
STEPS = Choice(
    key="text_steps", label="Training steps", default=600, options=(100, 300, 600, 1200, 2400),
    style="slider",
)  # fmt: skip
SEED = Number(key="text_seed", label="Seed", default=0, min=0, max=9999, step=1)
CONTROLS = (TEXT, SIZE, RATE, STEPS, SEED)
_LATEST = "_text_latest"
AT_ONCE = 25  # steps of a piece
BATCH_SIZE = 16  # windows of a step
KEPT = 4  # after that many pieces a model is remembered for all learners
SAMPLE = 200  # characters written after each piece
SAMPLE_CHOICE = Draw(np.float32(0.8), np.int32(1000), np.float32(0.95))


class Piece(NamedTuple):
    """What one piece of training showed."""

    train_loss: np.ndarray  # (AT_ONCE,) NaN once diverged
    held_out: np.ndarray  # (context,)
    sample: str
    diverged_at: int
    seconds: float  # of the training alone; the first piece waits for the compiler too


@dataclass(frozen=True)
class Model:
    """A character model to be: everything that its training depends on."""

    text: Text
    size: str
    rate: float
    seed: int

    @property
    def config(self) -> LanguageConfig:
        """Its shape."""
        return SIZES[self.size]

    @property
    def about(self) -> tuple:
        """What tells it apart from others, small and hashable."""
        return self.text.digest, self.size, self.rate, self.seed


def choose_model() -> tuple[Model, int]:
    """Show the settings; return the model and how many steps it is trained."""
    text = choose_text()
    size, rate = SIZE.show(), RATE.show()
    n_steps, seed = STEPS.show(), SEED.show()
    return Model(text, size, rate, seed), n_steps


def train_in_pieces(name: str, model: Model, n_steps: int) -> tuple[list[Piece], Rest | None]:
    """Return the pieces trained so far, and what trains the rest once the page is drawn.

    The very first picture shows the model untrained: compiling its training takes seconds.
    """
    about, begun = (model.about, n_steps), f"_{name}_begun"
    first = st.session_state.get(begun) != about
    st.session_state[begun] = about
    done, rest = gather(
        name,
        range(1 if first else n_steps // AT_ONCE + 1),
        lambda piece: train_piece(model, piece) if piece else None,
        about=about,
        say=lambda piece: (
            f"Training, {AT_ONCE} steps at a time" if piece > 1 else "Compiling the training first"
        ),
        done="Training begins." if first else f"{n_steps} steps of Adam.",
    )
    return [done[piece] for piece in sorted(done) if piece], st.rerun if first else rest


def train_piece(model: Model, piece: int) -> Piece:
    """Train the `piece`-th AT_ONCE steps, counted from 1, and let the model write."""
    # Only the first piece compiles: a name for each, or each would count that time again.
    name = f"training of text {piece}"
    return remember(name, lambda *_: _learn(model, piece), *model.about, piece)


def state_after(model: Model, piece: int) -> LanguageState:
    """Return the model as it is after that many pieces, trained anew if nobody kept it."""
    latest = st.session_state.get(_LATEST)
    if latest is not None and latest[:2] == (model.about, piece):
        return latest[2]
    if piece == 0:
        return start_training(np.uint32(model.seed), config=model.config)
    if piece % KEPT:
        return _train(model, state_after(model, piece - 1))[0]
    return remember(
        "model of text",
        lambda *_: _train(model, state_after(model, piece - 1))[0],
        *model.about, piece,
    )  # fmt: skip


def best_known(model: Model, piece: int) -> tuple[LanguageState, int]:
    """Return the model after `piece` pieces, or after fewer if that would have to be trained."""
    latest = st.session_state.get(_LATEST)
    if latest is None or latest[:2] != (model.about, piece):
        piece -= piece % KEPT
    return state_after(model, piece), piece


def _learn(model: Model, piece: int) -> Piece:
    state = state_after(model, piece - 1)
    if int(state.diverged_at) != NOT_DIVERGED:  # it goes no further
        st.session_state[_LATEST] = (model.about, piece, state)
        last = train_piece(model, piece - 1)
        return last._replace(train_loss=np.full_like(last.train_loss, np.nan))
    started = time.perf_counter()
    state, progress = _train(model, state)
    seconds = time.perf_counter() - started
    st.session_state[_LATEST] = (model.about, piece, state)
    if piece % KEPT == 0:
        remember("model of text", lambda *_: state, *model.about, piece)
    written = generate(
        state.parameters,
        make_prompt("\n", model),
        np.uint32(model.seed),
        SAMPLE_CHOICE,
        config=model.config,
        n_new=SAMPLE,
    )
    return Piece(
        progress.train_loss,
        progress.held_out,
        decode(written.tokens, model.text.vocabulary),
        int(state.diverged_at),
        seconds,
    )


def _train(model: Model, state: LanguageState) -> tuple[LanguageState, Progress]:
    after = train_chunk(
        state,
        model.text.corpus,
        np.float32(model.rate),
        config=model.config,
        n_steps=AT_ONCE,
        batch_size=BATCH_SIZE,
    )
    return jax.device_get(after)


def make_prompt(text: str, model: Model) -> Prompt:
    """Lay the end of a text into the model's context; a text of nothing becomes a space."""
    tokens = encode(text, model.text.vocabulary)[-model.config.context :]
    laid = np.zeros(model.config.context, np.int32)
    laid[: len(tokens)] = tokens
    return Prompt(laid, np.int32(max(1, len(tokens))), model.text.corpus.n_kinds)
