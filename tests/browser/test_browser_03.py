"""Page 03 in a real browser: every laboratory paints, points move, addresses carry it all."""

import re


def open_lab(open_page, query=""):
    opened = open_page(f"activation_functions?{query}")
    assert opened.page.locator("[data-testid=stException]").count() == 0
    return opened


def sentence(opened, start):
    """Return the line that follows the state."""
    return opened.page.get_by_text(re.compile(f"^{start}")).first.inner_text()


def test_a_key_on_the_slider_moves_the_point(open_page):
    opened = open_lab(open_page)
    assert "ReLU gives 0.500" in sentence(opened, "At 0.50")
    painted = opened.painted("curves")
    opened.page.get_by_role("slider").first.press("ArrowRight")
    opened.wait_for_repaint("curves", painted)
    opened.page.get_by_text(re.compile("^At 0.55.*ReLU gives 0.550")).first.wait_for()
    opened.wait_for_address("?x=0.55")
    assert any(trace["x"] == [0.55] for trace in opened.data("curves"))


def test_a_click_in_the_chart_moves_the_point(open_page):
    opened = open_lab(open_page)
    box = opened.plot("curves").bounding_box()
    x = opened.plot("curves").evaluate(
        "n => n._fullLayout.xaxis._offset + n._fullLayout.xaxis.d2p(-2)"
    )
    opened.page.mouse.click(box["x"] + x, box["y"] + 60)
    opened.page.get_by_text(re.compile("^At -2.00, ReLU gives 0.000")).wait_for()


def test_pills_are_in_the_address_and_come_back_from_it(open_page):
    opened = open_lab(open_page)
    opened.page.get_by_role("button", name="Tanh", exact=True).click()
    opened.page.get_by_role("cell", name="Tanh").wait_for()
    opened.wait_for_run()
    opened.wait_for_address("?show=sigmoid%2Ctanh%2Crelu%2Cgelu")
    table = opened.page.get_by_role("table").first.inner_text()
    again = open_lab(open_page, opened.page.url.partition("?")[2])
    assert again.page.get_by_role("table").first.inner_text() == table
    again.page.reload()
    again.page.get_by_role("cell", name="Tanh").wait_for()


def test_a_link_sets_everything_and_the_address_follows(open_page):
    opened = open_lab(open_page, "x=3&focus=GELU&show=mish")
    opened.page.get_by_role("link", name="A failure: the step").click()
    opened.page.get_by_text(
        re.compile("^At 0.50, Step gives 1.000. Its slope there is 0")
    ).wait_for()
    opened.wait_for_run()
    rows = opened.page.get_by_role("table").first.inner_text()
    assert "Sigmoid" in rows
    assert "Mish" not in rows
    opened.wait_for_address("show=step%2Csigmoid", without=("?x=", "&x="))


def test_the_answer_comes_after_the_guess(open_page):
    opened = open_lab(open_page)
    assert opened.page.get_by_text("1.000 for tanh").count() == 0
    opened.page.get_by_text("Tanh", exact=True).last.click()
    opened.page.get_by_text("1.000 for tanh").wait_for()


def test_a_race_can_be_stopped_and_goes_on(open_page):
    settings = "activation_lab=Race&race_rate=0.01&race_seed=77&race_layers=4"
    opened = open_page(f"activation_functions?{settings}", wait=False)
    stop = opened.page.get_by_role("button", name="Stop", exact=True)
    stopped = opened.page.get_by_text(re.compile(r"^Stopped: \d+ of 12 ready"))
    done = opened.page.get_by_text(re.compile("^12 activations, 16 seeds each"))
    for _ in range(5):  # a fast machine may finish before the click, which then does nothing
        stop.or_(done).first.click()
        stopped.or_(done).first.wait_for()
        if stopped.count():
            break
        opened.page.get_by_role("slider", name="Learning rate").press("ArrowRight")
        done.wait_for(state="detached")
    assert stopped.count() == 1
    ready = int(re.search(r"\d+", stopped.inner_text())[0])
    opened.page.get_by_role("button", name="Go on").click()
    more = "|".join(str(n) for n in range(ready + 1, 12))
    opened.page.get_by_text(
        re.compile(f"^Training.*: ({more}) of 12 ready|^12 activations, 16 seeds each")
    ).first.wait_for()
