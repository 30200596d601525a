"""Measurements of the engine and of the pages, each beside peers, as ratios within one run."""
