"""Large numbers in words."""


def in_words(count: float) -> str:
    """Return a count as one would say it: "58.0 billion", "1.8 trillion", "60,000"."""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if count >= size:
            return f"{count / size:.1f} {name}"
    return f"{count:,.0f}"
