"""Curves to be fitted: drawn, typed, learned by a network or built by hand."""
