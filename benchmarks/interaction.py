"""`python -m benchmarks interaction`: from a key press on a slider to the chart's repaint."""

import json
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.browser import Press, chromium, open_page, press, settle, wait_for_paint
from benchmarks.cases import CASES, Case
from benchmarks.live import measure_live
from benchmarks.servers import static_server, streamlit_server
from benchmarks.starts import ENTRY, measure_starts

HERE = Path(__file__).parent
ROUNDS = 3
KEYS = ("ArrowRight", "ArrowLeft")


def focus_slider(page: Page, name: str) -> None:
    """Puts the keyboard's focus on the slider with this accessible name."""
    page.locator(f'input[type="range"][aria-label="{name}"]').first.focus()
    settle(page)


def capture_figures(page: Page, case: Case) -> list[dict]:
    """The chart's figure after one key press and after the one that takes it back."""
    figures = []
    for key in KEYS:
        press(page, key, case.chart)
        figures.append(page.evaluate("name => window.benchmarkProbe.figure(name)", case.chart))
    return figures


@contextmanager
def yardsticks(figures: list[dict]) -> Iterator[tuple[str, str]]:
    """Addresses of the bare page and of the `st.plotly_chart` app that draw these figures."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        shutil.copy(HERE / "floor.html", folder / "index.html")
        plotly = files("plotly") / "package_data" / "plotly.min.js"
        shutil.copy(str(plotly), folder / "plotly.min.js")
        (folder / "figures.json").write_text(json.dumps(figures), encoding="utf-8")
        floor = stack.enter_context(static_server(folder))
        environment = {"BENCHMARK_FIGURES": str(folder / "figures.json")}
        app = stack.enter_context(streamlit_server(HERE / "plotly_chart_app.py", environment))
        yield floor, app


def open_yardstick(browser: Browser, address: str) -> Page:
    """Opens one of them with the focus on its only slider."""
    page = open_page(browser)
    page.goto(address)
    wait_for_paint(page, None)
    page.get_by_role("slider").focus()
    settle(page)
    return page


def rounds_of_presses(pages: dict[str, tuple[Page, str]], presses: int) -> dict[str, list[Press]]:
    """Presses right and left in turn, round robin between the pages; the first two warm up."""
    found: dict[str, list[Press]] = {name: [] for name in pages}
    each = -(-presses // ROUNDS)
    for _ in range(ROUNDS):
        for name, (page, chart) in pages.items():
            page.bring_to_front()
            for count in range(each + 2):
                measured = press(page, KEYS[count % 2], chart)
                if count >= 2:
                    found[name].append(measured)
    return found


def summarize(presses: list[Press]) -> dict:
    """Medians in milliseconds, and how many presses they come from."""
    servers = [each.server for each in presses if each.server is not None]
    return {
        "key_to_repaint_ms": statistics.median(each.chart for each in presses),
        "key_to_last_repaint_ms": statistics.median(each.rest for each in presses),
        "server_ms": statistics.median(servers) if servers else None,
        "presses": len(presses),
        "all_key_to_repaint_ms": [round(each.chart, 1) for each in presses],
    }


def measure_presses(browser: Browser, address: str, case: Case, presses: int) -> dict:
    """The app's page beside its two yardsticks, in one run."""
    page = open_page(browser)
    page.goto(f"{address}/{case.page}{case.query}")
    wait_for_paint(page, case.chart)
    settle(page)
    focus_slider(page, case.slider)
    with yardsticks(capture_figures(page, case)) as (floor, plotly_chart):
        pages = {
            "app": (page, case.chart),
            "floor": (open_yardstick(browser, floor), "chart"),
            "plotly_chart": (open_yardstick(browser, plotly_chart), "chart"),
        }
        measured = rounds_of_presses(pages, presses)
    found = {name: summarize(each) for name, each in measured.items()}
    for opened, _ in pages.values():
        opened.context.close()
    for name in ("floor", "plotly_chart"):
        found[f"app_over_{name}"] = {
            kind: found["app"][kind] / found[name][kind]
            for kind in ("key_to_repaint_ms", "key_to_last_repaint_ms")
        }
    return found


def measure_interaction(keys: list[str], parts: list[str], *, presses: int = 21) -> dict:
    """Each part, by page where it has pages."""
    found: dict[str, dict] = {}
    with chromium() as browser:
        if "starts" in parts:
            found["starts"] = {key: measure_starts(browser, CASES[key]) for key in keys}
        with streamlit_server(ENTRY) as address:
            if "presses" in parts:
                found["presses"] = {
                    key: measure_presses(browser, address, CASES[key], presses) for key in keys
                }
            if "live" in parts:
                found["live"] = measure_live(browser, address)
    return found
