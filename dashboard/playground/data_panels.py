"""The playground's views of the data: projection, confusion, digits, errors. No plane needed."""

import numpy as np

from dashboard.chart import Panel
from dashboard.charts import confusion, errors, projection
from dashboard.playground.shot import Shot
from nnjax.data import DatasetSpec, project_two_components
from nnjax.responses import confusion_matrices, predictions, test_histograms

N_DIGITS = 40


def projection_panel(shot: Shot) -> tuple[Panel, dict]:
    """Draw the data on two components, coloured by what the network says of each example."""
    spec, data, rows = shot.spec, shot.run.data, shot.drawn
    inputs = np.asarray(data.inputs)[rows]
    truth = np.asarray(data.labels if spec.n_classes else data.targets[:, 0])[rows]
    answers = _answers(shot, inputs)
    scores, explained, names = _places(inputs, truth, spec)
    info = projection.Projected(
        scores,
        truth,
        predicted_classes(answers) if spec.n_classes else answers[..., 0],
        explained,
        spec.class_names,
        names,
    )
    what = "projected on two components" if names is None else "by input and truth"
    alt = f"{spec.label} {what}, coloured by what the network predicts."
    figure = projection.plot_projection(info, shot.palette)
    return Panel(figure=figure, alt=alt, height=360), projection.projection_tracks(info)


def _places(inputs: np.ndarray, truth: np.ndarray, spec: DatasetSpec):
    """Return where to draw the rows, the shares of variance, and names for the axes if any."""
    if inputs.shape[1] > 1:
        flat = project_two_components(inputs)
        return np.asarray(flat.scores), np.asarray(flat.explained), None
    height = truth - truth.mean() if spec.n_classes else truth
    kind = "class" if spec.n_classes else "value"
    names = (f"{spec.feature_names[0]}, scaled", f"true {kind}, centred")
    return np.stack([inputs[:, 0], height], axis=1), np.array([1.0, 0.0]), names


def confusion_panel(shot: Shot) -> tuple[Panel, dict]:
    """Draw the test examples by true and predicted class."""
    tables = shot.apply(
        confusion_matrices,
        shot.run.data,
        config=shot.run.config.network,
        n_classes=shot.spec.n_classes,
    )
    right, total = np.trace(tables[-1]), tables[-1].sum()
    alt = f"Confusion matrix of the test examples: {right} of {total} right."
    figure = confusion.plot_confusion(tables[-1], shot.spec.class_names, shot.palette)
    tracks = {(0, "z"): confusion.row_shares(tables).astype(np.float32), (0, "text"): tables}
    return Panel(figure=figure, alt=alt, height=270), tracks


def digits_panel(shot: Shot) -> tuple[Panel, dict]:
    """Draw test digits with the network's answers."""
    data = shot.run.data
    rows = slice(int(data.n_train), int(data.n_train) + N_DIGITS)
    info = projection.Digits(
        np.asarray(data.raw)[rows].reshape(-1, *shot.spec.image_shape),
        np.asarray(data.labels)[rows],
        predicted_classes(_answers(shot, data.inputs))[:, rows],
    )
    wrong = int((info.predicted[-1] != info.labels).sum())
    alt = f"{len(info.labels)} test digits with the network's answers; {wrong} of them are wrong."
    figure = projection.plot_digits(info, shot.palette)
    return Panel(figure=figure, alt=alt, height=270), projection.digit_tracks(info)


def histogram_panel(shot: Shot) -> tuple[Panel, dict]:
    """Draw how sure of the truth (classes) or how far off (values) the test predictions are."""
    config = shot.run.config
    counts = shot.apply(test_histograms, shot.run.data, config=config.network, task=config.task)
    if config.task == "regression":
        figure, what = errors.plot_error_counts(counts[-1], shot.palette), "error"
    else:
        figure = errors.plot_sureness(counts[-1], shot.palette)
        what = "probability of the true class"
    alt = f"Histogram of the test examples by {what}: {counts[-1].tolist()}."
    return Panel(figure=figure, alt=alt, height=270), {(0, "y"): counts}


def values_panel(shot: Shot) -> tuple[Panel, dict]:
    """Draw predicted against true values of the test examples."""
    data = shot.run.data
    rows = shot.drawn
    answers = _answers(shot, np.asarray(data.inputs)[rows])[..., 0]
    is_test = rows >= int(data.n_train)
    truth = np.asarray(data.targets)[rows, 0][is_test]
    figure = errors.plot_predicted(truth, answers[-1, is_test], shot.palette)
    alt = f"Predicted against true value of {len(truth)} test examples."
    return Panel(figure=figure, alt=alt, height=270), {(1, "y"): answers[:, is_test]}


def predicted_classes(answers: np.ndarray) -> np.ndarray:
    """Return the likeliest class from predictions (..., n_out); one output means two classes."""
    return (answers[..., 0] > 0.5) * 1 if answers.shape[-1] == 1 else answers.argmax(axis=-1)


def _answers(shot: Shot, inputs) -> np.ndarray:
    config = shot.run.config
    return shot.apply(predictions, inputs, config=config.network, task=config.task)
