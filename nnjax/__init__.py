"""The engine: neurons, networks, gradients and training loops, written out in JAX."""
