"""The character model of page 10: its text, the transformer, its training and its sampling."""
