"""Page 09's measured table: through the entry point, and its words on made-up measurements."""

import numpy as np
import pytest
from reading import formulas, metrics, said

from dashboard.zoo import table_words as words
from dashboard.zoo import table_work as work
from dashboard.zoo.table_words import Row
from nnjax.zoo.costs import Cost
from nnjax.zoo.networks import networks_for
from nnjax.zoo.tasks import TASKS
from nnjax.zoo.trials import Trials

PAGE = "09_architecture_zoo.py"
LENGTHS = (8, 32, 128)


def row(key, label, scores, **more):
    known = {"n_diverged": 0, "cost": None, "step": None, "law": None} | more
    return Row(key=key, label=label, scores=np.array(scores), **known)


def times(power):
    return {n: 1e-4 * n**power for n in LENGTHS}


@pytest.fixture
def rows():
    cost = Cost(parameters=1898, formula_flops=100, flops=104.0, bytes_accessed=5000.0)
    return [
        row("feedforward", "Feedforward", [0.5, 0.6, 0.4]),
        row("cnn", "CNN", [0.7, 0.6, 0.8], cost=cost, step=0.0012, n_diverged=1),
    ]


def test_first_paint_measures_two_seeds_and_goes_on(open_app):
    app = open_app(
        PAGE, zoo_lab="The measured table", table_networks="feedforward", table_seeds="2"
    )
    while any(button.label == "Stop" for button in app.button):
        app.run()
    table = app.dataframe[0].value
    assert list(table["Network"]) == ["Feedforward"]
    assert list(table["Parameters"]) == [1889]
    assert list(table["Operations, formula"]) == [3658]
    assert "Best in the middle: **Feedforward, 9" in said(app)
    assert r"\frac{\text{right}}{\text{unseen}}" in formulas(app)
    assert metrics(app)["Steps in a row, recurrent"] == "2,095"
    app.slider(key="table_tokens").set_value(4).run()
    assert metrics(app)["Pairs to compare, in each layer and head"] == "16,000,000"
    assert "table_growth" not in {chart.key for chart in app.get("bidi_component")}


def test_pieces_become_rows_of_what_is_known_so_far():
    task = TASKS["digits"]
    networks = {key: networks_for("digits")[key] for key in ("cnn", "rnn")}
    pieces = work.pieces(task, tuple(networks), range(4, 8, work.AT_ONCE))
    assert pieces[:2] == [("try", "cnn", 4), ("try", "rnn", 4)]
    assert len(pieces) == 2 * 4 + len(work.LENGTHS)  # only the RNN reads any length
    assert len({work.say(piece) for piece in pieces}) == len(pieces) - 2  # seeds sound alike
    tried = Trials(np.array([0.9, 0.8]), np.array([0.7, 0.6]), np.array([-1, 5]))
    done = {pieces[0]: tried, ("try", "cnn", 6): tried, ("grow", "rnn", 8): 0.1}
    (row,) = work.collect(done, networks, moved=True)
    assert (row.label, row.n_diverged, row.cost) == ("CNN", 2, None)
    np.testing.assert_allclose(row.scores, [0.7, 0.6, 0.7, 0.6])
    assert work.times(done) == {"rnn": {8: 0.1}}


def test_wins_are_counted_seed_by_seed(rows):
    text = words.verdict("shifted", rows)
    assert text.startswith("**CNN beats Feedforward in 2 of 3 seeds**, 1 even: 70.0% against 50.0%")
    assert "pooling forgives a pixel" in text
    assert "CNN diverged in 1: the loss was no longer finite." in text
    behind = words.verdict("digits", [rows[0], rows[1]._replace(scores=rows[0].scores - 0.1)])
    assert "**CNN beats Feedforward in 0 of 3 seeds**" in behind
    assert "No clear advantage here." in behind


def test_what_is_not_measured_yet_has_no_column(rows):
    assert list(words.table(rows[:1])) == ["Network", "Middle seed", "Eight of ten"]
    table = words.table(rows)
    assert table["Parameters"] == [None, 1898]
    assert table["A step"] == [None, "1.2 ms"]
    assert "Time grows as" not in table


def test_the_verdict_on_growth_is_that_of_the_measured_times():
    here = words.growth({"rnn": times(1.0), "transformer": times(1.6)})
    assert "becomes **84.4 times** as long, the RNN's **16.0 times**" in here
    assert "grows **faster than** the RNN's" in here
    assert "kept pace with its operations" in here
    elsewhere = words.growth({"rnn": times(1.0), "transformer": times(0.1)})
    assert "grows **more slowly than** the RNN's" in elsewhere
    assert "works on many pairs at once" in elsewhere
    assert not words.growth({"rnn": times(1.0)})


def test_a_law_needs_three_lengths():
    assert words.law_of(times(1.5)).exponent == pytest.approx(1.5)
    assert words.law_of({8: 0.1, 16: 0.2}) is None
    assert "32 tokens 18 ms" in words.describe_growth({"rnn": times(1.5)}, {"rnn": "RNN"})


def test_the_answer_is_what_the_seeds_reach():
    assert words.answer(np.array([0.99, 1.0]))[0] == words.OPTIONS[2]
    assert words.answer(np.array([0.1, 0.2]))[0] == words.OPTIONS[0]
    assert "Unseen digits" in words.describe([row("rnn", "RNN", [0.4])], TASKS["digits"],
                                             "Unseen digits")  # fmt: skip
