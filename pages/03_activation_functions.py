"""03 Activation functions: what each does to a signal, and to the gradient that comes back."""

from dashboard import layout
from dashboard.activations import depth, dying, functions, race, vectors
from dashboard.controls import Choice

LABS = {"functions": functions, "vectors": vectors, "depth": depth, "dead": dying, "race": race}
LAB = Choice(
    key="activation_lab",  # other pages have laboratories of their own
    label="Laboratory",
    default="functions",
    options=tuple(LABS),
    labels={
        "functions": "The functions",
        "vectors": "Whole vectors",
        "depth": "Signals in depth",
        "dead": "Dead units",
        "race": "Race",
    },
    style="segmented",
    hide_label=True,
)
controls = [control for lab in LABS.values() for control in lab.CONTROLS]

page = layout.start("activation_functions", (LAB, *controls))
# Only the laboratory that is open draws and computes anything.
rest = LABS[LAB.show()].show(page, layout.palette())
page.finish()
if rest is not None:
    rest()
