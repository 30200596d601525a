"""Page 05 in a real browser: its film and its step are one, and clicks explain."""

import re

from playwright.sync_api import expect

PAGE = "forward_propagation"
DIGITS = f"{PAGE}?forward_lab=Real+inputs"
LARGEST = "&".join(
    [f"{PAGE}?forward_inputs=4&forward_layers=3&forward_step=12&forward_init=Normal+(0,+1)",
     *(f"forward_n{i}=6" for i in (1, 2, 3))]
)  # fmt: skip


def test_the_film_the_slider_the_words_and_the_address_hold_one_step(open_page):
    opened = open_page(PAGE, charts=2)
    page = opened.page
    opened.wait_for_text("Step 4 of 9, hidden 2.")
    page.get_by_role("button", name="Next frame").click()
    page.get_by_role("button", name="Next frame").click()
    page.get_by_text("Step 6 of 9, hidden 2.").wait_for()
    page.wait_for_url("**forward_step=6*")
    # The address may be there a moment before the slider.
    expect(page.get_by_role("slider", name="Step")).to_have_value("6")
    opened.wait_for_run()
    page.get_by_role("slider", name="Step").press("ArrowRight")
    page.get_by_text("Step 7 of 9, output.").wait_for()
    bar = page.locator('[data-chart-key="forward"] .nn-film')
    expect(bar).to_have_attribute("data-frame", "7")
    page.get_by_role("slider", name="Frame").press("ArrowRight")
    page.get_by_text("Step 8 of 9, output.").wait_for()
    expect(bar).to_have_attribute("data-frame", "8")
    # A smaller network has fewer steps: the last one is shown then.
    page.get_by_text("Build another network").click()
    page.get_by_role("slider", name="Hidden layers").press("ArrowLeft")
    page.get_by_text("Step 6 of 6, output.").wait_for()
    page.wait_for_url("**forward_step=6*")


def test_an_input_keeps_the_frame_and_a_click_explains_a_neuron(open_page):
    opened = open_page(f"{PAGE}?forward_step=9", charts=2)
    node, painted = opened.plot("forward").element_handle(), opened.painted("forward")
    opened.wait_for_text("prediction 0.658")
    opened.page.get_by_role("slider", name="Input $x_1$").press("ArrowLeft")
    opened.wait_for_repaint("forward", painted)
    opened.page.wait_for_url("**forward_x1=0.7*")
    opened.page.get_by_text("prediction 0.658").wait_for(state="detached")
    assert opened.plot("forward").evaluate("(now, then) => now === then", node)
    expect(opened.page.locator(".nn-film")).to_have_attribute("data-frame", "9")
    opened.wait_for_run()
    spot = opened.plot("forward").evaluate(
        "node => { const {xaxis, yaxis} = node._fullLayout;"
        " const box = node.getBoundingClientRect();"
        " return [box.left + xaxis._offset + xaxis.d2p(1),"
        " box.top + yaxis._offset + yaxis.d2p(0)] }"
    )
    opened.page.mouse.click(*spot)
    opened.page.get_by_text("This is hidden 1, neuron 2").wait_for()
    opened.page.wait_for_url(re.compile(r"forward_neuron=Hidden\+1%2C\+neuron\+2"))


def test_the_largest_network_fits_a_phone(open_page):
    opened = open_page(LARGEST, width=390, theme="dark", charts=2)
    opened.check_width()
    view, boxes = opened.boxes("forward", ".textpoint text")
    assert len(boxes) == 24  # 23 neurons, and what the last one does
    for left, right, *_ in boxes:
        assert view[0] <= left < right <= view[1]
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            apart = (
                one[0] >= other[1] or other[0] >= one[1] or one[2] >= other[3] or other[2] >= one[3]
            )
            assert apart, (one, other)


def test_a_click_on_an_image_chooses_it(open_page):
    opened = open_page(DIGITS, charts=5)
    opened.wait_for_text("The largest says 1, and that is right")
    spot = opened.plot("forward_batch").evaluate(
        "node => { const {xaxis, yaxis} = node._fullLayout;"
        " const box = node.getBoundingClientRect();"
        " return [box.left + xaxis._offset + xaxis.d2p(34),"
        " box.top + yaxis._offset + yaxis.d2p(16)] }"
    )
    opened.page.mouse.click(*spot)
    opened.page.wait_for_url("**forward_digit=43*")
    opened.page.get_by_text("that is wrong: it is a 9").wait_for()
