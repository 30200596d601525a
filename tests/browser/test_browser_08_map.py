"""The learning-rate map in a real browser: a click on a run opens it on the playground."""


def test_a_click_loads_a_run_and_its_address(open_page):
    opened = open_page("training_loop?training_lab=Learning-rate+map&map_epochs=10", charts=1)
    plot = opened.plot("rate_map", 0)
    box = plot.bounding_box()
    # In the upper half, where some run lies near; its rate is between 0.1 and 10.
    opened.page.mouse.click(box["x"] + 0.7 * box["width"], box["y"] + 0.5 * box["height"])
    opened.page.get_by_text("After 10 epochs").first.wait_for()
    # The playground is where the page begins: it is not in the address.
    opened.wait_for_address("&epochs=10", "learning_rate=", without=["training_lab", "map_epochs"])
