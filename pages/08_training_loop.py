"""08 The training loop: forward, loss, backward, update, and every setting that steers them."""

from dashboard import layout
from dashboard.controls import Choice
from dashboard.playground import bowl_lab, explain, lab, settings

LAB = Choice(
    key="lab",
    label="Laboratory",
    default="playground",
    options=("playground", "loop", "bowl"),
    labels={"playground": "Playground", "loop": "The loop", "bowl": "Ball in a bowl"},
    style="segmented",
    hide_label=True,
)

page = layout.start("training_loop", (LAB, *settings.CONTROLS, *bowl_lab.CONTROLS))
chosen = LAB.show()
if chosen == "bowl":
    bowl_lab.show(layout.palette())
else:
    run = lab.show()
    explain.show_question(run)
    explain.show_formula(run)
    explain.show_rest(page, run)
page.finish()
