"""Runs for the tests of the playground, made as the page makes them."""

import functools

from dashboard.playground import settings
from dashboard.playground.run import Run


def values_with(**changed):
    """Return every control's default, with some of them changed."""
    return {control.key: control.default for control in settings.CONTROLS} | changed


def make_run(*, fork=None, stop=None, **changed) -> Run:
    """Return a run that has made no step."""
    values = values_with(**changed)
    run_settings, _ = settings.run_settings(values)
    return Run(run_settings, settings.hyperparameters(values), fork=fork, stop=stop)


@functools.cache
def trained_run(epochs=2, **changed) -> Run:
    """Return a run after a few epochs; shared, not to be trained further."""
    run = make_run(**changed)
    run.train_to(epochs, n_frames=2, budget=60)
    return run
