"""Page 08's landscape and museum in a real browser."""

import re

from playwright.sync_api import expect


def dot(opened, panel_key):
    """Return where the dot on the path stands."""
    return opened.plot(panel_key, 0).evaluate("node => [node.data[2].x[0], node.data[2].y[0]]")


def test_the_dot_walks_down_and_the_map_tells_the_loss(open_page):
    opened = open_page("training_loop?training_lab=Landscape&epochs=20", charts=2)
    end, painted = dot(opened, "landscape_map"), opened.painted("landscape_map", 0)
    assert end == [0, 0]
    opened.page.get_by_role("slider", name="Frame").press("Home")
    opened.wait_for_repaint("landscape_map", painted, 0)
    assert dot(opened, "landscape_map") != end
    box = opened.plot("landscape_map", 0).locator(".nsewdrag").first.bounding_box()
    told = opened.plot("landscape_map", 0).locator(".hovertext")
    for step in range(600):  # one move may come while the map is painted, and go unheard
        x, y = box["x"] + box["width"] * 0.7 + step % 2, box["y"] + box["height"] * 0.8
        opened.page.mouse.move(x, y)
        opened.page.wait_for_timeout(100)
        if told.is_visible():
            break
    expect(told).to_have_text(re.compile(r"loss [\d.]+"))


def test_an_exhibit_opens_in_the_playground_and_its_address(open_page):
    opened = open_page("training_loop?training_lab=Museum+of+failures", charts=2)
    page = opened.page
    page.get_by_text("Cured: 0 of 8 seeds").wait_for()
    page.get_by_role("button", name="Open it in the playground").click()
    page.get_by_role("button", name="Step a batch").wait_for()
    opened.wait_for_run()
    opened.wait_for_address("initializer=Zeros", without=["training_lab"])
    page.get_by_text("of 25 parameters").first.wait_for()
