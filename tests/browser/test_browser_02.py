"""Page 02 in a real browser: it paints, answers sliders and clicks, and plays its films."""

import re

LINE, BEYOND = "single_neuron?neuron_lab=Draw+the+line", "single_neuron?neuron_lab=Beyond+one+line"


def film(opened, key):
    """Return what a film's bar says about itself."""
    return opened.page.locator(f'[data-chart-key="{key}"] .nn-film').evaluate(
        "bar => ({...bar.dataset, caption: bar.querySelector('.nn-caption').textContent})"
    )


def place(opened, key, x, y):
    """Return where in the window the place (x, y) of a chart is."""
    return opened.plot(key).evaluate(
        "(node, [x, y]) => { const {xaxis, yaxis} = node._fullLayout;"
        " const box = node.getBoundingClientRect();"
        " return [box.left + xaxis._offset + xaxis.d2p(x),"
        " box.top + yaxis._offset + yaxis.d2p(y)] }",
        [x, y],
    )


def test_the_numbers_of_the_seed_are_on_screen(open_page):
    opened = open_page("single_neuron", charts=4)
    bars = opened.plot("neuron").locator("text").all_text_contents()
    for number in ("+0.700", "-0.150", "+0.400", "-0.200", "0.750"):
        assert number in bars
    assert "step 1 (fires)" in opened.plot("neuron", 1).inner_text()
    assert "sigmoid 0.679" in opened.plot("neuron", 2).inner_text()
    opened.wait_for_text(
        "The sum is 0.750: the step neuron fires, the sigmoid neuron is 67.9% sure."
    )


def test_a_slider_moves_the_figure_and_keeps_the_node(open_page):
    opened = open_page("single_neuron", charts=4)
    node, before = opened.plot("neuron").element_handle(), opened.data("neuron")
    painted = opened.painted("neuron")
    opened.page.get_by_role("slider", name="Bias $b$").press("ArrowLeft")
    opened.wait_for_repaint("neuron", painted)
    assert opened.data("neuron") != before
    assert opened.plot("neuron").evaluate("(now, then) => now === then", node)
    opened.page.get_by_text("The sum is 0.700").wait_for()
    opened.page.wait_for_url("**b=-0.25*")


def test_the_film_of_the_perceptron_plays_and_steps(open_page):
    opened = open_page(LINE, charts=3)
    assert film(opened, "line")["frames"] == "11"
    assert film(opened, "line")["caption"] == "10 mistakes · 4 of 4 right"
    learned = opened.data("line")[1]
    bar = opened.page.get_by_role("slider", name="Frame")
    bar.press("Home")
    assert film(opened, "line")["caption"] == "0 mistakes · 3 of 4 right"
    opened.page.get_by_role("button", name="Next frame").click()
    assert film(opened, "line")["frame"] == "1"
    opened.wait_until(
        "() => document.querySelector('[data-chart-key=line] .nn-plot')?.textContent"
        ".includes('(0, 0) fires but should not')"
    )
    assert opened.data("line")[1] != learned
    opened.page.get_by_role("button", name="Play").click()
    opened.wait_until(
        "() => document.querySelector('[data-chart-key=line] .nn-film')?.dataset.frame === '10'"
    )


def test_clicks_make_points_of_your_own(open_page):
    opened = open_page(LINE, charts=3)
    opened.page.mouse.click(*place(opened, "line", 0.5, 0.5))
    opened.page.get_by_text("The star at").wait_for()
    opened.page.wait_for_url(re.compile(r"rule=Your\+points.*points=.*0\.5%2C0\.5%3A1"))
    opened.wait_for_run()
    opened.page.mouse.click(*place(opened, "line", 0.5, 0.5))
    opened.page.wait_for_url(re.compile(r"points=.*0\.5%2C0\.5%3A0"))
    opened.page.get_by_text("all 5 points are right").wait_for()


def test_a_network_learns_xor_in_the_film(open_page):
    opened = open_page(BEYOND, charts=4)
    assert film(opened, "xor_film")["frames"] == "51"
    opened.wait_for_text("of 1,000 starts solve XOR")
    painted = opened.painted("xor_film")
    opened.page.get_by_role("slider", name="Frame").press("Home")
    opened.wait_for_repaint("xor_film", painted)
    assert film(opened, "xor_film")["caption"].startswith("update 0 ·")
    before = opened.painted("xor_film")
    opened.page.get_by_role("slider", name="Hidden neurons").press("ArrowRight")
    opened.page.get_by_text("With 3 hidden neurons").wait_for()
    opened.wait_for_repaint("xor_film", before)


def test_a_link_to_try_opens_its_setting(open_page):
    opened = open_page(LINE, charts=3)
    opened.page.get_by_role("link", name="A failure: XOR goes round for ever").click()
    opened.page.get_by_text("No line exists.").wait_for()
    opened.page.wait_for_url("**rule=XOR*")


def test_from_another_page_the_first_laboratory_opens(open_page):
    opened = open_page("training_loop?epochs=0", charts=1)
    opened.page.get_by_role("link", name="02 Neuron").first.click()
    opened.page.get_by_text("The sum is 0.750").wait_for()
    opened.wait_for_run()
    assert opened.page.locator("[data-testid=stAlert]").count() == 0
