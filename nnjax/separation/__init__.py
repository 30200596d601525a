"""Two classes of points: what one line can part, how a perceptron learns it, and XOR."""
