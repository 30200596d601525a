"""The training loop: configuration, state, chunks of steps, and what they record."""
