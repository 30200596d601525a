"""Page 06 in a real browser: it answers sliders, clicks and addresses."""


def path(lab, **settings):
    """Return the address of a laboratory."""
    pairs = {"loss_lab": lab.replace(" ", "+"), **settings}
    return "loss_functions?" + "&".join(f"{name}={value}" for name, value in pairs.items())


def test_the_slider_moves_the_point_the_verdict_and_the_address(open_page):
    opened = open_page("loss_functions", charts=1)
    opened.page.get_by_text("Loss 0.3567").wait_for()
    opened.page.get_by_text("11.51").first.wait_for()
    assert "L = 0.3567" in opened.plot("losses").inner_text()
    node, before = opened.plot("losses").element_handle(), opened.data("losses")
    painted = opened.painted("losses")
    opened.page.get_by_role("slider", name="Prediction $p$").press("ArrowLeft")
    opened.wait_for_repaint("losses", painted)
    assert opened.data("losses") != before
    assert opened.plot("losses").evaluate("(now, then) => now === then", node)
    opened.page.get_by_text("Loss 0.3711").wait_for()
    opened.page.wait_for_url("**loss_p=0.69*")


def test_a_click_puts_the_outlier_there(open_page):
    opened = open_page(path("Outliers"), charts=3)
    x, y = opened.plot("fits").evaluate(
        "node => { const {xaxis, yaxis} = node._fullLayout;"
        " const box = node.getBoundingClientRect();"
        " return [box.left + xaxis._offset + xaxis.d2p(2),"
        " box.top + yaxis._offset + yaxis.d2p(9)] }"
    )
    opened.page.mouse.click(x, y)
    opened.page.wait_for_url("**loss_x=2*")
    opened.page.wait_for_url("**loss_y=9*")
