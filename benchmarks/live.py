"""Live training on the playground's page: painted frames a second, and the way to a stop."""

import statistics

from playwright.sync_api import Browser, Page

from benchmarks.browser import open_page, settle, wait_for_paint
from benchmarks.cases import LIVE

WARM_SECONDS = 2.0
WATCH_SECONDS = 5.0
PAUSES = 5
REST_SECONDS = 1.5  # after a pause click nothing may move for so long


def _click(page: Page) -> None:
    """Press the one button that both trains and pauses."""
    page.locator(f".st-key-{LIVE.button} button").click()


def _paint_times(page: Page) -> list[float]:
    paints = page.evaluate("() => window.benchmarkProbe.paints")
    return [moment for name, moment in paints if name == LIVE.chart]


def frames_per_second(page: Page) -> float:
    """Repaints of the surface a second while the network trains."""
    page.evaluate("() => window.benchmarkProbe.expect(null)")
    page.wait_for_timeout(1000 * WATCH_SECONDS)
    return len(_paint_times(page)) / WATCH_SECONDS


def pause_milliseconds(page: Page) -> float:
    """From the pointer's press on Pause to the last repaint of the surface; 0 if none came."""
    page.evaluate("() => window.benchmarkProbe.expect(null)")
    _click(page)
    page.wait_for_timeout(1000 * REST_SECONDS)
    settle(page)
    pressed = page.evaluate("() => window.benchmarkProbe.key")
    return max([moment - pressed for moment in _paint_times(page)] + [0.0])


def measure_live(browser: Browser, address: str) -> dict:
    """Plays, watches, pauses, several times."""
    page = open_page(browser)
    page.goto(f"{address}/{LIVE.page}")
    wait_for_paint(page, LIVE.chart)
    settle(page)
    rates, pauses = [], []
    for _ in range(PAUSES):
        _click(page)
        page.wait_for_timeout(1000 * WARM_SECONDS)
        rates.append(frames_per_second(page))
        pauses.append(pause_milliseconds(page))
    page.context.close()
    return {
        "painted_frames_per_second": statistics.median(rates),
        "pause_click_to_stop_ms": statistics.median(pauses),
        "slowest_pause_ms": max(pauses),
        "runs": [round(rate, 1) for rate in rates],
    }
