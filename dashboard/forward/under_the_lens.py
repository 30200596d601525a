"""The lens: what JAX and XLA make of a forward pass, what it costs, and how long it takes."""

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import show_chart
from dashboard.charts.lens import plot_times
from dashboard.compute import remember
from dashboard.controls import Choice
from dashboard.formulas import grouped
from dashboard.forward.own_network import OWN
from dashboard.theme import Palette
from nnjax.digit_reader import reader_config
from nnjax.networks import NetworkConfig, network_forward
from nnjax.passes.lens import (
    HandCount,
    Inside,
    Times,
    count_by_hand,
    look_inside,
    make_predict,
    time_passes,
)

WHICH = Choice(
    key="forward_which", label="Network", default="own", options=("own", "digits"),
    labels={"own": "Yours, from step by step", "digits": "The digits' network"},
)  # fmt: skip
BATCH = Choice(
    key="forward_batch_size", label="Inputs at once", default=1, options=(1, 32, 1024),
    labels={1: "1", 32: "32", 1024: "1,024"}, style="segmented",
)  # fmt: skip
CONTROLS = (WHICH, BATCH)
GUESS = "guess_compiled"
OPTIONS = ("about a thousand times", "about a hundred times", "less than twenty times")
MANY = 1024
_AGAIN = "_forward_measured"  # how often the learner has asked for another measurement
H100_BYTES_PER_SECOND, H100_PEAK = 3.35e12, 989e12  # memory and dense BF16 products


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        which, batch_size = WHICH.show(), BATCH.show()
        if which == "own":
            with st.expander("Build another network"):
                config, task = OWN.show_network(), "binary"
        else:
            config, task = reader_config(32), "multiclass"
        again = st.session_state.get(_AGAIN, 0)
        st.button("Measure again", on_click=_measure_again)
    with picture, st.spinner("Compiling and timing the pass"):
        inside: Inside = remember("the lens", look_inside, config, batch_size, task)
        times = measured(config, batch_size, task, again)
    count = count_by_hand(config, batch_size)
    ratio = float(np.median(times.eager) / np.median(times.compiled))
    with picture:
        st.markdown(cost_table(count, inside))
        layout.look(_compared(count, inside))
        _show_times(times, ratio, colors)
    _show_texts(inside)
    _ask(config, task, again)
    layout.formula(
        rf"\text{{FLOPs}} = \sum_{{\text{{layers}}}} B\,(2\, n_{{in}}\, n_{{out}} + n_{{out}}) = "
        rf"{_sum_of_layers(config, batch_size)} = {grouped(count.flops)}",
        rf"\text{{parameters}} = \sum_{{\text{{layers}}}} n_{{out}} (n_{{in}} + 1) = "
        rf"{grouped(count.parameters)}",
        rf"\frac{{\text{{FLOPs}}}}{{\text{{bytes}}}} = \frac{{{grouped(count.flops)}}}"
        rf"{{{grouped(count.least_bytes)}}} = {count.flops / count.least_bytes:.2f}",
        note=f"$B = {grouped(batch_size)}$ is the number of inputs at once. A float32 takes 4 "
        "bytes, and every parameter, input and output must be moved at least once. The more "
        "inputs share the weights, the more arithmetic there is for each byte.",
    )
    _lead_on(page)


def measured(config: NetworkConfig, batch_size: int, task: str, again: int) -> Times:
    """Return the times of a pass, the same until the learner asks for another measurement."""
    return remember(f"the times {again}", time_passes, config, batch_size, task)


def _measure_again() -> None:
    st.session_state[_AGAIN] = st.session_state.get(_AGAIN, 0) + 1


