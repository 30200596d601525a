"""A real server and a real Chromium for the browser tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from opened import TIMEOUT, Opened
from servers import ROOT, serve

from dashboard.startup import copy_plotly

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
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        unavailable("no Playwright: pip install -r requirements-dev.txt")
    expect.set_options(timeout=TIMEOUT)
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
        page.set_default_timeout(TIMEOUT)
        result = Opened(page)
        opened.append(result)
        page.mouse.move(0, 0)  # not on what the last test has pointed at
        page.goto(f"{base}/{path}")
        if wait and charts:
            result.wait_for_paint(charts)
            result.wait_for_run()
            result.wait_for_theme(theme)
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
