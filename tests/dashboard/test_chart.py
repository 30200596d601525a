"""The message to the browser: what `message.js` will find in it."""

import json
import struct

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboard.charts.base import axis, figure, layout
from dashboard.theme import LIGHT, PALETTES
from dashboard.wire import Film, Panel, figure_json, pack


def unpack(message):
    """Read a message the way `message.js` does: the JSON, and the bytes behind it."""
    (size,) = struct.unpack_from("<I", message)
    start = 4 + size + (-(4 + size) % 8)
    assert start % 8 == 0
    return json.loads(message[4 : 4 + size]), message[start:]


def line(slope=1.0):
    """Return a small figure."""
    x = np.linspace(0, 1, 5, dtype=np.float32)
    return figure(LIGHT, [{"type": "scatter", "x": x, "y": slope * x}])


def send(*figures, **more):
    """Pack figures with plain words."""
    panels = [Panel(figure=f, alt="A line.", height=200) for f in figures]
    return unpack(pack(panels, key="k", theme="light", **more))


def test_panels_carry_their_words_height_and_arrays_as_base64():
    head, _ = send(line())
    (panel,) = head["panels"]
    assert (panel["alt"], panel["height"]) == ("A line.", 200)
    assert panel["figure"]["data"][0]["x"]["dtype"] == "f4"
    assert head["film"] is None


def test_only_a_changed_figure_has_a_new_digest():
    first, again, other = (send(f)[0]["panels"][0]["digest"] for f in (line(), line(), line(2.0)))
    assert first == again != other


def test_film_arrays_come_back_as_they_went():
    maps = np.arange(24, dtype=np.uint8).reshape(3, 2, 4)
    curves = np.arange(6).reshape(3, 2)  # int64 travels as float32
    tracks = {
        (0, 0, "z"): maps,
        (1, 0, "marker.color"): curves,
        (1, None, "shapes[2].x0"): [1, 2, 3],
    }
    film = Film(tracks=tracks, captions=["a", "b", "c", "too many"], run=7, start=4)
    head, blob = send(line(), line(), film=film)
    sent = head["film"]
    assert (sent["run"], sent["start"], sent["count"]) == ("7", 4, 3)
    assert sent["captions"] == ["a", "b", "c"]
    assert [track["path"] for track in sent["tracks"]] == [
        ["z"],
        ["marker", "color"],
        ["shapes", 2, "x0"],
    ]
    for track, expected in zip(sent["tracks"], (maps, curves, [1, 2, 3]), strict=True):
        assert track["offset"] % 8 == 0
        found = np.frombuffer(
            blob, track["dtype"], count=int(np.prod(track["shape"])), offset=track["offset"]
        )
        np.testing.assert_array_equal(found.reshape(track["shape"]), expected)


def test_words_in_a_film_travel_as_values():
    film = Film(tracks={(0, 0, "text"): np.array(["one", "two"])}, captions=["", ""], run=1)
    head, _ = send(line(), film=film)
    assert head["film"]["tracks"][0]["values"] == ["one", "two"]


def test_tracks_of_unequal_length_are_cut_to_the_shortest():
    film = Film(tracks={(0, 0, "a"): [1, 2, 3], (0, 0, "b"): [1.0, 2.0]}, captions="abc", run=1)
    head, _ = send(line(), film=film)
    assert head["film"]["count"] == 2
    assert {tuple(track["shape"]) for track in head["film"]["tracks"]} == {(2,)}


def test_an_unchecked_figure_says_the_same_as_a_checked_one():
    traces = [
        {
            "type": "heatmap",
            "z": np.eye(3, dtype=np.float32),
            "customdata": np.arange(9).reshape(3, 3),
        },
        {"type": "scatter", "y": np.arange(4, dtype=np.float16), "marker": {"size": np.arange(4)}},
        {"type": "scatter", "y": [1, 2], "text": np.array(["a", "b"]), "visible": np.bool_(True)},
    ]
    unchecked = figure(LIGHT, traces, xaxis=axis(LIGHT, "x", np.array([0.0, 1.0]).tolist()))
    assert "raw" in unchecked.__dict__
    sent = json.loads(figure_json(unchecked))
    assert "raw" in unchecked.__dict__, "sending a figure must not check it"
    assert isinstance(unchecked, go.Figure)
    assert sent["layout"]["xaxis"]["range"] == [0.0, 1.0]
    grid = sent["data"][0]["z"]
    assert (grid["dtype"], grid["shape"]) == ("f4", "3, 3")
    assert list(unchecked.data[2].text) == sent["data"][2]["text"]
    assert "raw" not in unchecked.__dict__, "a figure that was looked into may have been changed"
    np.testing.assert_array_equal(unchecked.data[0].z, np.eye(3))


def test_nothing_is_sent_as_null():
    made = figure(LIGHT, [{"type": "bar", "x": None}], xaxis=axis(LIGHT), shapes=[{"x0": None}])
    sent = json.loads(figure_json(made))
    assert sent["data"] == [{"type": "bar"}]
    assert "range" not in sent["layout"]["xaxis"]
    assert sent["layout"]["shapes"] == [{}]


@pytest.mark.parametrize(
    ("data", "more"),
    [
        ([{"type": "scatter", "marker_color": "red"}], {}),
        ([], {"title": "short"}),
        ([], {"xaxis": {"title": "short"}}),
    ],
)
def test_shorthand_is_spelled_out_before_it_is_sent(data, more):
    made = figure(LIGHT, data, **more)
    assert "raw" not in made.__dict__
    text = figure_json(made)
    assert "marker_color" not in text
    assert '"title": "short"' not in text


def test_looking_into_an_invalid_figure_raises():
    wrong = figure(LIGHT, [{"type": "scatter", "nosuch": 1}])
    with pytest.raises(ValueError, match="nosuch"):
        wrong.to_dict()


@pytest.mark.parametrize("gap", [float("nan"), float("inf"), -float("inf")])
def test_what_json_cannot_say_becomes_null(gap):
    text = figure_json(go.Figure(data=[{"type": "scatter", "y": [1.0, gap]}]))
    assert json.loads(text)["data"][0]["y"] == [1.0, None]


def test_numpy_scalars_are_numbers():
    text = figure_json(go.Figure(layout={"shapes": [{"type": "line", "x0": np.float32(0.5)}]}))
    assert json.loads(text)["layout"]["shapes"][0]["x0"] == 0.5


def test_text_from_a_learner_stays_text():
    head, _ = unpack(pack([Panel(figure=line(), alt='</script>"\\')], key="k", theme="light"))
    assert head["panels"][0]["alt"] == '</script>"\\'


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_figures_share_a_layout_that_keeps_still(palette):
    made = figure(palette, [], xaxis=axis(palette, "x", (0, 1)), yaxis=axis(palette, zoom=True))
    assert tuple(made.layout.xaxis.range) == (0, 1)
    assert made.layout.xaxis.fixedrange
    assert not made.layout.yaxis.fixedrange
    assert made.layout.uirevision == layout(palette)["uirevision"]
    assert made.layout.paper_bgcolor == "rgba(0,0,0,0)"
