"""Page 09 in a real browser: a card trains to its end, and goes on when it is asked for more."""


def scores_after(opened, n_epochs):
    """Return the chart's data once it has a point for each epoch."""
    opened.wait_until(
        "n => document.querySelector('[data-chart-key=zoo_scores] .nn-plot')?._fullData"
        "?.some(trace => trace.mode === 'lines+markers' && trace.y.length === n)",
        n_epochs,
    )
    return opened.data("zoo_scores")


def test_a_card_trains_and_its_address_shows_the_same(open_page):
    opened = open_page("architecture_zoo?zoo_epochs=3&zoo_seed=4", charts=2)
    opened.page.get_by_text("After 3 epochs").wait_for()
    scores = scores_after(opened, 3)
    opened.page.get_by_role("slider", name="Epochs").press("ArrowRight")
    opened.page.wait_for_url("**zoo_epochs=6*")
    opened.page.get_by_text("After 6 epochs").wait_for()
    assert scores_after(opened, 6) != scores
    again = open_page("architecture_zoo?zoo_epochs=3&zoo_seed=4", charts=2)
    again.page.get_by_text("After 3 epochs").wait_for()
    assert scores_after(again, 3) == scores


def test_a_card_without_training_has_its_flow_only(open_page):
    opened = open_page("architecture_zoo?zoo_card=Diffusion", charts=1)
    opened.page.get_by_text("described here, not trained").wait_for()
    assert opened.page.locator(".nn-plot").count() == 1
    assert "Remove a little" in opened.plot("zoo_flow").get_attribute("aria-label")
