"""The entry: `streamlit run` finds it here. Page settings and navigation, nothing else."""

from dashboard import startup

startup.prepare()

import streamlit as st  # noqa: E402

from dashboard import navigation  # noqa: E402

st.set_page_config(
    page_title="Neural networks, hands on",
    page_icon=str(navigation.ROOT / "dashboard" / "assets" / "icon.svg"),
    layout="wide",
)
pages = {
    section: [
        st.Page(row.path, title=row.label, url_path=row.key, default=row is first) for row in rows
    ]
    for first in [next(iter(navigation.PAGES.values()))]
    for section, rows in navigation.sections().items()
}
st.navigation(pages).run()
