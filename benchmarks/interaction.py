"""`python -m benchmarks interaction`: from a key press on a slider to the chart's repaint."""

import json
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.browser import Press, chromium, open_page, press, settle, wait_for_paint
from benchmarks.cases import CASES, Case
from benchmarks.live import measure_live
from benchmarks.servers import Server, static_server, streamlit_server
from benchmarks.starts import ENTRY, measure_starts

HERE = Path(__file__).parent
ROUNDS = 3
KEYS = ("ArrowRight", "ArrowLeft")


def focus_slider(page: Page, name: str) -> None:
    """Puts the keyboard's focus on the slider with this accessible name."""
    page.locator(f'input[type="range"][aria-label="{name}"]').first.focus()
    settle(page)


def capture_figures(page: Page, case: Case) -> list[list[dict]]:
    """All figures that a key press changes, after one press and after the one that undoes it."""
    names = press(page, KEYS[1], case.chart).charts
    found = []
    for key in KEYS:
        press(page, key, case.chart)
        found.append(
            [page.evaluate("name => window.benchmarkProbe.figure(name)", name) for name in names]
        )
    return found


@contextmanager
def yardsticks(figures: list[list[dict]]) -> Iterator[tuple[str, Server]]:
    """The bare page's address and the `st.plotly_chart` app, which draw these figures."""
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


@dataclass(kw_only=True)
class Contender:
    """A page with the focus on its slider, and what has been measured on it so far."""

    page: Page
    chart: str
    server: Server | None = None
    presses: list[Press] = field(default_factory=list)
    server_cpu_ms: list[float] = field(default_factory=list)  # a press, averaged over a round
    script_ms: list[float] = field(default_factory=list)

    def play_round(self, count: int) -> None:
        """Presses right and left in turn; the first two warm up."""
        self.page.bring_to_front()
        before = self.server.cpu_ms() if self.server else None
        runs = len(self.server.script_ms()) if self.server else 0
        presses = [press(self.page, KEYS[index % 2], self.chart) for index in range(count + 2)]
        self.presses += presses[2:]
        if before is not None:
            self.server_cpu_ms.append((self.server.cpu_ms() - before) / len(presses))
            self.script_ms += self.server.script_ms()[runs + 2 :]

    def summarize(self) -> dict:
        """Medians in milliseconds, and how many presses they come from."""
        messages = [each.message for each in self.presses if each.message is not None]
        return {
            "charts": len(self.presses[-1].charts),
            "key_to_first_repaint_ms": statistics.median(each.first for each in self.presses),
            "key_to_last_repaint_ms": statistics.median(each.last for each in self.presses),
            "key_to_message_ms": _median(messages),
            "script_ms": _median(self.script_ms),
            "server_cpu_ms": _median(self.server_cpu_ms),
            "presses": len(self.presses),
            "all_key_to_last_repaint_ms": [round(each.last, 1) for each in self.presses],
        }


def _median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None


def measure_presses(browser: Browser, server: Server, case: Case, presses: int) -> dict:
    """The app's page beside its two yardsticks, in turns."""
    page = open_page(browser)
    page.goto(f"{server.address}/{case.page}{case.query}")
    wait_for_paint(page, case.chart)
    settle(page)
    focus_slider(page, case.slider)
    with yardsticks(capture_figures(page, case)) as (floor, usual):
        contenders = {
            "app": Contender(page=page, chart=case.chart, server=server),
            "floor": Contender(page=open_yardstick(browser, floor), chart="chart"),
            "plotly_chart": Contender(
                page=open_yardstick(browser, usual.address), chart="chart", server=usual
            ),
        }
        for _ in range(ROUNDS):
            for contender in contenders.values():
                contender.play_round(-(-presses // ROUNDS))
        for contender in contenders.values():
            contender.page.context.close()
    found = {name: contender.summarize() for name, contender in contenders.items()}
    for name in ("floor", "plotly_chart"):
        found[f"app_over_{name}"] = {
            kind: found["app"][kind] / found[name][kind]
            for kind in ("key_to_first_repaint_ms", "key_to_last_repaint_ms")
        }
    return found


def measure_interaction(keys: list[str], parts: list[str], *, presses: int = 21) -> dict:
    """Each part, by page where it has pages."""
    found: dict[str, dict] = {}
    with chromium() as browser:
        if "starts" in parts:
            found["starts"] = {key: measure_starts(browser, CASES[key]) for key in keys}
        with streamlit_server(ENTRY) as server:
            if "presses" in parts:
                found["presses"] = {
                    key: measure_presses(browser, server, CASES[key], presses) for key in keys
                }
            if "live" in parts:
                found["live"] = measure_live(browser, server.address)
    return found
