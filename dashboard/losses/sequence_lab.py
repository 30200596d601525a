"""A sentence: the loss at every position, its mean, and the vocabulary behind it."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import show_chart
from dashboard.charts.sequence import HEIGHT, plot_positions
from dashboard.compute import run
from dashboard.controls import Choice, Text
from dashboard.gather import Rest, gather
from dashboard.language import trained
from dashboard.losses import sequence_words as words
from dashboard.losses import uniform
from dashboard.theme import Palette
from nnjax.language.letters import letter_losses, match_letters
from nnjax.language.model import MAX_KINDS
from nnjax.language.text import bundled_text
from nnjax.large_models import sequence_loss as engine

NETWORK = "network"  # trained only where it is asked for
MODELS = (*engine.MODELS, NETWORK)
EXTRAS = (0.0, 0.01, 0.1, 1.0, 10.0)


def check(text: str) -> None:
    """Raise ValueError, with one sentence, for a text without letters."""
    if not len(engine.read_letters(text)):
        raise ValueError("The text needs at least one letter from a to z.")


SENTENCE = Text(
    key="loss_text", label="A sentence", default="the cat sat on a mat",
    max_length=engine.MAX_LENGTH, check=check, accepts="text with a letter from a to z",
    help="Letters from a to z; everything else is read as a space.",
)  # fmt: skip
MODEL = Choice(
    key="loss_model", label="Who guesses the next letter", default="pairs",
    options=MODELS,
    labels={
        "uniform": "All letters alike",
        "letters": "Counts of letters",
        "pairs": "Counts of pairs",
        NETWORK: "A trained transformer",
    },
    help="The transformer is that of page 10: it is trained here the first time that it is chosen.",
)  # fmt: skip
EXTRA = Choice(
    key="loss_extra", label="Added to every count", default=0.1, options=EXTRAS,
    labels={extra: f"{extra:g}" for extra in EXTRAS}, style="slider",
    help="So that a pair that never came is not impossible.",
)  # fmt: skip
CONTROLS = (SENTENCE, MODEL, EXTRA)
GUESS = "guess_vocabulary"


class Reading(NamedTuple):
    """A text, and what each model lost on it."""

    letters: list[str]  # as shown
    model: int  # the place in MODELS
    extra: float
    losses: np.ndarray  # (n_models, n) of the letters that are there; 3 without the network
    means: np.ndarray  # (n_models,)
    choices: float  # the perplexity of the model on show
    steps: int  # that the network was trained, 0 without it


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what goes on training the network, if it is asked for."""
    controls, picture = layout.lab()
    with controls:
        text = SENTENCE.show_good()
        model, extra = MODEL.show(), EXTRA.show()
        network, rest = _train() if model == NETWORK else (None, None)
        reading = _compute(text, model, extra, network)
        st.markdown(words.table(reading))
    levels = float(reading.means[reading.model]), float(reading.means[0])
    with picture:
        losses = reading.losses[reading.model]
        show_chart(
            plot_positions(reading.letters, losses, levels, words.title(reading), colors),
            key="positions",
            alt=words.describe(reading),
            height=HEIGHT,
        )  # fmt: skip
        layout.look(words.what_to_see(reading))
    _ask()
    layout.formula(*words.formulas(reading), note=words.FORMULA_NOTE)
    _lead_on(page)
    return rest


def _train() -> tuple[Any, Rest | None]:
    """Return the network as far as it is trained, and what trains it further."""
    ready, rest = gather(
        "loss_network", trained.PIECES, trained.trained, about="", say=trained.say,
        done=words.TRAINED,
    )  # fmt: skip
    return ready[max(ready)], rest


def _compute(text: str, model: str, extra: float, network: Any) -> Reading:
    numbers = engine.read_letters(text)[: engine.MAX_LENGTH]
    result = run(
        "the text", engine.sequence_loss, engine.pad(numbers), float(len(numbers)),
        engine.counted_text(), extra,
    )  # fmt: skip
    losses, means = result.positions[:, : len(numbers)], result.means
    if network is not None:
        own = _losses_of(network, numbers)
        losses, means = np.vstack([losses, own]), np.append(means, own.mean())
    place = MODELS.index(model)
    return Reading(
        letters=["␣" if number == 0 else engine.ALPHABET[number] for number in numbers],
        model=place,
        extra=extra,
        losses=losses,
        means=means,
        choices=float(run("perplexity", engine.perplexity, float(means[place]))),
        steps=0 if network is None else int(network.step),
    )


def _losses_of(network: Any, numbers: np.ndarray) -> np.ndarray:
    """Return what the network loses on each letter, (n,)."""
    book = bundled_text()
    losses = run(
        "the network on the text", letter_losses, network.parameters, engine.pad(numbers),
        match_letters(book.vocabulary, engine.ALPHABET, MAX_KINDS), book.corpus.n_kinds,
        config=trained.CONFIG,
    )  # fmt: skip
    return losses[: len(numbers)]


def _ask() -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        small, large = (
            float(run("guessing", engine.guessing_loss, size)) for size in (50_000.0, 100_000.0)
        )
        answer, why = words.compare_guesses(small, large)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _lead_on(page: layout.Page) -> None:
    def settings(**values: Any) -> dict[str, Any]:
        return {"loss_lab": "text"} | {f"loss_{name}": value for name, value in values.items()}

    page.try_this(
        ("Guessing: every letter costs the same", settings(model="uniform")),
        ("A failure: one pair never seen, an endless loss", settings(extra=0.0)),
        ("Rare letters are dear", settings(text="quartz fjord")),
        (
            "A transformer looks further back than one letter",
            settings(model=NETWORK, text="alice said the queen"),
        ),
    )
    uniform.show(words.IN_LLMS)
    layout.show_the_code(
        engine.sequence_loss, engine.shares_with_extra, engine.perplexity, letter_losses
    )
    layout.sources(*dict.fromkeys(["carroll_1865", *uniform.SOURCES]))
