"""What goes wrong in training: how it is measured, and runs that show it."""
