"""06 Loss functions: how wrong a prediction is, and how hard each loss pulls it right."""

from dashboard import layout
from dashboard.controls import Choice
from dashboard.losses import (
    one_prediction,
    outliers_lab,
    sequence_lab,
    softmax_lab,
    uniform,
    why_cross_entropy,
)

LABS = {
    "one": one_prediction,
    "why": why_cross_entropy,
    "softmax": softmax_lab,
    "outliers": outliers_lab,
    "text": sequence_lab,
}
LAB = Choice(
    key="loss_lab",  # other pages have laboratories of their own
    label="Laboratory",
    default="one",
    options=tuple(LABS),
    labels={
        "one": "One prediction",
        "why": "Why cross-entropy",
        "softmax": "Softmax",
        "outliers": "Outliers",
        "text": "A sentence",
    },
    style="segmented",
    hide_label=True,
)
controls = [control for lab in LABS.values() for control in lab.CONTROLS]

page = layout.start("loss_functions", (LAB, *controls, *uniform.CONTROLS))
# Only the laboratory that is open draws and computes anything.
LABS[LAB.show()].show(page, layout.palette())
page.finish()
