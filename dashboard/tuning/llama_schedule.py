"""The schedule of LLaMA 2, as published, with the learner's finger on any of its steps."""

import functools

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import show_chart
from dashboard.charts.schedules import PUBLISHED_HEIGHT, Published, plot_published
from dashboard.controls import Choice, Slider
from dashboard.large_numbers import in_words, power_of_ten
from dashboard.theme import Palette
from nnjax.large_models.published_schedules import LLAMA_2

MODEL = Choice(
    key="llama_model", label="Model", default="70B", options=tuple(LLAMA_2.peaks),
    style="segmented",
)  # fmt: skip
TOKENS = Slider(
    key="llama_read", label="Tokens read, in billions", default=1000, min=0, max=2000, step=1,
)  # fmt: skip
CONTROLS = (MODEL, TOKENS)
N_POINTS = 400


def ask() -> None:
    """Ask what is left of the peak when half of the tokens have been read."""
    model = "70B"
    share = LLAMA_2.rate_at(LLAMA_2.n_steps / 2, model) / LLAMA_2.peaks[model]
    layout.predict_then_reveal(
        "guess_llama_half",
        "LLaMA 2 warms up over 2,000 steps, then follows half a cosine down to 10 % of its peak. "
        "Half of its two trillion tokens are read: how much of the peak is left?",
        ("10 %", "32 %", f"{share:.0%}".replace("%", " %"), "90 %"),
        answer=f"{share:.0%}".replace("%", " %"),
        why="Half-way down a cosine is half-way between its ends, 100 % and 10 %. Most of the "
        "fall comes in the middle: it leaves the peak slowly and arrives at the end slowly.",
    )


def show(colors: Palette) -> None:
    """Draw the published schedule of a model and the rate where the learner looks."""
    layout.in_llms(
        f"LLaMA 2 was trained with {LLAMA_2.warmup_steps:,} steps of warm-up and half a cosine "
        "down to a tenth of the peak: 3 × 10⁻⁴ for 7B and 13B, 1.5 × 10⁻⁴ for 34B and 70B. Two "
        f"trillion tokens in batches of four million are about {LLAMA_2.n_steps:,} steps, so the "
        f"warm-up is {LLAMA_2.warmup_share:.1%} of them (Touvron et al. 2023, section 2.2 and "
        "table 1). In the playground the same shape is the schedule *LLaMA 2's cosine*."
    )
    controls, picture = layout.lab()
    with controls:
        model, tokens = MODEL.show(), TOKENS.show() * 1e9
    step = round(tokens / LLAMA_2.batch_tokens)
    rate = LLAMA_2.rate_at(step, model)
    steps, rates = curve(model)
    with controls:
        st.markdown(
            f"After {in_words(tokens)} tokens {model} is at step **{step:,}** of "
            f"{LLAMA_2.n_steps:,}, and its rate is **{power_of_ten(rate)}**: "
            f"{rate / LLAMA_2.peaks[model]:.0%} of its peak."
        )
    with picture:
        show_chart(
            plot_published(
                Published(steps, rates, max(LLAMA_2.peaks.values()), step, rate), colors
            ),
            key="llama_schedule",
            height=PUBLISHED_HEIGHT,
            alt=f"Learning rate of LLaMA 2 {model} against its {LLAMA_2.n_steps:,} steps: up to "
            f"{LLAMA_2.peaks[model]:g}, then down to a tenth. At step {step:,}: {rate:.3g}.",
        )


@functools.cache
def curve(model: str) -> tuple[np.ndarray, np.ndarray]:
    """Return steps and rates of a model's whole training, its warm-up in full detail."""
    warm = np.linspace(0, LLAMA_2.warmup_steps, 21)
    rest = np.linspace(LLAMA_2.warmup_steps, LLAMA_2.n_steps, N_POINTS)[1:]
    steps = np.concatenate([warm, rest]).round()
    return steps, np.array([LLAMA_2.rate_at(step, model) for step in steps])
