"""Page 08's landscape and museum in a real browser."""

import re


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
    opened.page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.8)
    told = opened.plot("landscape_map", 0).locator(".hovertext")
    told.wait_for()
    assert re.search(r"loss [\d.]+", told.text_content())


def test_an_exhibit_opens_in_the_playground_and_its_address(open_page):
    opened = open_page("training_loop?training_lab=Museum+of+failures", charts=2)
    page = opened.page
    page.get_by_text("Cured: 0 of 8 seeds").wait_for(timeout=60_000)
    page.get_by_role("button", name="Open it in the playground").click()
    page.get_by_role("button", name="Step a batch").wait_for(timeout=60_000)
    opened.wait_for_run()
    opened.wait_for_address("initializer=Zeros", without=["training_lab"])
    page.get_by_text("of 25 parameters").first.wait_for()
