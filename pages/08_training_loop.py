"""08 The training loop: forward, loss, backward, update, and every setting that steers them."""

from dashboard import layout
from dashboard.controls import Choice
from dashboard.playground import lab, settings
from nnjax.backprop import network_backward
from nnjax.training.steps import run_steps, train_step

LAB = Choice(
    key="lab",
    label="Laboratory",
    default="playground",
    options=("playground", "loop", "bowl"),
    labels={"playground": "Playground", "loop": "The loop", "bowl": "Ball in a bowl"},
    style="segmented",
    hide_label=True,
)

page = layout.start("training_loop", (LAB, *settings.CONTROLS))
chosen = LAB.show()
run = lab.show()
layout.show_the_code(train_step, run_steps, network_backward)
page.finish()
