"""02 The single neuron: one by hand, one that learns, and what no single one can do."""

from dashboard.laboratories import Laboratory, show_page
from dashboard.neuron import beyond_one_line, draw_the_line, one_neuron

LABS = {
    "neuron": Laboratory("One neuron", one_neuron),
    "line": Laboratory("Draw the line", draw_the_line),
    "xor": Laboratory("Beyond one line", beyond_one_line),
}

show_page("single_neuron", LABS, choice="neuron_lab")
