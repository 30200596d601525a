"""Every laboratory of every page: wide in light, narrow in dark, both before axe."""

import pytest

from dashboard.navigation import PAGES

# Addresses, and the laboratories that are opened there one after the other.
LABORATORIES = {
    "what_is_a_neural_network?fit_steps=100": ("Two neurons", "Fit any curve"),
    "single_neuron": ("One neuron", "Draw the line", "Beyond one line"),
    "activation_functions?carry=relu,tanh&runners=relu,sigmoid": (
        "The functions",
        "Whole vectors",
        "Signals in depth",
        "Dead units",
        "Race",
    ),
    "activation_functions?activation_lab=Whole+vectors&vector=SwiGLU": ("Whole vectors",),
    "layers_and_architecture?deep_budget=50&deep_epochs=10&sees_epochs=50&cnn_epochs=1": (
        "Build a network",
        "What each layer sees",
        "Without activations",
        "Deep or wide",
        "What a CNN sees",
    ),
    "forward_propagation": ("Step by step", "Real inputs", "The lens"),
    "loss_functions": (
        "One prediction",
        "Why cross-entropy",
        "Softmax",
        "Outliers",
        "A sentence",
    ),
    "backpropagation?backward_widest=8": (
        "Step backwards",
        "Three witnesses",
        "Vanishing and exploding",
        "Why it scaled",
    ),
    "training_loop?racers=sgd,lbfgs&race_epochs=20&map_epochs=10&sharp_epochs=200": (
        "Playground",
        "The loop",
        "Ball in a bowl",
        "Learning-rate map",
        "Optimisers",
        "Schedules",
        "Landscape",
        "Sharpness",
        "Museum of failures",
    ),
    "architecture_zoo?draw_readers=feedforward,cnn&table_networks=feedforward&table_seeds=2"
    "&memory_networks=rnn&memory_epochs=3&attend_steps=0": (
        "The cards",
        "The measured table",
        "Kernels",
        "Draw a digit",
        "Memory",
        "Attention",
        "Latent plane",
    ),
    "from_nns_to_llms?scale_steps=51,200&scale_sizes=3&text_size=Small&text_steps=100": (
        "Timeline",
        "A character model",
        "Write and look",
        "Scaling",
        "Emergence",
        "How LLMs work",
    ),
}
BROKEN_RULES = {"resultTypes": ["violations"]}  # what is kept is not written out: half the time
# axe rules that only Streamlit's own markup breaks.
THEIRS = (".dvn", ".vega-embed")


def test_no_page_is_left_out():
    assert {address.partition("?")[0] for address in LABORATORIES} == set(PAGES)


@pytest.mark.parametrize("address", LABORATORIES)
def test_it_can_be_read_in_every_theme_and_size(open_page, address):
    opened = open_page(address)
    choice = opened.page.get_by_role("radiogroup", name="Laboratory")
    labels = LABORATORIES[address]
    if len(labels) > 1:  # all of the page's
        choice.get_by_role("radio").nth(len(labels) - 1).wait_for()
        assert tuple(choice.get_by_role("radio").all_inner_texts()) == labels
    for label in labels:
        show(opened, choice, label)
        check(opened)
    assert not serious_violations(opened.page)
    opened.page.set_viewport_size({"width": 390, "height": 844})
    opened.page.emulate_media(color_scheme="dark")
    opened.wait_for_theme("dark")
    for label in reversed(labels):
        show(opened, choice, label)
        check(opened)
        assert not serious_violations(opened.page), label


def show(opened, choice, label):
    """Open a laboratory and wait for its charts: no other of the page has any of their names."""
    button = choice.get_by_role("radio", name=label, exact=True)
    if button.get_attribute("aria-checked") != "true":
        before = opened.chart_keys()
        button.click()
        # Streamlit's own colours for a button that is pointed at are not what is looked for.
        opened.page.mouse.move(0, 0)
        button.blur()
        opened.wait_for_new_chart(before)
    opened.wait_for_run()
    opened.wait_for_paint()


def check(opened):
    """No trouble, nothing cut off, every chart in words."""
    page = opened.page
    assert page.locator("[data-testid=stException]").count() == 0
    opened.check_width()
    # All at one moment: a race that goes on draws its charts anew.
    plots = page.evaluate(
        "() => [...document.querySelectorAll('.nn-plot')].map(plot => [plot.getAttribute('role'),"
        " plot.getAttribute('aria-label').length])"
    )
    for role, n_letters in plots:
        assert role == "img"
        assert n_letters > 20


def serious_violations(page):
    """Return what axe finds serious, but for Streamlit's own."""
    from axe_playwright_python.sync_playwright import Axe

    # A button on its way from one colour to another has, for a moment, neither.
    page.wait_for_function(
        "() => !document.getAnimations().some("
        "a => a instanceof CSSTransition && a.playState === 'running')"
    )
    return [
        (rule["id"], node["target"], node.get("failureSummary", "")[:200])
        for rule in Axe().run(page, options=BROKEN_RULES).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if not any(theirs in str(node["target"]) for theirs in THEIRS)
    ]
