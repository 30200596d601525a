"""Pages through the entry point, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def open_app():
    """Open a page as its address would: `open_app("08_training_loop.py", seed="3")`.

    The session has seen no page yet: widgets of an earlier run would keep their values.
    Fails if the page raises.
    """

    def open_(page: str, **params: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
        for name, value in params.items():
            app.query_params[name] = value
        app.switch_page(f"pages/{page}").run()
        assert not app.exception
        return app

    return open_
