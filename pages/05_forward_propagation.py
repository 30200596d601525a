"""05 Forward propagation: one input, number by number, from a vector to a prediction."""

from dashboard.forward import real_inputs, stepper, under_the_lens
from dashboard.laboratories import Laboratory, show_page

LABS = {
    "steps": Laboratory("Step by step", stepper),
    "digits": Laboratory("Real inputs", real_inputs),
    "lens": Laboratory("The lens", under_the_lens),
}

show_page("forward_propagation", LABS, choice="forward_lab")
