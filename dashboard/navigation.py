"""The list of pages: their order, their titles, what each promises."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class PageRow:
    """One page. Its address is the file's name without the number."""

    number: int
    file: str
    title: str
    short: str  # the name in the navigation bar, where all pages must fit side by side
    promise: str  # what you will be able to do after this page

    @property
    def key(self) -> str:
        """The address: "single_neuron"."""
        return Path(self.file).stem.partition("_")[2]

    @property
    def label(self) -> str:
        """The name in links: "02 The single neuron"."""
        return f"{self.number:02d} {self.title}"

    @property
    def path(self) -> str:
        """The file as Streamlit wants it, whatever the current directory."""
        return str(ROOT / "pages" / self.file)


_ROWS = (
    PageRow(
        number=1,
        file="01_what_is_a_neural_network.py",
        title="What is a neural network?",
        short="Network",
        promise="See what an artificial neuron keeps of a real one, and fit any curve you like "
        "with a few hundred of them, or watch them fail.",
    ),
    PageRow(
        number=2,
        file="02_single_neuron.py",
        title="The single neuron",
        short="Neuron",
        promise="Weigh three inputs by hand, teach one neuron a rule, and find the rule that no "
        "single neuron can learn.",
    ),
    PageRow(
        number=3,
        file="03_activation_functions.py",
        title="Activation functions",
        short="Activations",
        promise="Choose an activation knowing what it does to a signal and to its gradient.",
    ),
    PageRow(
        number=4,
        file="04_layers_and_architecture.py",
        title="Layers and architecture",
        short="Layers",
        promise="Build a network layer by layer, count what it costs, and see what a layer adds.",
    ),
    PageRow(
        number=5,
        file="05_forward_propagation.py",
        title="Forward propagation",
        short="Forward",
        promise="Follow one input through a network, number by number, to its prediction.",
    ),
    PageRow(
        number=6,
        file="06_loss_functions.py",
        title="Loss functions",
        short="Loss",
        promise="Read a loss and its slope, and choose the one that punishes the right mistakes.",
    ),
    PageRow(
        number=7,
        file="07_backpropagation.py",
        title="Backpropagation",
        short="Backward",
        promise="Work out the gradient of any weight by hand, check it against two witnesses, and "
        "say why a deep network learns or does not.",
    ),
    PageRow(
        number=8,
        file="08_training_loop.py",
        title="The training loop",
        short="Training",
        promise="Train a real network, watch every part of it change, and say which setting made "
        "it learn, stall or blow up.",
    ),
    PageRow(
        number=9,
        file="09_architecture_zoo.py",
        title="Architecture zoo",
        short="Zoo",
        promise="Tell eleven architectures apart, train seven of them in seconds, and say what "
        "each is good for and what it costs.",
    ),
    PageRow(
        number=10,
        file="10_from_nns_to_llms.py",
        title="From neural networks to LLMs",
        short="LLMs",
        promise="Follow the road from one neuron to a language model, train a small one, and see "
        "what more of everything buys.",
    ),
)

# A row whose file does not exist yet is not listed.
PAGES: dict[str, PageRow] = {row.key: row for row in _ROWS if Path(row.path).exists()}


_ENTERED = "_entered"


def declare() -> st.Page:
    """Tell Streamlit the pages and return the one that is asked for."""
    # The default page answers at "/" only: a hidden one keeps every real page at its own address.
    start = st.Page(_open_first, title="Start", url_path="start", default=True, visibility="hidden")
    pages = [
        st.Page(row.path, title=f"{row.number:02d} {row.short}", url_path=row.key)
        for row in PAGES.values()
    ]
    return st.navigation([start, *pages], position="top")


def _open_first() -> None:
    """Go to the first page, whatever the address asks of it."""
    st.switch_page(next(iter(PAGES.values())).path, query_params=st.query_params.to_dict())


def enter() -> None:
    """Run the page that is asked for, from the entry."""
    st.session_state[_ENTERED] = True
    declare().run()


def require_entry() -> None:
    """Start over through the entry if this page was run without it.

    Until some session has called st.navigation, Streamlit takes `pages/` for its older kind of
    app: on a fresh server a link straight to a page runs that page alone.
    """
    if not st.session_state.get(_ENTERED):
        declare()
        st.rerun()


def neighbors(key: str) -> tuple[PageRow | None, PageRow | None]:
    """Return the page before and the page after this one."""
    keys = list(PAGES)
    at = keys.index(key)
    before = PAGES[keys[at - 1]] if at else None
    after = PAGES[keys[at + 1]] if at + 1 < len(keys) else None
    return before, after