def cost_table(count: HandCount, inside: Inside) -> str:
    """Return the counts side by side, as Markdown."""
    rows = (
        ("Parameters", f"{count.parameters:,}", "–"),
        ("Multiplications and additions", f"{count.flops:,}", f"{inside.flops:,.0f}"),
        ("Exponentials and the like", "–", f"{inside.transcendentals:,.0f}"),
        ("Bytes moved", f"at least {count.least_bytes:,}", f"{inside.bytes_accessed:,.0f}"),
        (
            "Operations for each byte",
            f"{count.flops / count.least_bytes:.2f}",
            f"{inside.flops / max(inside.bytes_accessed, 1):.2f}",
        ),
    )
    lines = ["| One pass | By hand | By XLA |", "|:--|--:|--:|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _compared(count: HandCount, inside: Inside) -> str:
    more = inside.flops - count.flops
    return (
        f"XLA, the compiler, counts **{abs(more):,.0f} {'more' if more >= 0 else 'fewer'}** "
        "operations. By hand only products and biases are counted here; it also counts what the "
        "activations do, such as a comparison and a choice for each ReLU. Its bytes include "
        "results that one part of the program hands to the next."
    )


def _show_times(times: Times, ratio: float, colors: Palette) -> None:
    eager, compiled = (float(np.median(seconds)) for seconds in times)
    show_chart(
        plot_times(times, colors),
        key="forward_times",
        alt=f"{len(times.eager)} runs each. One operation at a time: median {eager * 1e3:.3g} ms. "
        f"Compiled: median {compiled * 1e3:.3g} ms.",
        height=230,
    )
    layout.look(
        f"Measured on this machine, {len(times.eager)} runs each in turns: {eager * 1e3:.3g} ms "
        f"operation by operation, {compiled * 1e3:.3g} ms compiled, **{ratio:.0f} times as fast** "
        "by the medians. Another measurement will differ."
    )


def _show_texts(inside: Inside) -> None:
    layout.heading("The same pass, written down twice")
    traced, optimized = layout.lab(shares=(1, 1))
    with traced:
        st.markdown(
            "**As JAX traced it** (*jaxpr*): your Python is gone. What is left are operations on "
            "arrays of known shapes."
        )
        _show_text(inside.jaxpr)
    with optimized:
        st.markdown(
            "**As XLA optimised it** (*HLO*): neighbouring operations are *fused*, so that a "
            "result need not travel to memory and back. `ENTRY` is where it begins."
        )
        _show_text(inside.hlo)


def _show_text(text: str) -> None:
    # The container scrolls, and the keyboard reaches it; a code block's own scroll bar it does not.
    with st.container(height=420):
        st.code(text, language=None, wrap_lines=True)


def _ask(config: NetworkConfig, task: str, again: int) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        one, many = (
            float(np.median(measured(config, size, task, again).compiled)) for size in (1, MANY)
        )
        ratio = many / one
        answer = OPTIONS[0] if ratio > 300 else OPTIONS[1] if ratio > 20 else OPTIONS[2]
        why = (
            f"Measured: {one * 1e3:.3g} ms for one, {many * 1e3:.3g} ms for {MANY:,}, "
            f"{ratio:.1f} times as long. For so little arithmetic, most of the time goes into "
            "starting the program at all; and a matrix product uses the machine better than many "
            "small ones."
        )
    layout.predict_then_reveal(
        GUESS,
        f"{MANY:,} inputs at once need {MANY:,} times the arithmetic of one. How much longer does "
        "the compiled pass take?",
        OPTIONS,
        answer,
        why,
    )


def _sum_of_layers(config: NetworkConfig, batch_size: int) -> str:
    terms = [rf"2 \cdot {n_in} \cdot {n_out} + {n_out}" for n_out, n_in in config.layer_shapes]
    if len(terms) == 1 and batch_size == 1:
        return terms[0]
    inner = " + ".join(f"({term})" for term in terms)
    return inner if batch_size == 1 else rf"{grouped(batch_size)} \cdot \big({inner}\big)"


def _lead_on(page: layout.Page) -> None:
    here = {"forward_lab": "lens"}
    page.try_this(
        ("32 at once: more work, hardly more time",
         here | {"forward_batch_size": 32}),
        ("The digits' network on 1,024 images",
         here | {"forward_which": "digits", "forward_batch_size": 1024}),
        ("A failure: without a bend, layers add only work",
         here | {"forward_activation": "identity"}),
    )  # fmt: skip
    layout.in_llms(
        "A model that writes computes one token at a time, and each weight it fetches is used for "
        "one multiplication and one addition: in BF16 one operation for each byte. An H100 can do "
        f"{H100_PEAK / H100_BYTES_PER_SECOND:.0f} for each byte that its memory delivers (989 "
        "TFLOP/s, 3.35 TB/s). So it waits for memory nearly all the time, unless many "
        "conversations share a batch. Reading a long prompt is the other way round: thousands of "
        "tokens share each weight."
    )
    layout.show_the_code(make_predict, network_forward, count_by_hand, look_inside, time_passes)
    layout.sources("frostig_2018", "williams_2009", "nvidia_2022")
