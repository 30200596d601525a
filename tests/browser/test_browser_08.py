"""Page 08 in a real browser: it paints, plays, pauses, steps, scrubs and fits a phone."""

import re

from playwright.sync_api import expect


def line(opened):
    """Return the place of the line that says how the run stands."""
    return opened.page.get_by_text(re.compile(r"^(After|Diverged at)")).first


def verdict(opened):
    """Return what that line says."""
    return line(opened).inner_text()


def wait_for_another_verdict(opened, before):
    """Wait until another run is told of."""
    expect(line(opened)).not_to_have_text(before, use_inner_text=True)


def film(opened):
    """Return what the film's bar says about itself."""
    return opened.page.locator(".nn-film").evaluate(
        "bar => ({...bar.dataset, caption: bar.querySelector('.nn-caption').textContent})"
    )


def loss(opened):
    """Return the test loss that the page shows."""
    return float(re.search(r"test loss is ([\d.]+)", verdict(opened)).group(1))


def test_play_trains_and_pause_stops(open_page):
    opened = open_page("training_loop?epochs=0", charts=4)
    assert "After 0 epochs" in verdict(opened)
    before = loss(opened)
    train = opened.page.locator(".st-key-play button")
    train.click()
    opened.wait_until(
        "before => Number(document.querySelector('.nn-film')?.dataset.frame) > 15 && "
        "Number(/test loss is ([\\d.]+)/.exec(document.body.textContent)?.[1]) < before",
        before,
    )
    expect(train).to_have_text("Pause")
    train.click()
    train.get_by_text("Train").wait_for()
    opened.wait_for_run()
    assert loss(opened) < before
    stopped = verdict(opened)
    opened.page.wait_for_timeout(1200)
    assert verdict(opened) == stopped, "a paused run must not go on"


def wait_for_end(opened):
    """Wait for the last frame of a run: where training takes long, it is played."""
    opened.wait_for_run()
    opened.wait_until(
        "() => { const bar = document.querySelector('.nn-film');"
        " return bar?.dataset.playing === 'false'"
        " && bar.querySelector('.nn-caption').textContent.startsWith('epoch 200,') }"
    )


def wait_for_film(opened):
    """Wait for the frames before the last: they come once the page rests."""
    opened.wait_until("() => document.querySelector('.nn-film input')?.min === '0'")


def test_the_film_scrubs_without_the_server(open_page):
    opened = open_page("training_loop", charts=4)
    wait_for_end(opened)
    wait_for_film(opened)
    surface = opened.plot("run", 0).evaluate("node => node._fullLayout.images[0].source")
    bar = opened.page.get_by_role("slider", name="Frame")
    painted = opened.painted("run", 0)
    bar.press("Home")
    opened.wait_for_repaint("run", painted, 0)
    assert film(opened)["frame"] == "0"
    assert "epoch 0, step 0" in film(opened)["caption"]
    opened.wait_until(
        "trained => { const plot = document.querySelector('[data-chart-key=run] .nn-plot');"
        " const now = plot?._fullLayout.images[0]?.source; return now && now !== trained }",
        surface,
    )


def test_a_slider_retrains_and_keeps_the_node(open_page):
    opened = open_page("training_loop", charts=4)
    wait_for_end(opened)
    node, before = opened.plot("run", 0).element_handle(), verdict(opened)
    painted = opened.painted("run", 0)
    opened.page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    opened.wait_for_repaint("run", painted, 0)
    wait_for_another_verdict(opened, before)
    wait_for_end(opened)
    assert opened.plot("run", 0).evaluate("(now, then) => now === then", node)
    opened.wait_for_address("learning_rate=0.1")
    # The last frame comes at once, the others when the slider rests.
    last = film(opened)
    wait_for_film(opened)
    assert film(opened)["caption"] == last["caption"]


def test_a_clicked_unit_is_shown_large(open_page):
    opened = open_page("training_loop", charts=4)
    place = opened.plot("run", 1).evaluate(
        "node => { const t = node._fullData[3], {xaxis: x, yaxis: y} = node._fullLayout;"
        " return [x._offset + x.d2p(t.x[3]), y._offset + y.d2p(t.y[3])] }"
    )
    opened.plot("run", 1).click(position={"x": place[0], "y": place[1]})
    opened.page.get_by_text("The large map is that of layer 1, unit 2").wait_for()


def test_digits_show_what_fits(open_page):
    opened = open_page(
        "training_loop?data=Digits&units_1=16&layers=1&epochs=20&below=The test set", charts=4
    )
    assert "of the test examples are right" in verdict(opened)


def test_a_fork_goes_on_from_the_frame_on_show_beside_the_run_it_left(open_page):
    opened = open_page("training_loop", charts=4)
    wait_for_end(opened)
    wait_for_film(opened)
    opened.page.get_by_role("slider", name="Frame").press("Home")
    assert film(opened)["frame"] == "0"
    opened.page.get_by_role("button", name="Next frame").click()
    opened.page.get_by_role("button", name="Go on from here").click()
    opened.page.get_by_text("It goes on from epoch 5 of an earlier run").wait_for()
    opened.page.get_by_text("After 205 epochs").first.wait_for()
    opened.wait_for_run()
    before = verdict(opened)
    opened.page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    wait_for_another_verdict(opened, before)
    opened.wait_for_run()
    assert "It goes on from epoch 5" in verdict(opened)
    opened.wait_until(
        "() => document.querySelectorAll('[data-chart-key=run] .nn-plot')[2]?._fullData"
        ".some(trace => (trace.name ?? '').includes('before the fork at 5'))"
    )
    opened.page.get_by_role("button", name="Reset").click()
    opened.page.get_by_text("After 0 epochs").wait_for()
