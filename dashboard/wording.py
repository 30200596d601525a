"""Small parts of sentences."""


def count(number: int, name: str, names: str = "") -> str:
    """Return "1 number", "2 numbers"."""
    return f"{number:,} {name if number == 1 else names or name + 's'}"
