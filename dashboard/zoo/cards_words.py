"""What the laboratory "The cards" says of an architecture and of its training."""

from typing import Any

import numpy as np

from dashboard.formulas import grouped
from nnjax.networks import NetworkConfig
from nnjax.sources import SOURCES
from nnjax.zoo.autoencoder import SHAPE
from nnjax.zoo.card import Card
from nnjax.zoo.cnn import N_FIRST, N_FLAT, N_SECOND
from nnjax.zoo.costs import Cost
from nnjax.zoo.digits import N_CLASSES
from nnjax.zoo.examples import Task
from nnjax.zoo.networks import DENSE, N_INNER, SEQUENCES, UNITS, WIDTH
from nnjax.zoo.recurrent import CELLS

QUESTION = (
    "The CNN and the feedforward network that read digits have the same number of parameters, 1 "
    "per cent apart. Which of them does more arithmetic for one image?"
)
OPTIONS = ("The feedforward network", "Both about the same", "The CNN")
SAME = 1.2  # times: closer than this is called about the same
IN_LLMS = (
    "Every large language model of today is a stack of the transformer's blocks. A block of width "
    "$w$ costs about $24 w^2$ operations for each token in its products with weights, and "
    "$4 L w$ more for comparing that token with $L$ others: a share of $L / (6 w + L)$. Set both "
    "to see when the square of the length begins to hurt."
)


def text(card: Card) -> str:
    """Return the card: what it does, strengths, weaknesses, where it is used."""
    good = "\n".join(f"- {item}" for item in card.strengths)
    bad = "\n".join(f"- {item}" for item in card.weaknesses)
    return (
        f":gray[{SOURCES[card.source].label}]\n\n"
        f"{card.description}\n\n**Strengths**\n{good}\n\n**Weaknesses**\n{bad}\n\n"
        f"**Used in:** {card.used_in}."
    )


def describe_flow(card: Card) -> str:
    """Return the drawing in words."""
    said = f"The flow of the {card.label}: {', then '.join(card.flow)}."
    if card.loops:
        start, end = (card.flow[index] for index in card.loops)
        said += f" From {start} it goes back to {end}, step after step."
    for start, end in card.skips:
        said += f" A second way leads from {card.flow[start]} straight to {card.flow[end]}."
    return said


def about_flow(card: Card) -> str:
    """Say what the drawing's second way means, if it has one."""
    if card.loops:
        return "Along the **dashed** line it begins again: with the next token, or the next round."
    if card.skips:
        return "A **dotted** line leads past stages: what came in is added to what they made."
    return "Numbers move forward only, from stage to stage."


def result(card: Card, task: Task, trained: Any) -> str:
    """Say how far the training came."""
    done, lost = int(trained.n_epochs), int(trained.diverged_at)
    if lost >= 0:
        return (
            f"**Diverged at step {lost}: the loss is no longer finite.** A smaller learning rate "
            "would keep it."
        )
    score = float(trained.test_score[done - 1])
    if task.key == "redraw":
        return (
            f"After {done} epochs: **{task.score_label.lower()} {score:.4f}**, of ink from 0 to 1. "
            f"Drawing the average of all digits each time would cost {task.by_chance:.4f}."
        )
    verdict = "no better than guessing" if score < task.by_chance + 0.05 else "well above a guess"
    return (
        f"After {done} epochs: **{task.score_label.lower()}: {score:.1%}**, {verdict}, which would "
        f"be right {task.by_chance:.1%} of the time."
    )


def costs(cost: Cost) -> str:
    """Return what one forward pass costs, as a table."""
    return "\n".join(
        (
            "| One example, forward | |",
            "|:--|--:|",
            f"| Parameters | {cost.parameters:,} |",
            f"| Operations, by the formula | {cost.formula_flops:,} |",
            f"| Operations, counted by XLA | {cost.flops:,.0f} |",
            f"| Bytes read and written | {cost.bytes_accessed:,.0f} |",
        )
    )


def answer(cnn: Cost, dense: Cost) -> tuple[str, str]:
    """Return the option that the counts support, and why."""
    times = cnn.flops / dense.flops
    option = OPTIONS[2] if times > SAME else OPTIONS[0] if times < 1 / SAME else OPTIONS[1]
    return option, (
        f"XLA counts {cnn.flops:,.0f} operations for the CNN and {dense.flops:,.0f} for the "
        f"feedforward network, {times:.0f} times as many with {cnn.parameters:,} parameters "
        f"against {dense.parameters:,}. Each weight of a kernel is used at every place of the "
        "image, each weight of a dense layer only once."
    )


def learned(trained: Any) -> np.ndarray:
    """Return the scores of the epochs that were run."""
    return np.asarray(trained.test_score)[: int(trained.n_epochs)]


def formulas(card: Card, cost: Cost) -> tuple[str, ...]:
    """Return the card's formulas, and that of the parameters with the network's own numbers."""
    return (
        rf"N = {card.parameters}",
        rf"N = {_with_numbers(card)} = {grouped(cost.parameters)}",
        rf"\text{{operations}} = {card.flops} = {grouped(cost.formula_flops)}",
    )


def _with_numbers(card: Card) -> str:
    task = card.trains_on
    if card.key == "feedforward":
        return _dense(DENSE[task])
    if card.key == "autoencoder":
        return _dense(SHAPE)
    if card.key == "cnn":
        return (
            rf"{N_FIRST}\,(9 \cdot 1 + 1) + {N_SECOND}\,(9 \cdot {N_FIRST} + 1)"
            rf" + {N_CLASSES}\,({N_FLAT} + 1)"
        )
    _, n_in, n_out = SEQUENCES[task]
    if card.key == "transformer":
        w, m = WIDTH, N_INNER[task]
        return (
            rf"{w}\,({n_in} + 1) + 4 \cdot {w}^2 + {w}\,(2 \cdot {m} + 1) + {m} + 6 \cdot {w}"
            rf" + {n_out}\,({w} + 1)"
        )
    n, parts = UNITS[card.key, task], CELLS[card.key].n_parts
    front = rf"{parts} \cdot {n}" if parts > 1 else f"{n}"
    return rf"{front}\,({n_in} + {n} + 1) + {n_out}\,({n} + 1)"


def _dense(config: NetworkConfig) -> str:
    return " + ".join(rf"{n_out}\,({n_in} + 1)" for n_out, n_in in config.layer_shapes)
