"""What depth does to a signal, to its gradient, and to a stack without activations."""
