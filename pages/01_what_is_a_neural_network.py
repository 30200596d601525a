"""01 What is a neural network? Two neurons side by side, and a curve that a network can fit."""

from dashboard import layout
from dashboard.approximation import fit_any_curve
from dashboard.biology import two_neurons
from dashboard.controls import Choice

LABS = {"neurons": two_neurons, "curves": fit_any_curve}
LAB = Choice(
    key="first_lab",  # other pages have laboratories of their own
    label="Laboratory",
    default="neurons",
    options=tuple(LABS),
    labels={"neurons": "Two neurons", "curves": "Fit any curve"},
    style="segmented",
    hide_label=True,
)
controls = [control for lab in LABS.values() for control in lab.CONTROLS]

page = layout.start("what_is_a_neural_network", (LAB, *controls))
# Only the laboratory that is open draws and computes anything.
rest = LABS[LAB.show()].show(page, layout.palette())
page.finish()
if rest is not None:
    rest()
