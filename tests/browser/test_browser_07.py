"""Page 07 in a real browser: its film and its step are one, and clicks explain."""

import re

PAGE = "backpropagation"


def test_the_walk_plays_and_a_click_explains_a_weight_and_a_bias(open_page):
    opened = open_page(PAGE, charts=2)
    page = opened.page
    opened.wait_for_text("Step 8 of 9, hidden 1.")
    page.get_by_role("button", name="Next frame").click()
    page.get_by_text("Step 9 of 9, update.").wait_for()
    page.wait_for_url("**backward_step=9*")
    opened.wait_for_run()
    page.mouse.click(*spot(opened, 1.64, -0.18 - 0.18))
    page.get_by_text("This is output, weight 2.").wait_for()
    page.wait_for_url(re.compile(r"backward_pick=Output%2C\+weight\+2"))
    opened.wait_for_run()
    page.wait_for_timeout(600)  # sooner, Plotly would take both for a double click
    page.mouse.click(*spot(opened, 1, 1))
    page.get_by_text("This is hidden 1, neuron 1, bias.").wait_for()


def test_a_rate_moves_the_mark_and_the_address(open_page):
    opened = open_page(f"{PAGE}?backward_rate=10", charts=2)
    opened.wait_for_text("The loss goes up.")
    painted = opened.painted("update")
    opened.page.get_by_role("slider", name="Learning rate").press("ArrowLeft")
    opened.wait_for_repaint("update", painted)
    opened.page.wait_for_url("**backward_rate=5*")
    opened.page.get_by_text("The loss goes up.").wait_for(state="detached")


def spot(opened, x, y):
    """Return the pixels of a place in the diagram."""
    return opened.plot("backward").evaluate(
        "(node, [x, y]) => { const {xaxis, yaxis} = node._fullLayout;"
        " const box = node.getBoundingClientRect();"
        " return [box.left + xaxis._offset + xaxis.d2p(x),"
        " box.top + yaxis._offset + yaxis.d2p(y)] }",
        [x, y],
    )
