"""The entry: `streamlit run` finds it here. Page settings and navigation, nothing else."""

import streamlit as st

from dashboard import navigation, startup

startup.prepare()
st.set_page_config(
    page_title="Neural networks, hands on",
    page_icon=str(navigation.ROOT / "dashboard" / "assets" / "icon.svg"),
    layout="wide",
)
navigation.enter()
