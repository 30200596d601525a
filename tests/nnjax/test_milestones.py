"""Milestones: their sizes against the papers and against each other; the line through them."""

import numpy as np
import pytest

from nnjax.language.growth import Growth, growth, known_models
from nnjax.language.milestone import UNKNOWN
from nnjax.language.milestones import MILESTONES, multiply_adds
from nnjax.large_models.published_models import PUBLISHED_MODELS
from nnjax.large_models.training_cost import training_flops
from nnjax.sources import SOURCES

MODELS = {model.label: model for row in MILESTONES.values() for model in row.models}


def test_eleven_milestones_from_1958_in_the_order_of_years():
    years = [row.year for row in MILESTONES.values()]
    assert len(years) == 11
    assert years == sorted(years)
    assert years[0] == 1958
    assert 2026 - years[0] == 68


@pytest.mark.parametrize("key", MILESTONES)
def test_a_row_is_complete_and_says_how_each_size_is_known(key):
    row = MILESTONES[key]
    assert row.authors
    assert row.text
    assert all(source in SOURCES for source in row.sources)
    assert row.models
    for model in row.models:
        for size in (model.parameters, model.operations):
            assert (size.value is None) == (not size.by)
            assert size.known != UNKNOWN or size.value is None


def test_sizes_agree_with_the_other_table_of_the_application():
    pairs = {"LeNet-5": "lenet_5", "AlexNet": "alexnet", "BERT large": "bert_large",
             "GPT-3": "gpt_3", "GPT-4": "gpt_4"}  # fmt: skip
    for label, key in pairs.items():
        assert MODELS[label].parameters.value == PUBLISHED_MODELS[key].n_parameters
    assert "unconfirmed" in MODELS["GPT-4"].parameters.by
    assert MODELS["ChatGPT"].parameters.value is None


def test_what_is_counted_here_and_what_was_published_fit_together():
    assert MODELS["Backpropagation"].parameters.value == 576
    np.testing.assert_allclose(MODELS["Attention"].parameters.value, 80.4e6, rtol=1e-3)
    assert multiply_adds(2, 3) == 36
    published = MODELS["GPT-3"].operations.value
    np.testing.assert_allclose(training_flops(175e9, 300e9).total, published, rtol=0.01)
    llama = MODELS["Llama 3.1 405B"].operations.value
    np.testing.assert_allclose(training_flops(405e9, 15.6e12).total, llama, rtol=0.01)


def test_growth_is_the_line_through_the_logarithms():
    line = growth("operations", 2012)
    models = [model for _, model in known_models("operations", since=2012)]
    years = [model.year for model in models]
    sizes = np.log10([model.operations.value for model in models])
    assert line.n_models == len(models) == 7
    slope = np.cov(years, sizes)[0, 1] / np.var(years, ddof=1)
    np.testing.assert_allclose(line.slope, slope, rtol=1e-9)
    np.testing.assert_allclose(12 * line.doubling_years, 4.9, atol=0.1)
    np.testing.assert_allclose(line.year_of(line.at(2020)), 2020)
    exact = Growth(3.0, np.log10(2), 2000, 5)
    assert exact.doubling_years == pytest.approx(1)
    assert exact.at(2003) == pytest.approx(8000)
    assert growth("parameters", 2021).doubling_years < 0
