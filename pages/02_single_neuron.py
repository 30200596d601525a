"""02 The single neuron: one by hand, one that learns, and what no single one can do."""

from dashboard import layout
from dashboard.controls import Choice
from dashboard.neuron import beyond_one_line, draw_the_line, one_neuron

LABS = {"neuron": one_neuron, "line": draw_the_line, "xor": beyond_one_line}
LAB = Choice(
    key="neuron_lab",  # other pages have laboratories of their own
    label="Laboratory",
    default="neuron",
    options=tuple(LABS),
    labels={"neuron": "One neuron", "line": "Draw the line", "xor": "Beyond one line"},
    style="segmented",
    hide_label=True,
)
controls = [control for lab in LABS.values() for control in lab.CONTROLS]

page = layout.start("single_neuron", (LAB, *controls))
# Only the laboratory that is open draws and computes anything.
LABS[LAB.show()].show(page, layout.palette())
page.finish()
