"""Eleven cards, each complete, sourced and true to the network that trains under its name."""

import jax
import pytest

from nnjax.sources import SOURCES
from nnjax.zoo.cards import CARDS
from nnjax.zoo.network import count_numbers
from nnjax.zoo.networks import NETWORKS
from nnjax.zoo.tasks import TASKS

TRAINED = ("feedforward", "cnn", "rnn", "lstm", "gru", "transformer", "autoencoder")


def test_there_are_eleven_and_seven_of_them_train():
    assert len(CARDS) == 11
    assert len({card.label for card in CARDS.values()}) == 11
    assert {key for key, card in CARDS.items() if card.network} == set(TRAINED)
    assert {row.architecture for row in NETWORKS.values()} == set(TRAINED)


@pytest.mark.parametrize("key", CARDS)
def test_a_card_is_complete(key):
    card = CARDS[key]
    assert card.key == key
    assert SOURCES[card.source].year == card.year
    assert len(card.description) > 60
    for sentence in (card.description, card.not_here, card.cost_note):
        assert not sentence or sentence.endswith(".")
    for listed in (card.strengths, card.weaknesses):
        assert len(listed) == 3
        assert not any(item.endswith(".") for item in listed)
    assert card.used_in
    assert len(card.flow) >= 4


@pytest.mark.parametrize("key", CARDS)
def test_ways_around_stages_lead_from_one_to_another(key):
    card = CARDS[key]
    if card.loops:
        start, end = card.loops
        assert 0 <= end < start < len(card.flow)
    for start, end in card.skips:
        assert 0 <= start < end - 1 < len(card.flow) - 1


@pytest.mark.parametrize("key", CARDS)
def test_a_card_names_its_network_or_says_why_there_is_none(key):
    card = CARDS[key]
    assert bool(card.network) != bool(card.not_here)
    assert bool(card.network) == bool(card.parameters and card.flops and card.cost_note)
    if card.network:
        assert card.trains_on in TASKS
        assert NETWORKS[card.network].label == card.label


def test_the_formulas_of_parameters_give_the_networks_own_counts():
    """The formulas of the cards, for the shapes of the networks that they name."""
    w, m, n_in, n_out = 16, 15, 8, 8  # the transformer that recalls
    counts = {
        "transformer": w * (n_in + 1) + 4 * w**2 + w * (2 * m + 1) + m + 6 * w + n_out * (w + 1),
        "rnn": 36 * (8 + 36 + 1) + 8 * 37,
        "lstm": 4 * 17 * (8 + 17 + 1) + 8 * 18,
        "gru": 3 * 20 * (8 + 20 + 1) + 8 * 21,
        "cnn": 8 * (9 + 1) + 16 * (9 * 8 + 1) + 10 * (64 + 1),
        "feedforward": 59 * 31 + 60,
        "autoencoder": 48 * 65 + 2 * 49 + 48 * 3 + 64 * 49,
    }
    for key, expected in counts.items():
        network = NETWORKS[CARDS[key].network]
        found = count_numbers(jax.eval_shape(network.init, jax.random.key(0)))
        assert found == expected, key
