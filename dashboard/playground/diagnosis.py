"""Why did this happen: what is measurably wrong with the playground's run, and what to try."""

import streamlit as st

from dashboard import compute, layout
from dashboard.chart import show_chart
from dashboard.charts.diagnoses import HEIGHT, Group, Measure, Threshold, plot_measure
from dashboard.playground import handover, session
from dashboard.playground.cures import cure_for
from dashboard.playground.run import Run
from dashboard.theme import Palette
from nnjax.failures.diagnoses import DIAGNOSES, Finding, examine
from nnjax.failures.vitals import Vitals, vitals_of_film

MOST = 4  # findings that are shown: the gravest come first in the table


def show_diagnoses(run: Run, colors: Palette) -> None:
    """Draw the findings of a run where the learner opens them; nothing is computed before."""
    expander = st.expander("Why did this happen?", on_change="rerun", key="diagnoses")
    if expander.open:
        with expander:
            show_findings(run, colors)


def show_findings(run: Run, colors: Palette) -> None:
    """Draw every diagnosis that holds, with its curve and a change to try."""
    vitals = examine_run(run)
    found = [finding for finding in examine(vitals) if finding.holds]
    layout.look(summary(found, vitals))
    for finding in found[:MOST]:
        words, picture = st.columns((2, 3), gap="medium")
        with words:
            st.markdown(explain(finding))
            cure = cure_for(finding.diagnosis.key, session.all_values())
            st.button(
                cure.text,
                key=f"cure_{finding.diagnosis.key}",
                on_click=handover.pick_run,
                args=(cure.changes,),
            )
        with picture:
            _show_curve(finding, vitals, colors)


def examine_run(run: Run) -> Vitals:
    """Return the vitals of a run as it stands; measured once."""
    return compute.remember("vitals", lambda *_: _vitals(run), run.number, run.n_frames)


def _vitals(run: Run) -> Vitals:
    return vitals_of_film(
        run.film,
        run.data,
        config=run.config,
        steps_per_epoch=run.n_batches,
        has_diverged=run.diverged_at is not None,
    )


def summary(found: list[Finding], vitals: Vitals) -> str:
    """Say how many diagnoses hold."""
    if len(vitals.epochs) < 2:
        return "The network has not been trained yet: there is nothing to examine."
    if not found:
        return (
            f"**None of {len(DIAGNOSES)} diagnoses holds**: by these measures the run went well. "
            "Break it, in the museum of failures or by hand, and look again."
        )
    names = ", ".join(f"*{finding.diagnosis.label.lower()}*" for finding in found)
    return (
        f"**{len(found)} of {len(DIAGNOSES)} diagnoses hold**: {names}. The gravest come first; "
        "those further down often follow from them."
    )


def explain(finding: Finding) -> str:
    """Say what was measured, against which threshold, and why it matters."""
    row = finding.diagnosis
    side = "above" if row.above else "below"
    return (
        f"**{row.label}.** {row.measure[:1].upper()}{row.measure[1:]}: "
        f"**{row.write(finding.value)}**; ill {side} {row.write(row.threshold)}. {row.why}"
    )


def _show_curve(finding: Finding, vitals: Vitals, colors: Palette) -> None:
    row = finding.diagnosis
    title = row.measure[:1].upper() + row.measure[1:]
    measure = Measure(title, row.scale == "share", Threshold(row.threshold, row.above))
    group = Group("this run", finding.curve[None], is_ill=True)
    show_chart(
        plot_measure([group], measure, (vitals.epochs, "epoch"), colors),
        key=f"diagnosis_{row.key}",
        alt=f"{title} against epochs; at the end {row.write(finding.value)}.",
        height=HEIGHT,
    )
