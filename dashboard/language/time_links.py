"""From each milestone to the laboratories of this application that run its idea again."""

from typing import NamedTuple

import streamlit as st

from dashboard.address import TRY
from dashboard.navigation import PAGES


class Again(NamedTuple):
    """A link to a laboratory: its page, what it is called here, and what it sets there."""

    page: str  # key of PAGES
    label: str
    settings: dict[str, str]  # as an address writes them


_HERE = "from_nns_to_llms"
AGAIN: dict[str, tuple[Again, ...]] = {
    "perceptron": (
        Again("single_neuron", "Let it find a line, mistake by mistake",
              {"neuron_lab": "Draw the line"}),
    ),
    "xor": (
        Again("single_neuron", "See why no line solves XOR, and what does",
              {"neuron_lab": "Beyond one line"}),
    ),
    "backpropagation": (
        Again("backpropagation", "Go back through a network step by step",
              {"backward_lab": "Step backwards"}),
        Again("backpropagation", "Check a gradient by two other ways",
              {"backward_lab": "Three witnesses"}),
    ),
    "lenet": (
        Again("architecture_zoo", "Train a small CNN on digits", {"zoo_card": "CNN"}),
        Again("layers_and_architecture", "Look at what a CNN sees",
              {"architecture_lab": "What a CNN sees"}),
    ),
    "alexnet": (
        Again("activation_functions", "Race ReLU against the sigmoid",
              {"activation_lab": "Race", "runners": "relu,sigmoid"}),
        Again("layers_and_architecture", "Compare your network with AlexNet",
              {"architecture_lab": "Build a network"}),
    ),
    "attention": (
        Again("architecture_zoo", "See whom each letter of your text looks at",
              {"zoo_lab": "Attention"}),
    ),
    "transformer": (
        Again("architecture_zoo", "Train a small transformer", {"zoo_card": "Transformer"}),
    ),
    "bert_gpt": (
        Again(_HERE, "Train a small GPT on characters", {"llm_lab": "A character model"}),
    ),
    "gpt_3": (
        Again(_HERE, "Train five sizes and draw the line", {"llm_lab": "Scaling"}),
        Again("layers_and_architecture", "How many of your networks fit into GPT-3",
              {"architecture_lab": "Build a network"}),
    ),
    "chatgpt": (
        Again(_HERE, "Let a model continue your words", {"llm_lab": "Write and look"}),
    ),
    "frontier": (
        Again(_HERE, "Follow a text from tokens to the answer", {"llm_lab": "How LLMs work"}),
    ),
}  # fmt: skip


def show_links(milestone: str) -> None:
    """Draw a milestone's links; everything they do not set goes to its default there."""
    st.markdown("**Run it again**")
    for again in AGAIN[milestone]:
        row = PAGES[again.page]
        st.page_link(
            row.path,
            label=f"→ {again.label} (page {row.number:02d})",
            query_params=again.settings | {TRY: "1"},
            icon="",
            help="",
        )
