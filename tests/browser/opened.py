"""A page in the browser, and the waits that a loaded machine needs before it is looked at."""

import pytest

POLLING = 50  # ms; by default Playwright asks at every frame, for which the browser draws one
TIMEOUT = 180_000  # ms; a loaded machine may have to compile first
# Streamlit looks for its server below a page's own path first, and says so in the console.
PROBES = ("/_stcore/health", "/_stcore/host-config")
# Between two runs of long work Streamlit says `notRunning` too: a bar or the button tells of more.
# Parts that the browser loads only when they are first needed leave a skeleton in their place.
AT_REST = """() => {
    const all = (name) => [...document.querySelectorAll(`[data-testid=${name}]`)];
    return all('stApp')[0]?.getAttribute('data-test-script-state') === 'notRunning'
        && all('stSkeleton').every((part) => !part.checkVisibility())
        && all('stProgress').every((bar) => bar.textContent.includes('Stopped'))
        && !document.querySelector('.st-key-play')?.textContent.includes('Pause')
        && !document.body.textContent.includes('Training begins.');
}"""


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
        from playwright.sync_api import Error

        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        try:
            self.page.evaluate("sessionStorage.clear()")
            self.page.mouse.up()
            self.page.goto("about:blank")
        except Error:  # it has crashed: the next test takes another tab
            self.page.context.new_page()
            self.page.close()

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

    def wait_until(self, function, arg=None, **options):
        """Wait until a JavaScript function of `arg` returns something true."""
        self.page.wait_for_function(function, arg=arg, polling=POLLING, **options)

    def wait_for_run(self):
        """Wait until Streamlit has finished a run and all long work, and every part is there.

        A chart's node may still show what it did before: wait for what it is to show.
        """
        self.wait_until(AT_REST)

    def wait_for_paint(self, count=1):
        """Wait until at least `count` charts are painted, and no chart on the page is not."""
        self.wait_until(
            "count => { const plots = [...document.querySelectorAll('.nn-plot')];"
            " return plots.length >= count && plots.every(p => Number(p.dataset.painted) > 0) }",
            count,
        )

    def wait_for_theme(self, theme):
        """Wait until every chart is drawn for a theme: the server hears late of the browser's."""
        self.wait_until(
            "theme => { const boards = [...document.querySelectorAll('.nn-board')];"
            " return boards.length && boards.every(board => board.dataset.theme === theme) }",
            theme,
        )

    def wait_for_text(self, words):
        """Wait until the page says this somewhere."""
        self.wait_until(
            "words => document.querySelector('[data-testid=stMain]')?.innerText.includes(words)",
            words,
        )

    def chart_keys(self):
        """Return the names of the charts on the page."""
        return self.page.evaluate(
            "() => [...document.querySelectorAll('.nn-board')].map(board => board.dataset.chartKey)"
        )

    def wait_for_new_chart(self, before):
        """Wait until a chart is on the page whose name is not among those of `before`."""
        self.wait_until(
            "before => [...document.querySelectorAll('[data-chart-key]')]"
            ".some(board => !before.includes(board.dataset.chartKey))",
            before,
        )

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
        self.wait_until(
            "([key, panel, before]) => Number(document.querySelectorAll("
            '`[data-chart-key="${key}"] .nn-plot`)[panel]?.dataset.painted) > before',
            [key, panel, before],
        )

    def data(self, key, panel=0):
        """Return a chart's data as Plotly has them, arrays as lists."""
        return self.plot(key, panel).evaluate(
            "node => JSON.parse(JSON.stringify(node._fullData.map(t => ({type: t.type,"
            " x: t.x && Array.from(t.x), y: t.y && Array.from(t.y)}))))"
        )

    def boxes(self, key, selector):
        """Return where a chart is, and where its parts with words are, all at one moment."""
        view, *parts = self.plot(key).evaluate(
            "(node, selector) => [node, ...node.querySelectorAll(selector)]"
            ".filter(part => part.textContent).map(part => part.getBoundingClientRect())"
            ".map(b => [b.left, b.right, b.top, b.bottom])",
            selector,
        )
        return view, parts

    def check_width(self):
        """Fail if anything stays wider than the window: while a page settles, it may be."""
        from playwright.sync_api import TimeoutError as PlaywrightTimeout

        try:
            self.wait_until(
                "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
                ".every(node => !node || node.scrollWidth <= node.clientWidth + 1)"
                " && [...document.querySelectorAll('.nn-plot')]"
                ".every(plot => plot.getBoundingClientRect().width <= window.innerWidth)",
                timeout=15_000,
            )
        except PlaywrightTimeout:
            pytest.fail("the page scrolls sideways")
