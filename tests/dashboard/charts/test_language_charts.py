"""Tokens, decoding and attention as figures."""

import itertools

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts import attention, decoding, tokens, windows
from dashboard.theme import DARK, LIGHT


def test_tokens_stay_whole_where_they_fit():
    parts = tokens.lay_out([list("ab")] * 15 + [list("c" * 40)])
    assert [(part.row, part.start) for part in parts[13:16]] == [(0, 26), (1, 0), (2, 0)]
    assert [(part.token, part.row, len(part.cells)) for part in parts[15:]] == [
        (15, 2, tokens.ACROSS), (15, 3, 12),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("token", "cells"),
    [(b" the", ["␣", "t", "h", "e"]), (b"\n\t", ["↵", "⇥"]), (b"\xf0\x9f", ["f0", "9f"]),
     ("e\u0301".encode(), ["e", "◌\u0301"]), (b"\x00", ["▯"])],
)  # fmt: skip
def test_every_token_can_be_seen(token, cells):
    assert tokens.cells_of(token) == cells


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_figures_can_be_sent(palette):
    parts = tokens.lay_out([list("<b>"), ["f0"]])
    check_it_can_be_sent(tokens.plot_tokens(parts, [300, 240], "two", palette))
    ratio = np.linspace(1, 2, 5)
    check_it_can_be_sent(tokens.plot_compression(ratio, ratio / 2, 3, "more", palette))
    check_it_can_be_sent(
        decoding.plot_costs([64, 128], [1, 2], [0.1, 0.1], longest=128, title="", palette=palette)
    )
    check_it_can_be_sent(decoding.plot_stream([1, 2, 3], "a", "three", palette))
    losses = np.array([1.0, 12.0])
    check_it_can_be_sent(
        windows.plot_window("a<", "<␣", losses, losses / 2, even=4.2, title="", palette=palette)
    )
    weights = np.tril(np.ones((2, 4, 3, 3), np.float32))
    check_it_can_be_sent(attention.plot_heads(weights, (1, 2), "heads", palette))
    check_it_can_be_sent(
        attention.plot_row("abc", weights[0, 0, 1], weights[0, 0, 1], asks=1, other=0, title="",
                           palette=palette)
    )  # fmt: skip


def test_a_growing_text_never_moves():
    frames = decoding.growing_text("Alice <b>", " went\ndown the rabbit hole and far away, far")
    assert frames[0].startswith("<b>Alice &lt;b&gt;</b> ")
    assert frames[-1].replace("<br>", "").endswith("far away, far")
    for before, after in itertools.pairwise(frames):
        assert after.startswith(before)


def test_a_click_finds_its_head():
    assert attention.head_at(0.5, 0.5, 2, 4) == (0, 0)
    assert attention.head_at(3.5 * attention.PITCH, 1.5, 2, 4) == (1, 3)
    assert attention.head_at(-0.5, 0.5, 2, 4) is None
    assert attention.head_at(0.5, 9, 2, 4) is None
