"""From the start of the server, and from opening the page, to the first painted chart."""

import tempfile
import time

from playwright.sync_api import Browser

from benchmarks.browser import open_page, wait_for_paint
from benchmarks.cases import Case
from benchmarks.servers import ROOT, streamlit_server

ENTRY = ROOT / "streamlit_app.py"


def _first_paint(browser: Browser, address: str, case: Case) -> float:
    """Milliseconds from navigation to the first painted chart, in a browser that knows nothing."""
    page = open_page(browser)
    page.goto(f"{address}/{case.page}{case.query}")
    moment = wait_for_paint(page, None)
    page.context.close()
    return moment


def _start(browser: Browser, case: Case, cache: str) -> dict[str, float]:
    began = time.perf_counter()
    with streamlit_server(ENTRY, {"XDG_CACHE_HOME": cache}) as server:
        healthy = time.perf_counter() - began
        first = _first_paint(browser, server.address, case)
        whole = time.perf_counter() - began
        again = _first_paint(browser, server.address, case)
    return {
        "server_answers_ms": 1000 * healthy,
        "server_start_to_chart_ms": 1000 * whole,
        "first_visit_ms": first,
        "next_visit_ms": again,
    }


def measure_starts(browser: Browser, case: Case) -> dict[str, dict[str, float]]:
    """A first start ever (nothing compiled yet), and a second one with the compilation cache."""
    with tempfile.TemporaryDirectory(prefix="nnjax-benchmarks-") as cache:
        return {name: _start(browser, case, cache) for name in ("first", "second")}
