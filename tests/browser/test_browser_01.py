"""Page 01 in a real browser: it lights up partners, follows sliders and typed formulas."""

import re

from playwright.sync_api import expect

PAGE = "what_is_a_neural_network"
CURVES = f"{PAGE}?first_lab=Fit+any+curve&fit_steps=100"


def test_a_click_on_a_part_lights_up_its_partner(open_page):
    opened = open_page(PAGE, charts=2)
    place = opened.plot("two_neurons", 1).evaluate(
        "node => { const {xaxis, yaxis} = node._fullLayout;"
        " return [xaxis._offset + xaxis.d2p(9.1), yaxis._offset + yaxis.d2p(4.3)] }"
    )
    opened.plot("two_neurons", 1).click(position={"x": place[0], "y": place[1]})
    opened.page.get_by_text("The axon terminals are the output: fires: 1").wait_for()
    opened.page.wait_for_url("**first_part=Axon+terminals*")
    holds = re.compile("axon terminals, holding fires: 1")
    expect(opened.plot("two_neurons", 0)).to_have_attribute("aria-label", holds)


def test_the_width_moves_the_figure_and_the_address_brings_it_back(open_page):
    opened = open_page(CURVES, charts=2)
    node, before = opened.plot("fit").element_handle(), opened.data("fit")
    painted = opened.painted("fit")
    opened.page.get_by_role("slider", name="Neurons in the hidden layer").press("ArrowRight")
    opened.wait_for_repaint("fit", painted)
    opened.page.get_by_text("With 48 neurons").wait_for()
    assert opened.data("fit") != before
    assert opened.plot("fit").evaluate("(now, then) => now === then", node)
    opened.page.wait_for_url("**fit_width=48*")
    board = opened.page.locator('[data-chart-key="fit"]')
    assert "step 100 of 100" in board.inner_text()
    painted = opened.painted("fit")
    opened.page.get_by_role("slider", name="Frame").press("Home")
    opened.wait_for_repaint("fit", painted)
    assert "step 0 of 100" in board.inner_text()
    opened.page.get_by_role("slider", name="Frame").press("End")
    board.get_by_text("step 100 of 100").wait_for()
    again = open_page(opened.page.url.partition("127.0.0.1")[2].partition("/")[2], charts=2)
    assert again.data("fit") == opened.data("fit")


def test_a_typed_formula_is_fitted_and_a_wrong_one_answered(open_page):
    opened = open_page(CURVES, charts=2)
    painted = opened.painted("fit")
    field = opened.page.get_by_role("textbox", name="Your formula for f(x)")
    field.fill("x**2/4")
    field.press("Enter")
    opened.wait_for_repaint("fit", painted)
    opened.page.wait_for_url("**target=Your+formula*")
    opened.wait_for_run()
    shown = opened.data("fit")
    field.fill("x^2")
    field.press("Enter")
    opened.page.get_by_text("At position 2: write ** for a power.").wait_for()
    opened.wait_for_run()
    assert opened.data("fit") == shown
    opened.page.get_by_text("With 32 neurons").first.wait_for()
