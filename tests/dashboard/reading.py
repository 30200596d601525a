"""What a page says, as a test reads it."""

from streamlit.testing.v1 import AppTest


def said(app: AppTest) -> str:
    """Return all that the page says in Markdown, without how long it took."""
    return "\n".join(b.value for b in app.markdown if not b.value.startswith(":gray-badge"))


def formulas(app: AppTest) -> str:
    """Return all LaTeX on the page as one text."""
    return "\n".join(block.value for block in app.latex)


def warnings(app: AppTest) -> list[str]:
    """Return the page's warnings, without the marks that keep Markdown from acting."""
    return [warning.value.replace("\\", "") for warning in app.warning]


def metrics(app: AppTest) -> dict[str, str]:
    """Return the page's metrics, label -> value."""
    return {metric.label: metric.value for metric in app.metric}
