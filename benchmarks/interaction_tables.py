"""The interaction benchmark's findings as text."""

from benchmarks.tables import number, table, times


def presses_table(results: dict) -> str:
    """Key press to repaint, beside the two yardsticks."""
    rows = []
    for page, found in results.items():
        for kind, words in (
            ("key_to_first_repaint_ms", "first repaint"),
            ("key_to_last_repaint_ms", "last repaint"),
        ):
            rows.append(
                [
                    f"{page} {words}",
                    *(number(found[name][kind]) for name in ("app", "floor", "plotly_chart")),
                    times(found["app_over_floor"][kind]),
                    times(found["app_over_plotly_chart"][kind]),
                    number(found["app"]["script_ms"]),
                    number(found["app"]["server_cpu_ms"]),
                ]
            )
    title = (
        "Key press on a slider to plotly_afterplot of the first and last of its charts, "
        "milliseconds (medians)"
    )
    headings = [
        "page",
        "app",
        "floor",
        "st.plotly_chart",
        "app/floor",
        "app/st",
        "script",
        "server's cpu",
    ]
    return table(title, headings, rows)


def live_table(found: dict) -> str:
    """Frames a second, and the pause."""
    rows = [
        ["painted frames a second", number(found["painted_frames_per_second"])],
        ["pause click to stop, ms", number(found["pause_click_to_stop_ms"])],
        ["slowest of the pauses, ms", number(found["slowest_pause_ms"])],
    ]
    return table("Live training in headless Chromium", ["", "measured"], rows)


def starts_table(results: dict) -> str:
    """Start of the server, and visits of the page, to the first painted chart."""
    rows = [
        [f"{page}, {name} start", *(number(value) for value in values.values())]
        for page, starts in results.items()
        for name, values in starts.items()
    ]
    title = "To the first painted chart, milliseconds (first start: nothing compiled yet)"
    headings = ["page", "server answers", "server start", "first visit", "next visit"]
    return table(title, headings, rows)


def interaction_tables(results: dict) -> str:
    """What `measure_interaction` found, as text."""
    tables = {"presses": presses_table, "live": live_table, "starts": starts_table}
    return "\n".join(tables[part](results[part]) for part in tables if part in results)
