"""The controls of the learner's own data, and the table of what was made of each column."""

import pandas as pd
import streamlit as st

from dashboard.address import escape_markdown
from dashboard.charts.projection import MAX_DRAWN
from dashboard.own_data import state
from dashboard.own_data.reading import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from nnjax.data.columns import MAX_CLASSES, MIN_ROWS
from nnjax.data.own_example import example_csv
from nnjax.data.table import OwnData

LIMITS = (
    f"One table, its columns named in the first line, separated by commas, semicolons or tabs, in "
    f"UTF-8. {MIN_ROWS} to {MAX_ROWS:,} rows, at most {MAX_COLUMNS} columns, {MAX_CLASSES} classes "
    f"and {MAX_BYTES / 1e6:g} MB."
)
PRIVATE = (
    "The file stays in this session's memory and is gone when you leave. A link to this page "
    "carries the settings, not the file."
)


def show_choice() -> OwnData:
    """Draw the uploader and what is asked of the table; return the data that come of it."""
    with st.expander("Your own CSV", expanded=True):
        state.take_upload(st.file_uploader("A CSV file", key=state.upload_key()))
        _say(state.FILE_FAULT)
        source = state.source()
        is_example = source is state.example()
        with st.container(horizontal=True, vertical_alignment="center", key="own_files"):
            if is_example:
                st.download_button(
                    "Download the example",
                    example_csv,
                    "example.csv",
                    "text/csv",
                    on_click="ignore",
                    help="The table in use until you bring one: it shows the format.",
                )
            else:
                st.button("Use the example", on_click=state.forget)
        _show_target(source)
        made = state.current()
        _say(state.CHOICE_FAULT)
        st.caption(f"{LIMITS} {PRIVATE}")
    return made


def _say(fault: str) -> None:
    """Show what was wrong, next to what it was wrong with."""
    if text := st.session_state.get(fault):
        st.error(f"{escape_markdown(text)} What you had before stays in use.", icon="")


def _show_target(source: state.Source) -> None:
    names = [column.name for column in source.table.columns]
    indices = range(len(names))
    kept = {"persist_state": "page"}
    target = st.selectbox(
        "Predict",
        indices,
        index=source.table.target,
        format_func=names.__getitem__,
        key=source.key("target"),
        **kept,
    )
    if state.both_possible(target):
        usual = state.default_choice(source.table, target).as_classes
        st.segmented_control(
            "as",
            (state.CLASSES, state.VALUES),
            default=state.CLASSES if usual else state.VALUES,
            key=source.key(f"as_{target}"),
            required=True,
            **kept,
        )
    st.multiselect(
        "Leave out",
        indices,
        format_func=names.__getitem__,
        key=source.key("left_out"),
        placeholder="No column",
        **kept,
    )


def show_table(own: OwnData) -> None:
    """Draw what each column was taken for, and what became of it."""
    source = state.source()
    with st.expander("Your data, column by column", expanded=True):
        widths = {"taken for": 180, "for example": "medium", "missing": "small", "use": "large"}
        st.dataframe(
            column_table(source, own),
            hide_index=True,
            width="stretch",
            column_config={name: st.column_config.Column(width=w) for name, w in widths.items()},
        )
        st.markdown(summary(source, own))


def column_table(source: state.Source, own: OwnData) -> pd.DataFrame:
    """Return a row for each column of the file."""
    guesses = source.table.guesses
    return pd.DataFrame(
        {
            "column": [guess.column.name for guess in guesses],
            "taken for": [guess.kind for guess in guesses],
            "for example": [guess.examples for guess in guesses],
            "missing": [int(guess.column.missing.sum()) for guess in guesses],
            "use": list(own.uses),
        }
    )


def summary(source: state.Source, own: OwnData) -> str:
    """Say how many rows and inputs there are, and what was done to get them."""
    spec = own.spec
    what = f"its {spec.n_classes} classes" if spec.n_classes else "a number, scaled"
    words = [
        f"**{escape_markdown(source.name)}**: {spec.n_points:,} rows and {spec.n_features} inputs "
        f"to predict {escape_markdown(spec.target_name)}, {what}."
    ]
    if source is state.example():
        words.append(
            "These are made-up days on which somebody cycles to work or does not: neither in the "
            "cold nor in the heat, seldom in wind, never in rain."
        )
    if spec.n_points > MAX_DRAWN:
        words.append(f"Pictures show {MAX_DRAWN:,} of them, picked at random; counts are of all.")
    if own.n_dropped:
        words.append(f"{own.n_dropped:,} rows without a value to predict were dropped.")
    words += [escape_markdown(note) for note in source.table.notes]
    if spec.in_plane:
        first, second = map(escape_markdown, spec.feature_names)
        words.append(
            f"With two columns of numbers there is a plane to draw: x₁ is {first}, x₂ is {second}, "
            "both scaled to run from −5.5 to 5.5."
        )
    else:
        words.append("All inputs are scaled to mean 0 and standard deviation 1.")
    if any("missing filled" in use for use in own.uses):
        words.append(
            "A missing number is filled with the middle value of its whole column, test rows "
            "included; a missing word counts as a word."
        )
    return " ".join(words)
