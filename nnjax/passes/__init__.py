"""A pass through a network taken apart: forwards, backwards, counted, checked."""
