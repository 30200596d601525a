"""Large language models in figures: their sizes, their costs, their published settings."""
