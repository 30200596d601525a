"""04 Layers and architecture: build a network, and see what layers and activations are for."""

from dashboard.architecture import bending, builder, collapse, deep_or_wide, what_a_cnn_sees
from dashboard.laboratories import Laboratory, show_page

LABS = {
    "build": Laboratory("Build a network", builder),
    "sees": Laboratory("What each layer sees", bending),
    "collapse": Laboratory("Without activations", collapse),
    "deep": Laboratory("Deep or wide", deep_or_wide),
    "images": Laboratory("What a CNN sees", what_a_cnn_sees),
}

show_page("layers_and_architecture", LABS, choice="architecture_lab")
