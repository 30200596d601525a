"""A real server and a real Chromium for the browser tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard.startup import copy_plotly

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
LAUNCH_ARGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # Nothing on a page may need the network: no other machine has an address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--no-first-run",
    "--no-default-browser-check",
]
POLLING = 50  # ms; by default Playwright asks at every frame, for which the browser draws one
# Streamlit looks for its server below a page's own path first, and says so in the console.
PROBES = ("/_stcore/health", "/_stcore/host-config")


def pytest_collection_modifyitems(items):
    """Mark every test in this folder."""
    for item in items:
        if HERE in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


def unavailable(reason):
    """Skip on a laptop, fail where the tests are the gate."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def find_chromium(playwright):
    """Return the path of a Chromium that is already here, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if shutil.which(name):
            return shutil.which(name)
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install_chromium():
    """Install Chromium: from the distribution as root, else Playwright's own."""
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        packages = ["chromium", "fonts-dejavu-core"]
        commands.insert(0, [*quiet, "install", "-y", "--no-install-recommends", *packages])
        commands.insert(0, [*quiet, "update"])
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    said = []
    for command in commands:
        try:
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, timeout=600, check=False
            )
            said.append(f"{' '.join(command)}: {done.returncode} {done.stderr[-300:]}")
        except (OSError, subprocess.TimeoutExpired) as error:
            said.append(f"{' '.join(command)}: {error}")
        if shutil.which("chromium"):
            break
    return said


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """One Chromium for the whole session, with one profile: it parses Plotly once, not 60 times."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        unavailable("no Playwright: pip install -r requirements-dev.txt")
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            said = install_chromium()
            path = find_chromium(playwright)
            if path is None:
                unavailable("no Chromium, and none could be installed: " + "; ".join(said))
        # Chromium's own sandbox does not work as root.
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        args = LAUNCH_ARGS + (["--no-sandbox"] if root else [])
        profile = tmp_path_factory.mktemp("profile")
        started = playwright.chromium.launch_persistent_context(
            profile, executable_path=path, args=args, locale="en-GB"
        )
        yield started
        started.close()


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(script, log, *, cwd=ROOT):
    """Run a Streamlit script; yield its address once it is healthy."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with Path(log).open("w") as output:
        server = subprocess.Popen(
            [*command, *options], cwd=cwd, env=environment, stdout=output, stderr=output
        )
        try:
            wait_until_healthy(server, f"http://127.0.0.1:{port}", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()


def wait_until_healthy(server, address, log, seconds=60):
    """Wait for the health check; fail with the server's own words."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"the server stopped:\n{Path(log).read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start in {seconds} s:\n{Path(log).read_text()[-2000:]}")


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The address of the real app."""
    with serve(ROOT / "streamlit_app.py", tmp_path_factory.mktemp("app") / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def chart_app(tmp_path_factory):
    """The address of a small script that shows charts, films and clicks, and nothing else."""
    folder = tmp_path_factory.mktemp("chart_app")
    shutil.copy(HERE / "chart_app.py", folder)
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    copy_plotly(folder / "static")
    with serve(folder / "chart_app.py", folder / "log.txt", cwd=folder) as address:
        yield address


class Opened:
    """A page in the browser, and what went wrong on it."""

    def __init__(self, page):
        """Listen to everything that a learner would never see."""
        self.page = page
        self.problems = []
        self._listeners = {
            "console": self._on_console,
            "pageerror": self._on_error,
            "response": self._on_response,
            "requestfailed": self._on_failure,
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)

    def leave(self):
        """Stop listening and end the app's session; the tab stays, with what it has compiled."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        self.page.evaluate("sessionStorage.clear()")
        self.page.goto("about:blank")

    def _on_error(self, error):
        self.problems.append(f"uncaught: {error}")

    def _on_console(self, message):
        # Failed requests come with their address in `_on_response`.
        anew = "is drawn anew" in message.text  # the chart helped itself, but should not need to
        if (message.type == "error" or anew) and "Failed to load resource" not in message.text:
            self.problems.append(f"console: {message.text}")

    def _on_response(self, response):
        if response.status >= 400 and not response.url.endswith(PROBES):
            self.problems.append(f"{response.status} {response.url}")

    def _on_failure(self, request):
        if "ERR_NAME_NOT_RESOLVED" in (request.failure or ""):
            self.problems.append(f"reached for {request.url}")

    def wait_for_run(self):
        """Wait until Streamlit has finished a run."""
        self.page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')"
            "?.getAttribute('data-test-script-state') === 'notRunning'",
            polling=POLLING,
        )

    def wait_for_paint(self, count=1):
        """Wait until at least `count` charts are painted, and no chart on the page is not."""
        self.page.wait_for_function(
            "count => { const plots = [...document.querySelectorAll('.nn-plot')];"
            " return plots.length >= count && plots.every(p => Number(p.dataset.painted) > 0) }",
            arg=count,
            polling=POLLING,
        )

    def text(self):
        """Return all that the page says."""
        return self.page.locator("[data-testid=stMain]").inner_text()

    def plot(self, key, panel=0):
        """Return one chart's node."""
        return self.page.locator(f'[data-chart-key="{key}"] .nn-plot').nth(panel)

    def painted(self, key, panel=0):
        """Return how often a chart has been painted."""
        return int(self.plot(key, panel).get_attribute("data-painted"))

    def wait_for_address(self, *parts, without=()):
        """Wait until the address holds all `parts` and nothing of `without`.

        Streamlit writes it one control after another, some time after the page has changed.
        """
        self.page.wait_for_url(
            lambda address: (
                all(part in address for part in parts)
                and not any(part in address for part in without)
            )
        )

    def wait_for_repaint(self, key, before, panel=0):
        """Wait until a chart has been painted again after `before` times."""
        self.page.wait_for_function(
            "([key, panel, before]) => Number(document.querySelectorAll("
            '`[data-chart-key="${key}"] .nn-plot`)[panel]?.dataset.painted) > before',
            arg=[key, panel, before],
            polling=POLLING,
        )

    def data(self, key, panel=0):
        """Return a chart's data as Plotly has them, arrays as lists."""
        return self.plot(key, panel).evaluate(
            "node => JSON.parse(JSON.stringify(node._fullData.map(t => ({type: t.type,"
            " x: t.x && Array.from(t.x), y: t.y && Array.from(t.y)}))))"
        )

    def scrolls_sideways(self):
        """Return whether anything is wider than the window."""
        return self.page.evaluate(
            "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
            ".some(node => node && node.scrollWidth > node.clientWidth + 1)"
        )


@pytest.fixture
def open_page(chromium, request):
    """Open a path of the app, at a size and in a theme; wait for its charts.

    `open_page("single_neuron?w1=1", width=390, height=844, theme="dark")` returns an `Opened`.
    At the end of the test, whatever went wrong in the browser fails it.
    """
    opened = []

    def open_(path="", *, width=1280, height=900, theme="light", base=None, charts=1, wait=True):
        base = base or request.getfixturevalue("app")
        # A tab that has shown the app opens it again in two thirds of the time of a new one.
        page = chromium.new_page() if opened else chromium.pages[0]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)
        page.set_default_timeout(45_000)
        result = Opened(page)
        opened.append(result)
        page.goto(f"{base}/{path}")
        if wait and charts:
            result.wait_for_paint(charts)
        if wait:
            result.wait_for_run()
        return result

    yield open_
    problems = [problem for result in opened for problem in result.problems]
    for result in opened[1:]:
        result.page.close()
    if opened:
        opened[0].leave()
    assert not problems
