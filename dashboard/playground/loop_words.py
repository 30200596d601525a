"""What the laboratory "The loop" says about what it computed."""

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.controls import Number
from nnjax.optimizers import OPTIMIZERS
from nnjax.training.anatomy import LoopCounts, StepTrace, count_updates, trace_steps
from nnjax.training.config import TrainingConfig
from nnjax.training.steps import batch_gradients, train_step

TOKENS = Number(
    key="llm_tokens",
    label="Tokens read, in billions",
    default=300.0,
    min=1.0,
    max=100_000.0,
    step=1.0,
    format="%.0f",
)


TOKENS_PER_BATCH = Number(
    key="llm_batch",
    label="Tokens in a batch, in millions",
    default=3.2,
    min=0.1,
    max=100.0,
    step=0.1,
    format="%.1f",
)


TRY_THIS = (
    (
        "A batch of one: 250 updates in an epoch, each good for its own example",
        {"training_lab": "loop", "batch_size": 1},
    ),
    (
        "A rate of 10: the step is longer than the slope is good for, and often raises the loss",
        {"training_lab": "loop", "learning_rate": 10.0},
    ),
)


CODE = (train_step, batch_gradients, trace_steps)


ANALOGY = (
    "An apprentice cook learns in the same turn: taste, compare, find what was off, change "
    "the recipe. The learning rate is how boldly the recipe changes."
)
SOURCES = ("rumelhart_1986", "robbins_monro_1951", "brown_2020", "touvron_2023b")


def what_happened(trace: StepTrace, steps_per_epoch: int) -> str:
    """Say how many updates lowered the loss of their own batch, and what the loss did overall."""
    before, after = np.asarray(trace.loss), np.asarray(trace.loss_after)
    is_finite = np.isfinite(before) & np.isfinite(after)
    if not is_finite.all():
        at = int(trace.step[np.argmin(is_finite)]) + 1
        return (
            f"At step **{at:,}** the loss is no longer finite: the updates have thrown the "
            "weights too far. A lower learning rate prevents it."
        )
    better = int((after < before).sum())
    words = f"**{better} of these {len(before)} updates** lowered the loss of their own batch."
    if steps_per_epoch == 1:
        return f"{words} Every batch is the whole training set, so each starts where one ended."
    rises = int((np.diff(before) > 0).sum())
    times = {0: "did not rise even once", 1: "rose once", 2: "rose twice"}.get(
        rises, f"rose {rises} times"
    )
    still = "still " if rises else ""
    return f"{words} Each batch holds other examples: from one to the next the loss {still}{times}."


def so_far(step: int, steps_per_epoch: int) -> str:
    """Say how far the run has come."""
    done = step / steps_per_epoch
    updates = f"{step:,} update{'s' * (step != 1)}"
    return f"Your run has made {updates}: {done:.3g} epoch{'s' * (done != 1)}."


def table(counts: LoopCounts, n_train: int, batch_size: int, epochs: int) -> str:
    """The words batch, step and epoch, each with the learner's number."""
    rows = (
        ("Training examples", f"{n_train:,}"),
        ("A *batch*, used for one *step*", f"{min(batch_size, n_train):,} examples"),
        ("An *epoch*: every example once", f"{counts.steps_per_epoch:,} steps"),
        (f"Updates in {epochs:,} epoch{'s' * (epochs != 1)}", f"{counts.updates:,}"),
        ("Examples seen", f"{counts.examples_seen:,}"),
    )
    return "| Your settings | |\n|:--|--:|\n" + "\n".join(
        f"| {name} | {value} |" for name, value in rows
    )


def ask(n_train: int, batch_size: int) -> None:
    """Ask what a batch of twice the size does to the number of updates."""
    now = count_updates(n_examples=n_train, batch_size=batch_size).updates
    then = count_updates(n_examples=n_train, batch_size=2 * batch_size).updates
    options = sorted({now, then, 2 * now, max(1, then // 2)})
    layout.predict_then_reveal(
        "guess_loop_updates",
        f"An epoch of yours has {now:,} update{'s' * (now != 1)}. Make the batch twice as large, "
        f"{2 * batch_size:,} examples: how many does it have then?",
        [f"{option:,}" for option in options],
        answer=f"{then:,}",
        why="Each update now averages over more examples, so it is steadier; but an epoch has "
        "fewer of them. The same amount of arithmetic buys fewer corrections.",
    )


def show_formula(
    trace: StepTrace, config: TrainingConfig, counts: LoopCounts, n_train: int, epochs: int
) -> None:
    """Write the update rule and the counts with the learner's numbers."""
    layout.formula(
        OPTIMIZERS[config.optimizer].formula,
        rf"\text{{steps in an epoch}} = \left\lceil \frac{{{n_train}}}{{{config.batch_size}}} "
        rf"\right\rceil = {counts.steps_per_epoch}",
        rf"\text{{updates}} = {epochs} \cdot {counts.steps_per_epoch} = {counts.updates}",
        note=f"$g$ is the gradient of the batch's loss, $\\eta$ the learning rate: "
        f"{float(trace.learning_rate[0]):.3g} at this step.",
    )


def _show_in_llms() -> None:
    """Draw the same arithmetic for a large language model."""
    layout.in_llms(
        "The loop stays the same, only the numbers grow. GPT-3 read about 300 billion tokens, "
        "3.2 million in a batch: some 94,000 updates. That was not the whole internet several "
        "times over. It read Wikipedia 3.4 times, but the filtered web crawl, by far its largest "
        "part, only 0.44 times (Brown et al. 2020, table 2.2). LLaMA 2 took its learning rate "
        "down a cosine to a tenth, from 3 × 10⁻⁴ (7B and 13B) or 1.5 × 10⁻⁴ (34B and 70B; "
        "Touvron et al. 2023)."
    )
    fields = st.columns(2)
    with fields[0]:
        tokens = round(TOKENS.show() * 1e9)
    with fields[1]:
        in_batch = round(TOKENS_PER_BATCH.show() * 1e6)
    updates = count_updates(n_examples=tokens, batch_size=in_batch).updates
    st.markdown(f"**{updates:,} updates.** Every token counts once, in one batch.")


def lead_on(page: layout.Page) -> None:
    """Draw the links, the same idea in large models, the code and the sources."""
    page.try_this(*TRY_THIS)
    _show_in_llms()
    layout.show_the_code(*CODE)
    layout.sources(*SOURCES)
