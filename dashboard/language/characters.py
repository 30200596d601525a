"""Characters as they can be shown: spaces, line ends and invisible ones too."""


def visible(text: str) -> str:
    """Return a text with its control characters as pictures; line ends stay."""
    pictures = {code: 0x2400 + code for code in range(32) if code != 10} | {127: 0x2421}
    shown = text.translate(pictures)
    return "".join(
        c if c == "\n" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown
    )


def name_of(character: str) -> str:
    """Return one character so that it can be seen: a space, a line end, an invisible one."""
    if character in " \n":
        return {" ": "␣", "\n": "↵"}[character]
    return visible(character)
