"""The papers behind each formula, default and figure: one row a paper, looked up by key."""

from nnjax.sources import (
    activations,
    architectures,
    gradients,
    language,
    layers,
    losses,
    milestones,
    models,
    neurons,
    training,
)
from nnjax.sources.row import Source

__all__ = ["SOURCES", "Source"]

TOPICS = (
    neurons, activations, layers, losses, training, gradients, architectures, models, milestones,
    language,
)  # fmt: skip
SOURCES: dict[str, Source] = {row.key: row for topic in TOPICS for row in topic.ROWS}
