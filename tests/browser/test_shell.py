"""The shell in a real browser: charts that stay, films, addresses, themes."""

import pytest
from playwright.sync_api import expect

from dashboard.navigation import PAGES


def slider(opened, name):
    """Return the slider with this label."""
    return opened.page.get_by_role("slider", name=name)


def test_charts_follow_a_change_of_theme(open_page):
    opened = open_page("single_neuron", theme="light")
    opened.page.emulate_media(color_scheme="dark")
    opened.wait_for_theme("dark")


def test_first_address_leads_to_the_first_page(open_page):
    opened = open_page("")
    opened.page.wait_for_url(f"**/{next(iter(PAGES))}")


def test_slider_changes_the_figure_and_keeps_its_node(open_page, chart_app):
    opened = open_page(base=chart_app, charts=5)
    node = opened.plot("line").element_handle()
    before, count = opened.data("line"), opened.painted("line")
    others = opened.painted("film")
    slider(opened, "Slope").press("ArrowRight")
    opened.wait_for_repaint("line", count)
    opened.wait_for_run()
    after = opened.data("line")
    assert after[0]["y"][-1] == pytest.approx(1.1, abs=1e-5)
    assert before != after
    assert opened.plot("line").evaluate("(now, then) => now === then", node)
    assert opened.painted("film") == others, "an unchanged chart was painted again"


def test_zoom_survives_new_data(open_page, chart_app):
    opened = open_page(base=chart_app, charts=5)
    box = opened.plot("line").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    opened.page.mouse.move(*middle)
    opened.page.mouse.down()
    opened.page.mouse.move(middle[0] + 80, middle[1], steps=4)
    opened.page.mouse.up()
    opened.wait_until(
        "() => document.querySelector('[data-chart-key=line] .nn-plot')?._fullLayout.xaxis.range[0]"
        " < -1.05"
    )
    moved = opened.plot("line").evaluate("node => node._fullLayout.xaxis.range")
    count = opened.painted("line")
    slider(opened, "Slope").press("ArrowRight")
    opened.wait_for_repaint("line", count)
    opened.wait_for_run()
    assert opened.plot("line").evaluate("node => node._fullLayout.xaxis.range") == moved


def test_a_click_in_the_empty_plane_reaches_python(open_page, chart_app):
    opened = open_page(base=chart_app, charts=5)
    box = opened.plot("line").evaluate(
        "node => { const {xaxis: x, yaxis: y} = node._fullLayout;"
        " return [x._offset + x.d2p(0.5), y._offset + y.d2p(-1)] }"
    )
    opened.plot("line").click(position={"x": box[0], "y": box[1]})
    opened.page.get_by_text("Clicks: [(0.5, -1.0)]").wait_for()


def film_state(opened, key):
    """Return what a film's bar says about itself."""
    return opened.page.locator(f'[data-chart-key="{key}"] .nn-film').evaluate(
        "bar => ({...bar.dataset, caption: bar.querySelector('.nn-caption').textContent})"
    )


def test_film_slider_moves_all_its_panels_without_the_server(open_page, chart_app):
    opened = open_page(base=chart_app, charts=5)
    board = opened.page.locator('[data-chart-key="film"]')
    assert film_state(opened, "film")["frame"] == "59"
    count, still = opened.painted("film", 1), opened.painted("film", 0)
    frame = board.get_by_role("slider", name="Frame")
    frame.press("Home")
    frame.press("ArrowRight")
    opened.wait_for_repaint("film", count, 1)
    expect(board.locator(".nn-film")).to_have_attribute("data-frame", "1")
    opened.wait_until(
        "() => document.querySelectorAll('[data-chart-key=film] .nn-plot')[1]?._fullData[0].z[0][0]"
        " === 1"
    )
    assert film_state(opened, "film")["caption"] == "Frame 1 of 59"
    expect(opened.plot("film", 2).locator(".xtitle")).to_have_text("frame 1")
    assert opened.data("film", 2)[0]["y"][-1] == pytest.approx(0.1, abs=1e-5)
    assert opened.painted("film", 0) == still, "a panel without a track was painted again"


def test_film_plays_and_pauses(open_page, chart_app):
    opened = open_page(base=chart_app, charts=5)
    board = opened.page.locator('[data-chart-key="film"]')
    board.get_by_role("button", name="Play").press("Enter")
    opened.wait_until("() => document.querySelector('.nn-film')?.dataset.frame >= 2")
    board.get_by_role("button", name="Pause").click()
    stopped = film_state(opened, "film")["frame"]
    opened.page.wait_for_timeout(700)
    assert film_state(opened, "film")["frame"] == stopped
    assert 2 <= int(stopped) < 59
    board.get_by_role("button", name="Next frame").click()
    assert film_state(opened, "film")["frame"] == str(int(stopped) + 1)


def test_live_film_appends_chunks_and_asks_for_what_it_lost(open_page, chart_app):
    opened = open_page(base=chart_app, charts=5)
    live = '[data-chart-key="live"] .nn-film'

    def wait(frame, frames):
        opened.wait_until(
            "([live, frame, frames]) => { const bar = document.querySelector(live);"
            " return bar && bar.dataset.frame === frame && bar.dataset.frames === frames }",
            [live, str(frame), str(frames)],
        )

    wait(3, 4)
    opened.page.get_by_role("button", name="Next chunk").click()
    wait(7, 8)
    assert film_state(opened, "live")["caption"] == "Step 7"
    # Off the page and back: the browser has lost the first frames and asks for them.
    toggle = opened.page.get_by_text("Live chart")
    toggle.click()
    opened.page.locator(live).wait_for(state="detached")
    toggle.click()
    wait(7, 8)


def test_address_round_trip(open_page):
    opened = open_page("single_neuron?w1=-1.5&b=0.5")
    label = opened.plot("neuron").get_attribute("aria-label")
    opened.page.get_by_role("button", name="Link").click()
    address = opened.page.locator(".st-key-address code").inner_text().strip()
    again = open_page(address.partition("127.0.0.1")[2].partition("/")[2])
    assert again.plot("neuron").get_attribute("aria-label") == label
    assert "w1=-1.5" in address
    assert "b=0.5" in address


def test_absurd_address_is_answered_in_one_box(open_page):
    opened = open_page("single_neuron?w1=nan&b=1e400&nobody=%3Cscript%3Ealert(1)%3C/script%3E")
    box = opened.page.locator("[data-testid=stAlert]")
    expect(box).to_have_count(1)
    words = box.inner_text()
    assert "“nan” is not a value for Weight w1" in words
    assert "no setting called “nobody”" in words
    plain = open_page("single_neuron")
    same = plain.plot("neuron").get_attribute("aria-label")
    assert opened.plot("neuron").get_attribute("aria-label") == same
    opened.wait_for_address("/single_neuron", without="?")


def test_try_this_sets_the_controls_and_the_address(open_page):
    opened = open_page("single_neuron?w1=-1.5")
    label = opened.plot("neuron").get_attribute("aria-label")
    link = opened.page.locator("[data-testid=stPageLink] a").first
    link.scroll_into_view_if_needed()
    link.click()
    opened.wait_until(
        "label => (document.querySelector('.nn-plot')?.getAttribute('aria-label') ?? label)"
        " !== label",
        label,
    )
    opened.wait_for_run()
    opened.wait_for_address("?", without=["w1=-1.5", "try="])
