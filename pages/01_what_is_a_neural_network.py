"""01 What is a neural network? Two neurons side by side, and a curve that a network can fit."""

from dashboard.approximation import fit_any_curve
from dashboard.biology import two_neurons
from dashboard.laboratories import Laboratory, show_page

LABS = {
    "neurons": Laboratory("Two neurons", two_neurons),
    "curves": Laboratory("Fit any curve", fit_any_curve),
}

show_page("what_is_a_neural_network", LABS, choice="first_lab")
