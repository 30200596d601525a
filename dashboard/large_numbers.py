"""Numbers too large or too small to be written out."""


def in_words(count: float) -> str:
    """Return a count as one would say it: "58.0 billion", "1.8 trillion", "60,000"."""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if count >= size:
            return f"{count / size:.1f} {name}"
    return f"{count:,.0f}"


def power_of_ten(value: float) -> str:
    """Return "5.7 × 10¹⁴", "7.2 × 10⁻⁷", "0"."""
    if value == 0:
        return "0"
    digits, _, power = f"{value:.1e}".partition("e")
    raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digits} × 10{raised}"


def in_bytes(size: float) -> str:
    """Return "140 GB", powers of ten."""
    for unit, name in ((1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size:.3g} bytes"
