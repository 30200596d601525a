"""Page 07: the way back, from a loss to the gradient of every weight."""
