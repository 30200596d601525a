"""The engine: neurons, networks, gradients and training loops, written out in JAX."""

from nnjax.compiler import tune_compiler

# Here, because XLA reads its flags once and every use of the engine passes through this line.
tune_compiler()
