"""Every laboratory of every page: wide in light, narrow in dark, both before axe."""

import pytest

from dashboard.navigation import PAGES

# The addresses of each page's laboratories, the first one without its name.
LABORATORIES = {
    "what_is_a_neural_network": ("", "first_lab=Fit+any+curve"),
    "single_neuron": ("", "neuron_lab=Draw+the+line", "neuron_lab=Beyond+one+line"),
    "activation_functions": (
        "",
        "activation_lab=Whole+vectors",
        "activation_lab=Whole+vectors&vector=SwiGLU",
        "activation_lab=Signals+in+depth&carry=relu,tanh",
        "activation_lab=Dead+units",
        "activation_lab=Race&runners=relu,sigmoid",
    ),
    "layers_and_architecture": (
        "",
        "architecture_lab=What+each+layer+sees",
        "architecture_lab=Without+activations",
        "architecture_lab=Deep+or+wide&deep_budget=50&deep_epochs=10",
        "architecture_lab=What+a+CNN+sees",
    ),
    "forward_propagation": ("", "forward_lab=Real+inputs", "forward_lab=The+lens"),
    "loss_functions": (
        "",
        "loss_lab=Why+cross-entropy",
        "loss_lab=Softmax",
        "loss_lab=Outliers",
        "loss_lab=A+sentence",
    ),
    "training_loop": ("", "training_lab=The+loop", "training_lab=Ball+in+a+bowl"),
}
ADDRESSES = [f"{page}?{query}" for page, queries in LABORATORIES.items() for query in queries]
# axe rules that only Streamlit's own markup breaks.
THEIRS = (".dvn", ".vega-embed")


def test_no_page_is_left_out():
    assert set(LABORATORIES) == set(PAGES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_can_be_read_in_every_theme_and_size(open_page, address):
    opened = open_page(address)
    opened.wait_for_paint()
    check(opened, 1280)
    if address.endswith("?"):  # what laboratories share is seen in one of them
        assert not serious_violations(opened.page)
    opened.page.set_viewport_size({"width": 390, "height": 844})
    opened.page.emulate_media(color_scheme="dark")
    opened.page.wait_for_function(
        "() => document.querySelector('.nn-board[data-theme=dark]')"
        " && !document.querySelector('.nn-board[data-theme=light]')"
    )
    opened.wait_for_run()
    opened.wait_for_paint()
    check(opened, 390)
    assert not serious_violations(opened.page)


def check(opened, width):
    """No trouble, nothing cut off, every chart in words."""
    page = opened.page
    assert page.locator("[data-testid=stException]").count() == 0
    assert not opened.scrolls_sideways()
    for plot in page.locator(".nn-plot").all():
        assert plot.get_attribute("role") == "img"
        assert len(plot.get_attribute("aria-label")) > 20
        assert plot.bounding_box()["width"] <= width


def serious_violations(page):
    """Return what axe finds serious, but for Streamlit's own."""
    from axe_playwright_python.sync_playwright import Axe

    return [
        (rule["id"], node["target"], node.get("failureSummary", "")[:200])
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if not any(theirs in str(node["target"]) for theirs in THEIRS)
    ]
