"""A learner's own CSV in a real browser: taken, replaced by a bad one, and the good one stays."""

import re

TABLE = "\n".join(
    ["length;width <b>x</b>;kind", *(f"{i % 7},5;{i * i % 11};{'ab'[i % 2]}" for i in range(40))]
)


def upload(opened, name, data):
    opened.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )


def test_a_file_is_trained_on_and_a_bad_one_changes_nothing(open_page):
    opened = open_page("training_loop?data=Your own CSV&epochs=0", charts=4)
    opened.page.get_by_text("example.csv: 240 rows and 5 inputs").wait_for()
    upload(opened, "mine.csv", TABLE.encode())
    used = opened.page.get_by_text("mine.csv: 40 rows and 2 inputs to predict kind")
    used.wait_for()
    axis = opened.page.get_by_text("x₂: width <b>x</b>")
    axis.wait_for()
    opened.wait_for_run()
    upload(opened, "bad.csv", TABLE.encode("utf-16"))
    opened.page.get_by_text("“bad.csv” was not used. The file is encoded as UTF-16").wait_for()
    opened.wait_for_run()
    used.wait_for()
    axis.wait_for()
    upload(opened, "huge.csv", b"1,2\n" * 1_300_000)
    opened.page.get_by_text(re.compile("5(.0)? ?MB or smaller")).wait_for()
    opened.wait_for_run()
    used.wait_for()
