"""What the laboratory "Why it scaled" says about what it timed."""

import streamlit as st

from dashboard import layout
from dashboard.compute import duration
from dashboard.controls import Number
from dashboard.formulas import grouped, scientific
from nnjax.passes.gradient_cost import Cost, years

BILLIONS = Number(
    key="backward_gpt_billions", label="Weights, in billions", default=175.0, min=0.001,
    max=10_000.0, step=0.001, format="%.3f",
)  # fmt: skip
PASS = Number(
    key="backward_gpt_ms", label="One forward pass, in ms", default=100.0, min=0.1,
    max=1_000_000.0, step=0.1, format="%.1f",
)  # fmt: skip
CONTROLS = (BILLIONS, PASS)
WHY = (
    "To learn what one weight does, move it and run the network again: one forward pass. That is "
    "fair for one weight and hopeless for all. *Forward mode* is the same without rounding: it "
    "carries one derivative along with the pass, and still needs a pass for each weight. The walk "
    "back starts at the other end. There is only one loss, so one error is handed down, and each "
    "layer's share of the work serves every layer below."
)
QUESTION = (
    "A network grows to a hundred times as many weights. By how much does the advantage of the "
    "backward pass grow, over one pass for each weight?"
)
OPTIONS = ("It stays about the same", "About tenfold", "About a hundredfold")
FORMULA_NOTE = (
    "Operations as XLA counts them, without the exponentials. The bound holds for any function "
    "that is computed from sums, products and the like: all its derivatives cost a small multiple "
    "of the function itself, however many there are (Griewank and Walther)."
)


def verdict(cost: Cost) -> str:
    """Say how many times faster the walk back is, with the learner's own times."""
    times, passes = cost.differences / cost.backward, cost.backward / cost.forward
    return (
        f"All **{cost.n_parameters:,}** gradients: {brief(cost.backward)} in one walk back, "
        f"the time of {passes:.1f} forward passes; {brief(cost.differences)} with one pass for "
        f"each weight. The walk is **{times:,.0f} times as fast** on this machine."
    )


def brief(seconds: float) -> str:
    """Return a time, in microseconds where milliseconds would say little."""
    return f"{seconds * 1e6:.0f} µs" if seconds < 1e-3 else duration(seconds)


def table(costs: list[Cost]) -> str:
    """Return how many forward passes' time each way takes, a line for each size, as Markdown."""
    lines = ["| Weights | Backward | Per weight |", "|--:|--:|--:|"]
    for cost in costs:
        backward, each = (value / cost.forward for value in (cost.backward, cost.differences))
        lines.append(f"| {cost.n_parameters:,} | {backward:.1f} | {each:,.0f} |")
    return "Time, in forward passes:\n\n" + "\n".join(lines)


def how_the_ratio_grows(small: Cost, large: Cost) -> tuple[str, str]:
    """Return by how much the advantage grows with the size: the option, and why."""
    first, last = (cost.difference_flops / cost.backward_flops for cost in (small, large))
    growth = (last / first) / (large.n_parameters / small.n_parameters)
    answer = OPTIONS[2] if growth > 0.5 else OPTIONS[1] if growth > 0.05 else OPTIONS[0]
    return answer, (
        f"Counted in operations, the walk back is {first:,.0f} times as cheap at "
        f"{small.n_parameters:,} weights and {last:,.0f} times at {large.n_parameters:,}: as many "
        "passes as there are weights on one side, about three on the other, whatever the size."
    )


def formulas(cost: Cost) -> tuple[str, ...]:
    """Return both costs with the largest network's numbers."""
    n, forward = grouped(cost.n_parameters), scientific(cost.forward_flops)
    ratio = cost.backward_flops / cost.forward_flops
    return (
        rf"\text{{one pass for each weight}} = (N + 1)\, F = ({n} + 1) \cdot {forward} = "
        rf"{scientific(cost.difference_flops)}",
        rf"\text{{one walk back}} = {scientific(cost.backward_flops)} = {ratio:.1f}\, F, \qquad "
        r"F = \text{one forward pass}",
    )


def show_in_llms() -> None:
    """Draw the same two costs for a large language model."""
    layout.in_llms(
        "The same two costs for GPT-3, by formula: its 175 billion weights, and a forward pass "
        "over a short text that takes, say, 100 ms. A whole step by the walk back takes about "
        "three times that, $6NT$ operations instead of $2NT$."
    )
    with st.container(horizontal=True):
        n_parameters, seconds = BILLIONS.show(width=200) * 1e9, PASS.show(width=200) / 1e3
    with st.container(horizontal=True, gap="large"):
        st.metric("Forward and back", duration(3 * seconds))
        st.metric("One pass for each weight", _long(years(n_parameters, seconds)))
    st.markdown(
        f"$N \\cdot {seconds:g}$ s $= {scientific(n_parameters * seconds)}$ s, for **one** step of "
        "training. GPT-3 took some 94,000 steps."
    )


def _long(in_years: float) -> str:
    days = in_years * 365.25
    if days < 2:
        return f"{days * 24:.3g} hours"
    return f"{days:.3g} days" if in_years < 2 else f"{in_years:,.0f} years"
