"""Build a network: layers by hand, drawn with their real weights, counted and compared."""

import streamlit as st

from dashboard import layout
from dashboard.architecture import builder_words as words
from dashboard.architecture import own_stack, transformer_size
from dashboard.architecture.own_stack import PICK, OwnStack
from dashboard.chart import Click, show_chart
from dashboard.charts.built_network import Built, count_drawn, network_height, plot_built
from dashboard.charts.model_sizes import HEIGHT, plot_model_sizes
from dashboard.theme import Palette
from nnjax.activations import ACTIVATIONS
from nnjax.large_models.published_models import PUBLISHED_MODELS
from nnjax.networks import NetworkConfig, count_parameters
from nnjax.passes.lens import count_by_hand
from nnjax.races.sized_stacks import draw_stack

CONTROLS = (*own_stack.CONTROLS, *transformer_size.CONTROLS)
GUESS = "guess_twice_as_wide"


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        own = own_stack.show_controls()
        picked = own_stack.show_pick(own)
    with picture:
        _show_network(own, picked, colors)
        layout.look(words.what_to_see(own, picked, *count_drawn(own.layers)))
        _show_table(own)
    _show_sizes(own, colors)
    _ask(own)
    layout.formula(*words.formulas(own), note=words.FORMULA_NOTE)
    _lead_on(page, own)


def _show_network(own: OwnStack, picked: str, colors: Palette) -> None:
    built = Built(
        layers=own.layers,
        names=tuple(own.column_name(column) for column in range(len(own.widths))),
        bends=("", *map(_short_label, own.config.activations), ""),
        picked=own.place(picked),
    )
    show_chart(
        plot_built(built, colors),
        key="built",
        alt=words.describe(own, picked),
        height=network_height(built.heights),
        on_click=lambda at: _pick(at, own),
    )


def _short_label(activation: str) -> str:
    """Return an activation's label without what it has in brackets: columns stand close."""
    return ACTIVATIONS[activation].label.split(" (")[0]


def _show_table(own: OwnStack) -> None:
    table = words.layer_table(own)
    number = st.column_config.NumberColumn(format="localized")
    columns = dict.fromkeys(list(table)[2:], number)
    # On a phone it scrolls by itself, and its first column stays.
    columns["Layer"] = st.column_config.TextColumn(pinned=True)
    st.dataframe(table, hide_index=True, height="content", column_config=columns)


def _pick(at: Click, own: OwnStack) -> None:
    """A click on a neuron looks at it; a second one lets it go."""
    match at.custom:
        case [int(column), int(unit)]:
            key = own.key_at(column, unit)
            if key in own.neurons():
                again = st.session_state.get(PICK.key) == key
                st.session_state[PICK.key] = own_stack.NOBODY if again else key


def _show_sizes(own: OwnStack, colors: Palette) -> None:
    layout.heading("Yours beside published models")
    models = tuple(PUBLISHED_MODELS.values())
    show_chart(
        plot_model_sizes(own.count.parameters, models, colors),
        key="sizes",
        alt=words.describe_sizes(own, models),
        height=HEIGHT,
    )
    layout.look(words.sizes(own))


def _ask(own: OwnStack) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        answer, why = words.doubled(
            *(_weights(_widened(words.ASKED, factor)) for factor in (1, 2)),
            *(_weights(_widened(own.config, factor)) for factor in (1, 2)),
            own,
        )
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _weights(config: NetworkConfig) -> int:
    return sum(layer.weights for layer in count_by_hand(config).layers)


def _widened(config: NetworkConfig, factor: int) -> NetworkConfig:
    """Return the network with its hidden layers `factor` times as wide."""
    return NetworkConfig(
        n_in=config.n_in,
        hidden=tuple(factor * width for width in config.hidden),
        n_out=config.n_out,
        activations=config.activations,
    )


def _lead_on(page: layout.Page, own: OwnStack) -> None:
    widest = {f"build_n{i}": own_stack.MAX_WIDTH for i in range(1, own_stack.MAX_HIDDEN + 1)}
    page.try_this(
        (
            "As large as it gets here, 10-32-32-32-32-32-32-10",
            widest | {"build_inputs": 10, "build_outputs": 10, "build_layers": 6},
        ),
        ("No hidden layer at all", {"build_layers": 0}),
        (
            "A narrow waist: 10 inputs through 2 neurons",
            {"build_inputs": 10, "build_outputs": 10, "build_layers": 3, "build_n1": 16,
             "build_n2": 2, "build_n3": 16},
        ),
        (
            "A failure: zero weights let nothing pass",
            {"build_init": "zeros"},
        ),
    )  # fmt: skip
    transformer_size.show(own.count.parameters)
    layout.show_the_code(draw_stack, count_parameters, count_by_hand)
    sources = dict.fromkeys(model.source for model in PUBLISHED_MODELS.values())
    layout.sources(*sources, "openai_2023", "kaplan_2020", "glorot_bengio_2010")
