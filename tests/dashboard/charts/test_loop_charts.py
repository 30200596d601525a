"""The lit loop shows each number in the part that computes it, and not before."""

import json

import numpy as np
import pytest

from dashboard.charts import loop
from dashboard.theme import PALETTES
from nnjax.training.anatomy import StepTrace

N_STEPS = 8


def make_trace(**changes):
    steps = np.arange(N_STEPS)
    values = {
        "step": 32 + steps,
        "epoch": (32 + steps) // 25,
        "batch": (32 + steps) % 25,
        "n_examples": np.full(N_STEPS, 10),
        "accuracy": np.full(N_STEPS, 0.7, np.float32),
        "loss": np.linspace(0.9, 0.4, N_STEPS, dtype=np.float32),
        "gradient_norm": np.full(N_STEPS, 0.25, np.float32),
        "learning_rate": np.full(N_STEPS, 0.03, np.float32),
        "update_norm": np.full(N_STEPS, 0.0075, np.float32),
        "loss_after": np.linspace(0.85, 0.35, N_STEPS, dtype=np.float32),
    }
    return StepTrace(**(values | changes))


BLOWN_UP = np.array([0.5, 3.0, 4e5, np.inf, np.nan, np.nan, np.nan, np.nan], np.float32)
TRACES = {
    "plain": make_trace(),
    "blown up": make_trace(loss=BLOWN_UP, loss_after=BLOWN_UP, gradient_norm=BLOWN_UP),
    "nothing left": make_trace(loss=np.full(N_STEPS, np.nan), loss_after=np.full(N_STEPS, np.nan)),
    "no change": make_trace(loss=np.zeros(N_STEPS), loss_after=np.zeros(N_STEPS)),
    "negative": make_trace(loss=-np.ones(N_STEPS), accuracy=np.full(N_STEPS, -2.0)),
}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
@pytest.mark.parametrize("name", TRACES)
def test_every_trace_can_be_drawn_in_every_frame(name, task, palette):
    for frame in range(loop.N_PARTS):
        for figure in (
            loop.plot_loop(TRACES[name], task, palette, frame=frame),
            loop.plot_batch_losses(TRACES[name], palette, frame=frame),
        ):
            assert json.loads(figure.to_json())["data"]
    low, high = loop.plot_batch_losses(TRACES[name], palette).layout.yaxis.range
    assert np.isfinite([low, high]).all()
    assert low < high


def test_film_has_four_frames_a_step_and_starts_like_the_figure():
    trace, palette = TRACES["plain"], PALETTES["light"]
    tracks = loop.loop_tracks(trace, "binary", palette)
    assert {len(frames) for frames in tracks.values()} == {loop.N_PARTS * N_STEPS}
    figure = loop.plot_loop(trace, "binary", palette, frame=6)
    for i in range(loop.N_PARTS):
        assert tracks[(0, None, f"shapes[{i}].fillcolor")][6] == figure.layout.shapes[i].fillcolor
        assert tracks[(0, None, f"annotations[{i}].text")][6] == figure.layout.annotations[i].text
        assert tracks[(0, i, "line.color")][6] == figure.data[i].line.color
    assert len(loop.captions(trace)) == loop.N_PARTS * N_STEPS


@pytest.mark.parametrize("part", range(loop.N_PARTS))
def test_one_box_is_lit_by_fill_and_outline(part):
    figure = loop.plot_loop(TRACES["plain"], "binary", PALETTES["dark"], frame=part)
    widths = [shape.line.width for shape in figure.layout.shapes]
    fills = [shape.fillcolor for shape in figure.layout.shapes]
    assert widths.index(max(widths)) == part
    assert fills.count(fills[part]) == 1


@pytest.mark.parametrize("part", range(loop.N_PARTS))
def test_a_part_shows_its_number_only_once_it_has_run(part):
    texts = loop.box_texts(TRACES["plain"], "binary")[part]
    numbers = ("7 of 10 right", "0.900", "0.250", "0.007")
    for i, (text, number) in enumerate(zip(texts, numbers, strict=True)):
        assert (number in text) == (i <= part)
        assert (loop.WAITING in text) == (i > part)


def test_update_says_its_rate_and_the_new_loss():
    text = loop.box_texts(TRACES["plain"], "binary")[3][3]
    assert "rate 0.03" in text
    assert "loss now 0.850" in text


def test_values_have_r_squared_instead_of_a_count():
    assert loop.right_text(0.7, 10, "binary") == "7 of 10 right"
    assert loop.right_text(-1.011, 10, "regression") == "R² −1.011"


def test_cursor_waits_for_the_loss_and_moves_with_the_update():
    x, y, symbols = loop.cursor_frames(TRACES["plain"])
    assert x[:4, 0].tolist() == [33] * 4
    assert np.isnan(y[0, 0])
    np.testing.assert_allclose(y[1:4, 0], [0.9, 0.9, 0.85], rtol=1e-6)
    assert symbols[3] != symbols[2]


def test_steps_epochs_and_batches_count_from_one():
    assert loop.center_texts(TRACES["plain"])[0] == "step <b>33</b> · epoch 2, batch 8"


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.5981, "0.598"), (0.0, "0.000"), (-1.5, "−1.500"), (2e-5, "2.00e−05"), (4e5, "4.00e+05")],
)
def test_numbers_have_sensible_digits(value, words):
    assert loop.number(value) == words


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_are_none_say_so(value):
    assert loop.number(value) == "not finite"
