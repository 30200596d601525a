"""Page 04, "What a CNN sees", in a real browser: filters and units are chosen by a click."""

PAGE = "layers_and_architecture?architecture_lab=What+a+CNN+sees&cnn_epochs=3"


def test_a_click_follows_a_filter_and_a_unit_and_the_address_keeps_them(open_page):
    opened = open_page(PAGE, height=1600, charts=6)
    page = opened.page

    def click(key, panel, x, y):
        """Click at a place of a chart, in the units of its axes."""
        plot = opened.plot(key, panel)
        plot.scroll_into_view_if_needed()
        spot = plot.evaluate(
            "(node, [x, y]) => { const {xaxis, yaxis} = node._fullLayout;"
            " const box = node.getBoundingClientRect();"
            " return [box.left + xaxis._offset + xaxis.d2p(x),"
            " box.top + yaxis._offset + yaxis.d2p(y)] }",
            [x, y],
        )
        page.mouse.click(*spot)

    click("cnn_filters", 0, 22, 13)  # the second pair of the second row
    page.wait_for_url("**cnn_filter=4*")
    page.locator("strong", has_text="Filter 4").wait_for()
    opened.wait_for_run()
    click("cnn_units", 0, 31, 36)  # the last of sixteen
    opened.wait_for_address("cnn_unit=16", "cnn_filter=4")
    page.locator("strong", has_text="Unit 16").wait_for()
    opened.wait_for_run()
    before = opened.painted("cnn_image", 0)
    page.get_by_role("slider", name="Image").press("ArrowRight")
    opened.wait_for_repaint("cnn_image", before)
    opened.wait_for_address("cnn_digit=21")
