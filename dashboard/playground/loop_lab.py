"""The loop: forward, loss, backward, update, on the learner's own run."""

import streamlit as st

from dashboard import layout
from dashboard.chart import Film, Panel, show_panels
from dashboard.charts.loop import captions, loop_tracks, number, plot_batch_losses, plot_loop
from dashboard.compute import run
from dashboard.controls import Control, Slider
from dashboard.playground import loop_words as words
from dashboard.playground import session
from dashboard.playground import settings as s
from dashboard.playground.row import show_row
from dashboard.theme import Palette
from nnjax.training.anatomy import StepTrace, count_updates, trace_steps
from nnjax.training.config import TrainingConfig

N_STEPS = 8
FIRST_FRAME = 3  # the first step, complete

EPOCHS = Slider(
    key="loop_epochs",
    label="Epochs to count",
    default=100,
    min=1,
    max=500,
    step=1,
    help="An epoch shows the network every training example once.",
)
CONTROLS: tuple[Control, ...] = (EPOCHS, words.TOKENS, words.TOKENS_PER_BATCH)


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory for the playground's run as it stands, which it does not change."""
    run_now = session.current_run(show_row((s.RATE, s.ACTIVATION, s.DATA, s.BATCH)))
    config, data = run_now.config, run_now.data
    controls, picture = layout.lab()
    n_train = int(data.n_train)
    with controls:
        epochs = EPOCHS.show()
        counts = count_updates(n_examples=n_train, batch_size=config.batch_size, n_epochs=epochs)
        st.markdown(words.table(counts, n_train, config.batch_size, epochs))
        st.caption(words.so_far(int(run_now.state.step), counts.steps_per_epoch))
    trace = run(
        "the loop", trace_steps, config, run_now.state, data, run_now.hyper, n_steps=N_STEPS
    )
    with picture:
        _show_film(trace, config, counts.steps_per_epoch, colors)
        layout.look(words.what_happened(trace, counts.steps_per_epoch))
    st.markdown(words.ANALOGY)
    words.ask(n_train, config.batch_size)
    words.show_formula(trace, config, counts, n_train, epochs)
    words.lead_on(page)


def _show_film(
    trace: StepTrace, config: TrainingConfig, steps_per_epoch: int, colors: Palette
) -> None:
    drawn = (trace, config.task, colors)
    first, last = int(trace.step[0]) + 1, int(trace.step[-1]) + 1
    show_panels(
        [
            Panel(
                figure=plot_loop(*drawn, frame=FIRST_FRAME),
                alt="Four boxes in a cycle: forward, loss, backward, update. In step "
                f"{first} the loss of the batch is {number(trace.loss[0])}, the gradient's "
                f"length {number(trace.gradient_norm[0])}, and after the update the loss is "
                f"{number(trace.loss_after[0])}.",
            ),
            Panel(
                figure=plot_batch_losses(trace, colors, frame=FIRST_FRAME),
                alt=f"Loss of the batch in steps {first} to {last}, before and after its update. "
                + words.what_happened(trace, steps_per_epoch).replace("**", ""),
            ),
        ],
        key="loop",
        columns=(1, 1),
        film=Film(
            tracks=loop_tracks(*drawn),
            captions=captions(trace),
            run="loop",  # one run for ever: another setting keeps the part that is shown
            rate=1.5,
            show=FIRST_FRAME,
        ),
    )
