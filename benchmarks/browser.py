"""Headless Chromium with the probe in every page, and one key press measured in it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
VIEWPORT = {"width": 1280, "height": 900}
TIMEOUT_MS = 60_000
QUIET_MS = 250  # nothing sent, answered or painted for so long: the page has settled


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium if there is one, else the one that playwright installed."""
    arguments = ["--no-sandbox"] if hasattr(os, "getuid") and os.getuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or None, args=arguments
        )
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Browser) -> Page:
    """A fresh tab in a context of its own: nothing is cached, the probe is in."""
    page = browser.new_context(viewport=VIEWPORT).new_page()
    page.add_init_script(PROBE)
    page.set_default_timeout(TIMEOUT_MS)
    return page


def settle(page: Page) -> None:
    """Waits until the page has been quiet for a while, and no script is running."""
    try:
        page.wait_for_function(
            "quiet => window.benchmarkProbe.isSettled(quiet)", arg=QUIET_MS, polling=25
        )
    except TimeoutError as error:
        state = page.evaluate("() => JSON.stringify(window.benchmarkProbe)")
        raise TimeoutError(f"the page never came to rest: {state[-500:]}") from error


def wait_for_paint(page: Page, chart: str | None) -> float:
    """Milliseconds from the start of navigation to the first paint of the chart (None: of any)."""
    page.wait_for_function(
        "name => window.benchmarkProbe.paints.some(p => name === null || p[0] === name)",
        arg=chart,
        polling=25,
    )
    return page.evaluate(
        "name => window.benchmarkProbe.paints.find(p => name === null || p[0] === name)[1]", chart
    )


@dataclass(frozen=True, kw_only=True)
class Press:
    """One key press, in milliseconds from the press."""

    first: float  # until the first chart that it changes was painted
    last: float  # until the last one was
    message: float | None  # until the browser sent it to the server
    charts: tuple[str, ...]  # the charts that were painted


def press(page: Page, key: str, chart: str) -> Press:
    """Presses a key where the focus is, and waits for that chart and for the page to settle."""
    page.evaluate("name => window.benchmarkProbe.expect(name)", chart)
    page.keyboard.press(key)
    page.evaluate("() => window.benchmarkProbe.arrived.then(() => null)")
    settle(page)
    found = page.evaluate(
        """() => {
            const { key, sent, paints } = window.benchmarkProbe;
            return { key, sent, paints };
        }"""
    )
    times = [time - found["key"] for _, time in found["paints"]]
    return Press(
        first=min(times),
        last=max(times),
        message=found["sent"][0] - found["key"] if found["sent"] else None,
        charts=tuple(dict.fromkeys(name for name, _ in found["paints"])),
    )
