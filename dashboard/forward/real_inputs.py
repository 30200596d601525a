"""Real inputs: handwritten digits through a network that has learned to read them."""

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Click, Panel, show_chart, show_panels
from dashboard.charts.digit_reading import (
    image_at,
    plot_batch,
    plot_hidden,
    plot_image,
    plot_probabilities,
    plot_product,
)
from dashboard.compute import remember, run
from dashboard.controls import Choice, Number, Slider
from dashboard.formulas import grouped
from dashboard.forward.words import END
from dashboard.theme import Palette
from nnjax.digit_reader import (
    N_EPOCHS,
    DigitReader,
    Reading,
    read_digits,
    reader_config,
    train_reader,
)
from nnjax.passes.lens import HandCount, count_by_hand

BATCH = 32
N_UNSEEN = 539
IMAGE = Slider(
    key="forward_digit", label="Image", default=60, min=0, max=N_UNSEEN - 1, step=1,
    help="One of the digits that the network has not seen in training. Or click one.",
)  # fmt: skip
HIDDEN = Choice(
    key="forward_hidden", label="Hidden neurons", default=32, options=(2, 8, 32),
    style="segmented",
)  # fmt: skip
SEED = Number(
    key="forward_digit_seed", label="Seed of the training", default=0, min=0, max=9999, step=1
)
CONTROLS = (IMAGE, HIDDEN, SEED)
GUESS = "guess_two_neurons"
OPTIONS = ("about one in ten, as by guessing", "about half", "nearly all")


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        image, n_hidden, seed = IMAGE.show(), HIDDEN.show(), SEED.show()
        told = st.container()
    with picture, st.spinner("Training the network"):
        reader: DigitReader = remember("the digits' network", train_reader, n_hidden, seed=seed)
    first = int(reader.n_train)
    start = min(image // BATCH * BATCH, N_UNSEEN - BATCH)  # the last batch overlaps: always 32
    rows = slice(first + start, first + start + BATCH)
    batch: Reading = run(
        "a batch", read_digits, reader.parameters, reader.inputs[rows],
        config=reader_config(n_hidden),
    )  # fmt: skip
    chosen = image - start
    count = count_by_hand(reader_config(n_hidden), BATCH)
    with told:
        st.markdown(_table(reader, count))
    with picture:
        _show_batch(reader, rows, batch, chosen, colors)
        _show_one(reader, rows, batch, chosen, colors)
    layout.heading("Thirty-two at once")
    _show_product(reader, rows, batch, chosen, colors)
    _ask(seed)
    _formulas(reader, rows, batch, chosen, n_hidden)
    _lead_on(page, reader, n_hidden, seed)


def _table(reader: DigitReader, count: HandCount) -> str:
    return "\n".join(
        (
            "| This network | Count |",
            "|:--|--:|",
            f"| Parameters | {count.parameters:,} |",
            f"| Trained on | {int(reader.n_train):,} digits |",
            f"| Passes through them | {N_EPOCHS} |",
            f"| Read right, of those | {reader.train_accuracy:.1%} |",
            f"| **Read right, unseen** | **{reader.test_accuracy:.1%}** |",
        )
    )


def _show_batch(reader: DigitReader, rows: slice, batch: Reading, chosen: int, colors) -> None:
    seen = batch.probabilities.argmax(axis=1)
    labels = reader.labels[rows]
    wrong = int((seen != labels).sum())
    show_chart(
        plot_batch(reader.images[rows], seen, labels, chosen, colors),
        key="forward_batch",
        alt=f"32 handwritten digits, each with the digit that the network sees; {wrong} are read "
        f"wrong. Framed: a {labels[chosen]:.0f}, seen as {seen[chosen]}.",
        height=300,
        on_click=lambda at: _pick(at, rows.start - int(reader.n_train)),
    )
    said = f"{wrong} marked × {'is' if wrong == 1 else 'are'} read wrong"
    said = said if wrong else "all are read right"
    layout.look(f"A batch of 32 digits and what the network sees in each: **{said}**.")


def _pick(at: Click, start: int) -> None:
    """A click on an image chooses it."""
    if at.x is None or at.y is None:
        return
    index = image_at(at.x, at.y, BATCH)
    if index is not None and 0 <= start + index < N_UNSEEN:
        st.session_state[IMAGE.key] = start + index


def _show_one(reader: DigitReader, rows: slice, batch: Reading, chosen: int, colors) -> None:
    hidden, probabilities = batch.hidden[chosen], batch.probabilities[chosen]
    truth = int(reader.labels[rows][chosen])
    seen = int(probabilities.argmax())
    firing = int((hidden > 0).sum())
    show_panels(
        [
            Panel(
                figure=plot_image(reader.images[rows][chosen], "64 numbers in", colors),
                alt=f"The chosen digit, a {truth}, as 8 by 8 pixels from 0 to 16.",
                height=260,
            ),
            Panel(
                figure=plot_hidden(hidden, float(batch.hidden.max()), colors),
                alt=f"{firing} of {len(hidden)} hidden neurons fire.",
                height=260,
            ),
            Panel(
                figure=plot_probabilities(probabilities, truth, colors),
                alt=f"Ten probabilities. The network sees a {seen} ({probabilities[seen]:.3f}); "
                f"it is a {truth} ({probabilities[truth]:.3f}).",
                height=260,
            ),
        ],
        key="forward_digit_pass",
        columns=(4, 5, 5),
    )
    verdict = "right" if seen == truth else f"wrong: it is a {truth}"
    layout.look(
        f"64 pixels become {len(hidden)} hidden numbers and then ten probabilities. The largest "
        f"says **{seen}**, and that is **{verdict}**."
    )


def _show_product(reader: DigitReader, rows: slice, batch: Reading, chosen: int, colors) -> None:
    weights = reader.parameters[0].weights
    n_hidden = len(weights)
    show_chart(
        plot_product(
            (reader.inputs[rows], weights, batch.hidden, batch.probabilities), chosen, colors
        ),
        key="forward_product",
        alt=f"Four matrices: X of 32 by 64, the first layer's weights of 64 by {n_hidden}, the "
        f"hidden outputs of 32 by {n_hidden} and the probabilities of 32 by 10.",
        height=330,
    )
    layout.look(
        "Thirty-two images make a matrix of 32 rows. Nothing else changes: each row of **X** goes "
        "through the same weights to its own row of **H** and **P**. The framed row is your image."
    )


def _ask(seed: int) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        two: DigitReader = remember("the digits' network", train_reader, 2, seed=seed)
        share = float(two.test_accuracy)
        answer = OPTIONS[0] if share < 0.25 else OPTIONS[1] if share < 0.75 else OPTIONS[2]
        why = (
            f"With two hidden neurons it reads {share:.1%} of the unseen digits right. All that "
            "the output ever gets to see of an image is those two numbers."
        )
    layout.predict_then_reveal(
        GUESS,
        "Keep only two hidden neurons and train again. How many of the unseen digits does the "
        "network still read?",
        OPTIONS,
        answer=answer,
        why=why,
    )


def _formulas(reader, rows, batch: Reading, chosen: int, n_hidden: int) -> None:
    one, many = (count_by_hand(reader_config(n_hidden), size) for size in (1, BATCH))
    logits, probabilities = batch.logits[chosen], batch.probabilities[chosen]
    seen = int(probabilities.argmax())
    total = float(np.exp(logits - logits[seen]).sum())
    alone: Reading = run(
        "one image", read_digits, reader.parameters, reader.inputs[rows][chosen],
        config=reader_config(n_hidden),
    )  # fmt: skip
    difference = float(np.abs(alone.probabilities - probabilities).max())
    products = [layer.products for layer in many.layers]
    layout.formula(
        rf"\underbrace{{X}}_{{32 \times 64}}\ \underbrace{{W_1^\mathsf{{T}}}}_{{64 \times "
        rf"{n_hidden}}} + \mathbf{{b}}_1 \to \underbrace{{H}}_{{32 \times {n_hidden}}}, \quad "
        rf"\underbrace{{H}}_{{32 \times {n_hidden}}}\ \underbrace{{W_2^\mathsf{{T}}}}_{{{n_hidden}"
        rf" \times 10}} + \mathbf{{b}}_2 \to \underbrace{{Z}}_{{32 \times 10}}{END}",
        rf"2 \cdot 32 \cdot 64 \cdot {n_hidden} + 2 \cdot 32 \cdot {n_hidden} \cdot 10 = "
        rf"{grouped(sum(products))}\ \text{{FLOPs}}",
        rf"p_{{{seen}}} = \frac{{e^{{z_{{{seen}}}}}}}{{\sum_k e^{{z_k}}}} = "
        rf"\frac{{1}}{{\sum_k e^{{z_k - {_number(logits[seen])}}}}} = \frac{{1}}{{{total:.3f}}} = "
        rf"{probabilities[seen]:.3f}",
        note=f"One image takes {sum(layer.products for layer in one.layers):,} operations in its "
        f"products, 32 take 32 times as many. But the {many.parameters:,} parameters are fetched "
        "once for all of them: that is what a batch saves. Your image alone, as a vector, gives "
        f"the same ten probabilities to within {difference:.0e}.",
    )


def _number(value: float) -> str:
    return f"({value:.2f})" if value < 0 else f"{value:.2f}"


def _lead_on(page: layout.Page, reader: DigitReader, n_hidden: int, seed: int) -> None:
    unseen = slice(int(reader.n_train), None)
    reading: Reading = run(
        "all unseen digits", read_digits, reader.parameters, reader.inputs[unseen],
        config=reader_config(n_hidden),
    )  # fmt: skip
    sure = reading.probabilities.max(axis=1)
    wrong = reading.probabilities.argmax(axis=1) != reader.labels[unseen]
    here = {"forward_lab": "digits", "forward_hidden": n_hidden, "forward_digit_seed": seed}
    prompts = [("The digit it is least sure of", here | {"forward_digit": int(sure.argmin())})]
    if wrong.any():
        worst = int(np.where(wrong, sure, 0).argmax())
        prompts.append(
            (
                f"A failure: read as {reading.probabilities[worst].argmax()}, {sure[worst]:.0%} "
                "sure, and wrong",
                here | {"forward_digit": worst},
            )
        )
    prompts.append(
        (
            "A failure: only two hidden neurons",
            {"forward_lab": "digits", "forward_hidden": 2},
        )
    )
    page.try_this(*prompts)
    layout.in_llms(
        "A language model is run in the same way. Each piece of text becomes a vector, a prompt "
        "becomes a matrix with a row for each of them, and prompts of several people are stacked "
        "into a batch, because fetching the weights costs more than multiplying by them. The last "
        "layer is a softmax too, not over ten digits but over every piece of text it could say."
    )
    layout.show_the_code(read_digits, train_reader, count_by_hand)
    layout.sources("rumelhart_1986", "bridle_1990", "kingma_ba_2015", "he_2015")
