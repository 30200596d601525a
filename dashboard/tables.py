"""Tables in Markdown: small ones, that stand beside a picture and follow a slider."""

from dashboard.charts.slopes import Family


def slope_table(family: Family, head: str, *, digits: int) -> str:
    """Return value and slope at the learner's point, a line for each function, under `head`."""
    lines = [head, "|:--|--:|--:|"]
    rows = zip(family.keys, family.labels, family.value_at, family.slope_at, strict=True)
    for key, label, value, slope in rows:
        strong = "**" if key == family.focus else ""
        cells = (label, f"{value:.{digits}f}", f"{slope:.3f}")
        lines.append("| " + " | ".join(f"{strong}{cell}{strong}" for cell in cells) + " |")
    return "\n".join(lines)
