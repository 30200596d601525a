"""Drawing a digit in a real browser: with the mouse, with a finger and with the keyboard."""

BLANK = "0" * 64
ADDRESS = f"architecture_zoo?zoo_lab=Draw+a+digit&draw_readers=feedforward&draw_ink={BLANK}"
INKS = "cells => cells.map(cell => cell.dataset.ink ?? '0').join('')"


def test_a_stroke_of_the_mouse_and_keys_are_read_and_stay_in_the_address(open_page):
    opened = open_page(ADDRESS, charts=2)
    page = opened.page
    grid = page.get_by_role("grid", name="The drawing")
    cells = page.get_by_role("gridcell")
    blank, painted = opened.data("draw_readings"), opened.painted("draw_readings")
    assert cells.evaluate_all(INKS) == BLANK

    box = grid.bounding_box()
    cell = box["width"] / 8
    page.mouse.move(box["x"] + 4.5 * cell, box["y"] + 0.5 * cell)
    page.mouse.down()
    page.mouse.move(box["x"] + 4.5 * cell, box["y"] + 7.5 * cell, steps=6)
    page.mouse.up()
    page.get_by_role("gridcell", name="Row 8, column 5: ink 4 of 4").wait_for()
    drawn = cells.evaluate_all(INKS)
    assert [drawn[8 * row + 4] for row in range(8)] == ["4"] * 8
    assert set(drawn[::8]) == {"0"}
    page.wait_for_url(f"**draw_ink={drawn}*")
    opened.wait_for_repaint("draw_readings", painted)
    assert opened.data("draw_readings") != blank

    # The tab key reaches one cell: the one that the pen touched first.
    cells.nth(4).focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    for _ in range(3):
        page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")  # stays in the top row
    focused = page.get_by_role("gridcell", name="Row 1, column 3: ink 3 of 4")
    assert focused.evaluate("cell => cell.matches(':focus')")
    drawn = cells.evaluate_all(INKS)
    assert drawn[2] == "3"
    page.wait_for_url(f"**draw_ink={drawn}*")

    opened.wait_for_run()  # the button moves the drawing that the last run knew
    page.get_by_role("button", name="↓ Down").click()
    page.wait_for_url(f"**draw_ink={'0' * 8 + drawn[:-8]}*")
    page.get_by_role("gridcell", name="Row 2, column 3: ink 3 of 4").wait_for()
    assert cells.evaluate_all(INKS) == "0" * 8 + drawn[:-8]

    opened.wait_for_run()
    draw_with_a_finger(page, grid)
    page.get_by_role("gridcell", name="Row 8, column 1: ink 4 of 4").wait_for()
    drawn = cells.evaluate_all(INKS)
    assert drawn[::8] == "4" * 8
    page.wait_for_url(f"**draw_ink={drawn}*")


def draw_with_a_finger(page, grid):
    """Stroke the first column from its top to its bottom; the page must not scroll with it."""
    box = grid.bounding_box()
    cell = box["width"] / 8
    touch = page.context.new_cdp_session(page)
    for kind, row in (("Start", 0.5), ("Move", 3.0), ("Move", 6.0), ("Move", 7.5), ("End", None)):
        at = [] if row is None else [{"x": box["x"] + cell / 2, "y": box["y"] + row * cell}]
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": at})
    touch.detach()
    assert grid.bounding_box() == box
