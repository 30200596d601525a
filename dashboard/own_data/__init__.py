"""A learner's own CSV: read within bounds, its columns guessed, kept in the session alone."""
