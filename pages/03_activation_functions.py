"""03 Activation functions: what each does to a signal, and to the gradient that comes back."""

from dashboard.activations import depth, dying, functions, race, vectors
from dashboard.laboratories import Laboratory, show_page

LABS = {
    "functions": Laboratory("The functions", functions),
    "vectors": Laboratory("Whole vectors", vectors),
    "depth": Laboratory("Signals in depth", depth),
    "dead": Laboratory("Dead units", dying),
    "race": Laboratory("Race", race),
}

show_page("activation_functions", LABS, choice="activation_lab")
