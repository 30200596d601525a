"""Charts, films and clicks, for the browser tests: each answers to one control."""

import numpy as np
import streamlit as st

from dashboard import startup

startup.prepare()

from dashboard.chart import Film, Panel, show_chart, show_panels  # noqa: E402
from dashboard.charts.base import axis, figure  # noqa: E402
from dashboard.layout import palette  # noqa: E402

FRAMES = np.arange(60, dtype=np.float32)
colors = palette()
state = st.session_state
state.setdefault("clicks", [])
state.setdefault("chunks", 1)
state.setdefault("whole", 0)


def curve(slope, **axes):
    """Return a line through the origin."""
    x = np.linspace(-1, 1, 50, dtype=np.float32)
    data = [{"type": "scatter", "mode": "lines", "x": x, "y": slope * x}]
    plane = {"xaxis": axis(colors, "x", (-1, 1), **axes), "yaxis": axis(colors, "y", (-2, 2))}
    return figure(colors, data, **plane)


slope = st.slider("Slope", -2.0, 2.0, 1.0, 0.1, key="slope")
show_chart(
    curve(slope, zoom=True),
    key="line",
    alt=f"A line of slope {slope}.",
    height=240,
    on_click=lambda click: state.clicks.append((round(click.x, 1), round(click.y, 1))),
)
st.text(f"Clicks: {state.clicks}")

still = curve(0.5)
grids = FRAMES[:, None, None] * np.ones((60, 4, 5), np.float32)
heat = figure(colors, [{"type": "heatmap", "z": grids[0], "zmin": 0, "zmax": 59}])
show_panels(
    [
        Panel(figure=still, alt="A line that the film does not touch.", height=200),
        Panel(figure=heat, alt="A map that brightens.", height=200),
        Panel(figure=curve(0.0), alt="A line that turns.", height=200),
    ],
    key="film",
    columns=(1, 1, 1),
    film=Film(
        tracks={
            (1, 0, "z"): grids,
            (2, 0, "y"): FRAMES[:, None] * np.linspace(-0.1, 0.1, 50, dtype=np.float32),
            (2, None, "xaxis.title.text"): np.array([f"frame {i}" for i in range(60)]),
        },
        captions=[f"Frame {i} of 59" for i in range(60)],
        run="fixed",
        rate=3.0,  # slow enough to be stopped on the way, however loaded the machine is
    ),
)

if st.button("Next chunk"):
    state.chunks += 1
first = 0 if state.whole == state.chunks else 4 * (state.chunks - 1)
numbers = np.arange(first, 4 * state.chunks, dtype=np.float32)
if st.toggle("Live chart", value=True):
    show_chart(
        figure(colors, [{"type": "bar", "x": [0], "y": [0.0]}]),
        key="live",
        alt="A bar that grows.",
        height=200,
        film=Film(
            tracks={(0, 0, "y"): numbers[:, None]},
            captions=[f"Step {int(i)}" for i in numbers],
            run="growing",
            start=first,
            live=True,
            interval=0.4,
        ),
        on_need_film=lambda: state.update(whole=state.chunks),
    )
