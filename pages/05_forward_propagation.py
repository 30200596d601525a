"""05 Forward propagation: one input, number by number, from a vector to a prediction."""

from dashboard import layout
from dashboard.controls import Choice
from dashboard.forward import real_inputs, stepper, under_the_lens

LABS = {"steps": stepper, "digits": real_inputs, "lens": under_the_lens}
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
