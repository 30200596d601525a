"""The engine: neurons, networks, gradients and training loops, written out in JAX."""

from nnjax.whole_loops import request_whole_loops

# Here, because XLA reads its flags once and every use of the engine passes through this line.
request_whole_loops()
