"""What one forward pass costs in a large language model: the calculator."""

import streamlit as st

from dashboard import layout
from dashboard.compute import duration
from dashboard.controls import Choice, Number, Slider
from dashboard.formulas import grouped, scientific
from dashboard.large_numbers import in_bytes, power_of_ten
from nnjax.large_models.inference import attention_flops, forward_flops, pass_cost, utilization

PARAMETERS = Number(
    key="forward_llm_parameters", label="Parameters, in billions", default=70.0, min=0.1,
    max=10_000.0, step=0.1, format="%.1f",
)  # fmt: skip
TOKENS = Number(
    key="forward_llm_tokens", label="Tokens in the prompt", default=4096, min=1, max=1_000_000,
    step=1,
)  # fmt: skip
DEVICES = Number(
    key="forward_llm_gpus", label="GPUs", default=8, min=1, max=100_000, step=1
)  # fmt: skip
PEAK = Number(
    key="forward_llm_peak", label="Peak of one, in TFLOP/s", default=989.0, min=1.0,
    max=100_000.0, step=1.0, format="%.0f", help="989: one H100, dense products in BF16.",
)  # fmt: skip
SECONDS = Number(
    key="forward_llm_ms", label="Time you measured, in ms", default=500.0, min=0.1,
    max=1_000_000.0, step=0.1, format="%.1f",
)  # fmt: skip
SHARE = Slider(
    key="forward_llm_share", label="Share of the peak you hope for, in %", default=40, min=1,
    max=100, step=1,
)  # fmt: skip
BYTES = Choice(
    key="forward_llm_bytes", label="Bytes for each weight", default=2, options=(4, 2, 1),
    labels={4: "4 (FP32)", 2: "2 (BF16)", 1: "1 (8 bits)"},
)  # fmt: skip
CONTROLS = (PARAMETERS, TOKENS, DEVICES, PEAK, SECONDS, SHARE, BYTES)
SOURCES = ("kaplan_2020", "chowdhery_2022", "nvidia_2022", "touvron_2023a")
LLAMA = {"n_layers": 80, "width": 8192}  # LLaMA with 65 B parameters: Touvron et al., table 2


def show() -> None:
    """Draw the calculator."""
    extra = attention_flops(**LLAMA, n_tokens=4096) / forward_flops(70e9, 4096)
    layout.in_llms(
        "A prompt runs through a large model in just these steps, only with more numbers: each "
        "weight multiplies and adds once for each token, $2NT$ operations for $N$ parameters and "
        "$T$ tokens. For 70 billion and 4,096 that is hundreds of trillions. Comparing the tokens "
        f"with each other adds about {extra:.0%} at this length (80 layers of width 8,192), and "
        "more as the prompt grows."
    )
    numbers, more = st.container(horizontal=True), st.container(horizontal=True)
    with numbers:
        n_parameters = PARAMETERS.show(width=180) * 1e9
        n_tokens = TOKENS.show(width=180)
        n_devices = DEVICES.show(width=180)
        peak = PEAK.show(width=180) * 1e12
    with more:
        seconds = SECONDS.show(width=180) / 1e3
        bytes_per_weight = BYTES.show(width=180)
        share = SHARE.show(width=280) / 100
    cost = pass_cost(
        n_parameters=n_parameters, n_tokens=n_tokens, n_devices=n_devices, peak=peak,
        utilization=share, bytes_per_weight=bytes_per_weight,
    )  # fmt: skip
    used = utilization(cost.flops, n_devices=n_devices, peak=peak, seconds=seconds)
    st.latex(
        rf"2NT = 2 \cdot {scientific(n_parameters)} \cdot {grouped(n_tokens)} = "
        rf"{scientific(cost.flops)}\ \text{{FLOPs}}"
    )
    with st.container(horizontal=True, gap="large"):
        st.metric("Operations", power_of_ten(cost.flops))
        st.metric(f"{duration(seconds)} would use", f"{used:.1%} of the peak")
        st.metric(f"At {share:.0%} it takes", duration(cost.seconds))
        st.metric("Weights", in_bytes(cost.weight_bytes))
        st.metric("Weights on each GPU", in_bytes(cost.weight_bytes_per_device))
    st.markdown(_verdict(used))


def _verdict(used: float) -> str:
    if used > 1:
        return "**That is more than the peak:** no such machine can be that fast."
    return (
        "The rest of the time goes into moving weights and results about, and into waiting for "
        "each other. PaLM reached 46.2 % of its machines' peak in training, which was then a high "
        "mark."
    )
