"""The learner's own data in the playground: used like any other, kept, and nobody else's."""

import pytest
from csv_files import BAD, GOOD
from reading import said

from dashboard import compute
from dashboard.charts.projection import MAX_DRAWN
from dashboard.own_data import state
from dashboard.own_data.guessing import read_table
from dashboard.playground import settings, view
from dashboard.playground.run import Run
from dashboard.playground.shot import Look
from dashboard.theme import LIGHT

PAGE, OWN = "08_training_loop.py", "Your own CSV"
UNTRAINED = {"data": OWN, "epochs": "0"}
FILES = {case.name: case.data for case in (*GOOD, *BAD)}
HOSTILE = b"<b>x</b>,[y](javascript:alert(1)),k$l$\n" + b"\n".join(
    b"%d,%d,<i>class</i> %d" % (i % 7, i * i % 11, i % 3) for i in range(30)
)


def upload(app, name, data):
    app.file_uploader[0].set_value((name, data, "text/csv")).run()
    assert not app.exception


def own_run(data: bytes, epochs: int = 0, **changed) -> Run:
    source = state.Source("file.csv", read_table(data))
    own = state.make(source, state.default_choice(source.table))
    values = {control.key: control.default for control in settings.CONTROLS}
    values |= {"data": settings.OWN, settings.OWN: own} | changed
    run = Run(settings.run_settings(values)[0], settings.hyperparameters(values))
    run.train_to(epochs, n_frames=2, budget=60)
    return run


def test_the_example_is_in_use_until_there_is_a_file(open_app):
    app = open_app(PAGE, **UNTRAINED)
    assert "**example\\.csv**: 240 rows and 5 inputs to predict cycles, its 2 classes" in said(app)
    assert app.dataframe[0].value["use"].tolist() == [
        "input", "input; 6 missing filled with 16", "3 inputs, one for each word",
        "predicted, 2 classes",
    ]  # fmt: skip
    assert any("A link to this page carries the settings, not the file" in c.value
               for c in app.caption)  # fmt: skip


def test_a_file_is_used_a_bad_one_is_not_and_the_example_comes_back(open_app):
    app = open_app(PAGE, **UNTRAINED)
    upload(app, "mine.csv", FILES["no header"])
    assert "**mine\\.csv**: 20 rows and 2 inputs to predict column 3" in said(app)
    assert "taken for data and the columns numbered" in said(app)
    before = [line for line in said(app).split("\n") if line.startswith("After **0 epochs")]
    upload(app, "bad.csv", FILES["Latin-1"])
    assert [error.value.replace("\\", "")[:40] for error in app.error] == [
        "“bad.csv” was not used. Line 1 holds a b"
    ]
    assert [line for line in said(app).split("\n") if line.startswith("After **0 e")] == before
    assert "**mine\\.csv**" in said(app)
    app.file_uploader[0].set_value(None).run()
    assert not app.error
    assert "**mine\\.csv**" in said(app), "the last good file stays"
    next(button for button in app.button if button.label == "Use the example").click().run()
    assert "**example\\.csv**" in said(app)


def test_another_target_trains_another_network_and_a_bad_choice_is_one_sentence(open_app):
    app = open_app(PAGE, **UNTRAINED)
    target = app.selectbox(key="own_target_0")
    target.set_value(0).run()
    assert "to predict temperature\\_c, a number" in said(app)
    assert "R² is" in said(app)
    app.multiselect(key="own_left_out_0").set_value([1, 2, 3]).run()
    assert not app.exception
    assert [error.value[:21] for error in app.error] == ["No column is left to "]
    assert "to predict temperature\\_c, a number" in said(app), "the last good choice stays"
    app.multiselect(key="own_left_out_0").set_value([]).run()
    assert not app.error


def test_two_learners_have_nothing_of_each_other(open_app):
    first, second = (open_app(PAGE, **UNTRAINED) for _ in range(2))
    upload(first, "secret.csv", FILES["only words"])
    second.run()
    assert "secret" in said(first)
    assert "secret" not in said(second)
    assert "**example\\.csv**" in said(second)


def test_what_is_remembered_for_one_table_is_not_given_for_another():
    runs = [own_run(FILES[name]) for name in ("plain", "semicolons", "huge integers")]
    asked = []

    def ask(run_settings):
        asked.append(run_settings)
        return len(asked)

    answers = [compute.remember("own data", ask, run.settings) for run in runs]
    assert answers == [1, 1, 2], "the same numbers and names are the same data"
    assert runs[0].settings == runs[1].settings != runs[2].settings


@pytest.mark.parametrize("below", ["curves", "test"])
def test_names_from_a_file_are_drawn_as_text(below):
    drawn = view.build(own_run(HOSTILE), Look(below=below), LIGHT)
    assert len(drawn.panels) == 4
    texts = " ".join(panel.figure.to_json() for panel in drawn.panels)
    for tag in ("<b>x", "\\u003cb\\u003ex", "<i>class", "\\u003ci\\u003eclass"):
        assert tag not in texts
    assert "&lt;b" in texts or "\\u0026lt;b" in texts


def test_one_input_is_drawn_against_the_truth():
    axes = view.build(own_run(FILES["a constant column"]), Look(), LIGHT).panels[0].figure.layout
    titles = (axes.xaxis.title.text, axes.yaxis.title.text)
    assert titles == ("y, scaled", "true class, centred")


def test_a_large_table_is_drawn_in_part_and_counted_in_full():
    rows = [f"{i % 97},{i * 7 % 89},{i % 5},{'ab'[i % 2]}" for i in range(MAX_DRAWN + 500)]
    run = own_run("\n".join(["x,y,z,k", *rows]).encode())
    panels = view.build(run, Look(below="test"), LIGHT).panels
    assert len(panels[0].figure.data[0].x) == MAX_DRAWN
    assert sum(map(sum, panels[2].figure.data[0].text)) == (MAX_DRAWN + 500) / 2


def test_nothing_of_a_file_reaches_the_disk(open_app, tmp_path, monkeypatch):
    monkeypatch.setattr("builtins.open", _refuse_to_write(open))
    app = open_app(PAGE, **UNTRAINED)
    upload(app, "mine.csv", FILES["words"])


def _refuse_to_write(real_open):
    def guarded(file, mode="r", *more, **named):
        if set(mode) & set("wax+") and "jax" not in str(file):
            raise AssertionError(f"wrote {file}")
        return real_open(file, mode, *more, **named)

    return guarded
