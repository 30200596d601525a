"""07 Backpropagation: from one number, the loss, back to the gradient of every weight."""

from dashboard.backward import cost_lab, deep_lab, steps_lab, witness_lab
from dashboard.laboratories import Laboratory, show_page

LABS = {
    "steps": Laboratory("Step backwards", steps_lab),
    "witnesses": Laboratory("Three witnesses", witness_lab),
    "deep": Laboratory("Vanishing and exploding", deep_lab),
    "cost": Laboratory("Why it scaled", cost_lab),
}

show_page("backpropagation", LABS, choice="backward_lab")
