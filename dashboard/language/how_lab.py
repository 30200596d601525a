"""How LLMs work: the four steps from a text to a text, one of them open at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import layout
from dashboard.controls import Choice
from dashboard.gather import Rest
from dashboard.language import how_inference, how_streaming, how_tokens, how_training
from dashboard.theme import Palette

STEPS: Mapping[str, Any] = {
    "tokens": how_tokens,
    "training": how_training,
    "inference": how_inference,
    "streaming": how_streaming,
}
STEP = Choice(
    key="how_step", label="Step", default="tokens", options=tuple(STEPS), style="segmented",
    labels={"tokens": "Tokenisation", "training": "Training", "inference": "Inference",
            "streaming": "Streaming"},
)  # fmt: skip
CONTROLS = (STEP, *(control for step in STEPS.values() for control in step.CONTROLS))


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what goes on training, if anything is left."""
    opened = STEP.show()
    step = STEPS[opened]
    rest = step.show(page, colors)
    page.try_this(*_prompts(opened))
    step.show_llm()
    layout.show_the_code(*step.CODE)
    layout.sources(*step.SOURCES)
    return rest


def _prompts(opened: str) -> Sequence[tuple[str, dict[str, Any]]]:
    return [
        (label, {"llm_lab": "how", "how_step": opened} | values)
        for label, values in STEPS[opened].prompts()
    ]
