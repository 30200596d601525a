"""Each diagnosis on made-up vitals, and the units' state on networks made by hand."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from networks_for_tests import network_of, prepare_cached, random_parameters

from nnjax.failures.diagnoses import DIAGNOSES, examine, find
from nnjax.failures.vitals import UnitVitals, Vitals, unit_vitals
from nnjax.layers import Dense
from nnjax.sources import SOURCES
from nnjax.training.config import TrainingConfig

N = 9


def vitals(**changed):
    """Return a run that went well, with some of its vitals changed."""
    falling = np.geomspace(0.7, 0.01, N)
    units = {name: np.zeros(N) for name in UnitVitals._fields}
    units |= {name: changed.pop(name) for name in list(changed) if name in units}
    healthy = Vitals(
        epochs=np.arange(N),
        train_loss=falling,
        test_loss=1.1 * falling,
        train_accuracy=np.linspace(0.5, 1, N),
        gradient_norms=np.ones((N, 3)),
        units=UnitVitals(**units),
        diverged=False,
    )
    return healthy._replace(**changed)


RISING = np.r_[np.geomspace(0.7, 0.2, 5), 0.3, 0.4, 0.5, 0.6]
UNLEARNED = np.full(N, 0.5)
ILL = {
    "diverged": {"train_loss": np.r_[np.full(8, 0.7), np.nan]},
    "exploding": {"gradient_norms": np.full((N, 3), 250.0)},
    "vanishing": {"gradient_norms": np.tile([1e-4, 0.1, 1.0], (N, 1))},
    "twins": {"twins": np.ones(N)},
    "dead": {"dead": np.linspace(0, 0.5, N)},
    "saturated": {"saturated": np.full(N, 0.6)},
    "overfitting": {"test_loss": RISING},
    "underfitting": {"train_accuracy": UNLEARNED},
    "plateau": {"train_accuracy": UNLEARNED, "train_loss": np.full(N, 0.69)},
    "crawling": {"train_accuracy": UNLEARNED},
    "neglected": {"accuracy_gap": np.full(N, 0.4)},
}


def ill_of(one):
    return {finding.diagnosis.key for finding in examine(one) if finding.holds}


def test_a_run_that_went_well_is_healthy():
    assert ill_of(vitals()) == set()
    assert set(ILL) == set(DIAGNOSES)


@pytest.mark.parametrize("key", DIAGNOSES)
def test_each_is_found_where_it_is(key):
    found = ill_of(vitals(**dict(ILL[key])))
    also = {"underfitting"} if key in ("plateau", "crawling") else set()
    also |= {"crawling"} if key == "underfitting" else set()
    assert found == {key} | also
    assert DIAGNOSES[key].source in SOURCES


def test_a_run_that_the_engine_found_to_diverge_has():
    assert find("diverged", vitals(diverged=True)).value == 10


def test_the_untrained_network_alone_is_not_ill():
    one = vitals(train_accuracy=UNLEARNED)
    diverged, units = one.diverged, one.units
    arrays = jax.tree.map(lambda values: values[:1], one._replace(diverged=None, units=None))
    first = arrays._replace(diverged=diverged, units=jax.tree.map(lambda v: v[:1], units))
    assert ill_of(first) == set()


def config_of(network):
    return TrainingConfig(network=network, task="binary", loss="binary_cross_entropy")


def test_dead_units_and_twins_by_hand():
    data = prepare_cached("circle")
    network = network_of(2, 4, 1, activation="relu")
    weights = jnp.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    bias = jnp.array([0.0, 0.0, 0.0, -1000.0])  # two twins; the last never fires
    parameters = (Dense(weights, bias), *random_parameters(network)[1:])
    found = unit_vitals(parameters, data, config=config_of(network))
    assert found.dead == pytest.approx(0.25)
    assert found.twins == pytest.approx(0.5)
    assert found.saturated == 0


def test_saturated_units_and_the_worst_class_by_hand():
    data = prepare_cached("circle")
    network = network_of(2, 2, 1, activation="sigmoid")
    hidden = Dense(jnp.array([[0.1, 0.0], [0.0, 0.1]]), jnp.array([0.0, 50.0]))
    always = Dense(jnp.zeros((1, 2)), jnp.array([1.0]))  # says "yes" to all
    found = unit_vitals((hidden, always), data, config=config_of(network))
    assert found.saturated == pytest.approx(0.5)  # the second unit, on every row
    is_yes = np.asarray(data.targets)[: int(data.n_train), 0].mean()
    assert found.accuracy_gap == pytest.approx(is_yes, abs=1e-6)


def test_a_network_without_hidden_layers_has_no_units():
    data = prepare_cached("circle")
    network = network_of(2, 1)
    found = unit_vitals(random_parameters(network), data, config=config_of(network))
    assert [float(x) for x in jax.device_get(found[:3])] == [0, 0, 0]
