"""An example's numbers follow from one another, by plain arithmetic on what the page shows."""

import numpy as np
import pytest
from playground_runs import trained_run

from dashboard.playground import one_example
from dashboard.playground.weights import layer_table
from nnjax.training.one_example import follow_example


@pytest.mark.parametrize("row", [0, 17, 300])
def test_the_loss_follows_from_the_shown_numbers_by_hand(row):
    run = trained_run()
    parts = follow_example(run.parameters, run.data, row, config=run.config)
    inputs, units = one_example.input_table(run, row), one_example.unit_table(run, parts)
    values = (inputs["value"] - inputs["mean"]) / inputs["deviation"]
    np.testing.assert_allclose(values, inputs["standardised"], atol=1e-5)
    shown = units["preactivation"].to_numpy()
    for layer in range(3):
        table = layer_table(run, layer)
        sums = table["bias"] + table.iloc[:, 2:].to_numpy() @ values.to_numpy()
        np.testing.assert_allclose(sums, shown[: len(sums)], rtol=1e-4, atol=1e-5)
        shown, values = shown[len(sums) :], np.tanh(sums)
    probability = 1 / (1 + np.exp(-sums.iloc[0]))
    truth = float(run.data.targets[row, 0])
    assert probability == pytest.approx(float(parts.prediction[0]), rel=1e-4)
    by_hand = -np.log(probability if truth else 1 - probability)
    assert float(parts.loss) == pytest.approx(by_hand, rel=1e-3)
    assert f"{float(parts.loss):.4f}" in one_example.describe(run, row, parts)


def test_the_mean_of_the_examples_is_the_loss_in_the_picture():
    run = trained_run()
    n_train = int(run.data.n_train)
    losses = [
        float(follow_example(run.parameters, run.data, row, config=run.config).loss)
        for row in range(n_train)
    ]
    assert np.mean(losses) == pytest.approx(float(run.film.train_loss[-1]), rel=1e-4)


@pytest.mark.parametrize("data", ["iris", "diabetes", "digits"])
def test_every_kind_of_task_is_told(data):
    run = trained_run(data=data)
    parts = follow_example(run.parameters, run.data, 3, config=run.config)
    assert "Example 4 is a training example" in one_example.describe(run, 3, parts)
    assert len(one_example.input_table(run, 3)) == run.config.network.n_in
