"""The landscape of the loss: the surface around a trained network, and how sharply it curves."""
