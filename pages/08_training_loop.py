"""08 The training loop: forward, loss, backward, update, and every setting that steers them."""

from dashboard import layout
from dashboard.controls import Choice
from dashboard.playground import bowl_lab, explain, lab, loop_lab, settings

LAB = Choice(
    key="training_lab",  # other pages have laboratories of their own
    label="Laboratory",
    default="playground",
    options=("playground", "loop", "bowl"),
    labels={"playground": "Playground", "loop": "The loop", "bowl": "Ball in a bowl"},
    style="segmented",
    hide_label=True,
)
WORDS = {"playground": explain, "loop": loop_lab, "bowl": bowl_lab}

page = layout.start(
    "training_loop", (LAB, *settings.CONTROLS, *bowl_lab.CONTROLS, *loop_lab.CONTROLS)
)
colors = layout.palette()
chosen = LAB.show()
if chosen == "playground":
    run = lab.show()
    explain.show_question(run)
    explain.show_formula(run)
elif chosen == "loop":
    run = lab.show_briefly()
    loop_lab.show(run.config, run.state, run.data, run.hyper, colors)
else:
    bowl_lab.show(colors)

words = WORDS[chosen]
page.try_this(*words.TRY_THIS)
words.show_in_llms()
layout.show_the_code(*words.CODE)
layout.sources(*words.SOURCES)
page.finish()
