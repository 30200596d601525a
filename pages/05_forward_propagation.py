"""05 Forward propagation: one input, number by number, from a vector to a prediction."""

from dashboard import layout
from dashboard.controls import Choice
from dashboard.forward import stepper

LABS = {"steps": stepper}
LAB = Choice(
    key="forward_lab",  # other pages have laboratories of their own
    label="Laboratory",
    default="steps",
    options=tuple(LABS),
    labels={"steps": "Step by step", "digits": "Real inputs", "lens": "The lens"},
    style="segmented",
    hide_label=True,
)
controls = [control for lab in LABS.values() for control in lab.CONTROLS]

page = layout.start("forward_propagation", (LAB, *controls))
# Only the laboratory that is open draws and computes anything.
LABS[LAB.show()].show(page, layout.palette())
page.finish()
