"""The usual way to draw a figure in Streamlit, as a yardstick: a slider and `st.plotly_chart`s."""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

FIGURES = json.loads(Path(os.environ["BENCHMARK_FIGURES"]).read_text(encoding="utf-8"))

value = st.slider("value", 0, 100, 50, key="value")
for index, figure in enumerate(FIGURES[value % len(FIGURES)]):
    st.plotly_chart(go.Figure(figure), theme=None, width="content", key=f"chart{index}")
