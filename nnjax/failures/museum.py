"""The museum of failures: broken runs that anybody can repeat, each beside its cure."""

from dataclasses import replace

from nnjax.failures.exhibits import Exhibit, Setup

_PLAIN = Setup()
_RELU = Setup(hidden=(8, 8), activation="relu", initializer="he", learning_rate=0.1)
_DIGITS = Setup(
    dataset="digits", hidden=(32,), activation="sigmoid", initializer="normal", loss="mse",
    learning_rate=0.1, batch_size=32, epochs=20,
)  # fmt: skip
_WINE = Setup(dataset="wine", hidden=(8,), epochs=100)
_STEP = Setup(hidden=(8, 8), learning_rate=0.1)
_NOISE = Setup(
    noise=50.0, train_share=0.1, hidden=(16, 16), activation="relu", initializer="he",
    optimizer="adam", learning_rate=0.01, epochs=320,
)  # fmt: skip
_DEEP_RELU = Setup(hidden=(32,) * 5, activation="relu", learning_rate=0.01, epochs=60)
_DEEP = Setup(hidden=(8,) * 6, activation="sigmoid", learning_rate=0.1, epochs=100)

_ROWS = (
    Exhibit(
        key="zero_weights",
        label="All weights zero",
        broken=replace(_PLAIN, initializer="zeros"),
        cured=_PLAIN,
        symptom="twins",
        story="Every weight starts at 0. All units of a layer then compute the same, get the same "
        "gradient and take the same step: a layer of four is a layer of one, for ever. Here not "
        "even that one learns, for a weight of 0 hands no gradient back.",
        cure="Random first weights (Xavier's): no two units are alike, so each can become "
        "something else.",
        source="lecun_1998",
    ),
    Exhibit(
        key="rate_too_high",
        label="Learning rate too high",
        broken=replace(_PLAIN, learning_rate=10.0),
        cured=_PLAIN,
        symptom="diverged",
        story="The rate is 10. Every step jumps across the valley and lands higher on the other "
        "side, where the slope is steeper and the next jump longer.",
        cure="A rate of 0.03: the steps are shorter than the valley is wide.",
        source="robbins_monro_1951",
    ),
    Exhibit(
        key="rate_too_low",
        label="Learning rate too low",
        broken=replace(_PLAIN, learning_rate=0.001),
        cured=_PLAIN,
        symptom="underfitting",
        story="The rate is 0.001. Nothing is wrong with any step, each is only far too short: "
        "after 200 epochs the network has hardly left its start.",
        cure="Thirty times the rate: the same way, in steps of a useful size.",
        source="robbins_monro_1951",
    ),
    Exhibit(
        key="dead_relus",
        label="Dead ReLUs",
        broken=replace(_RELU, learning_rate=3.0),
        cured=_RELU,
        symptom="dead",
        story="A rate of 3 with ReLU: one long step pushes a unit's bias so far down that its sum "
        "is negative for every example. It then puts out 0, its slope is 0, and no gradient ever "
        "reaches it again.",
        cure="A rate of 0.1: no step is long enough to throw a unit over the edge.",
        source="lu_2019",
    ),
    Exhibit(
        key="saturated_sigmoids",
        label="Saturated sigmoids, squared error",
        broken=_DIGITS,
        cured=replace(_DIGITS, initializer="xavier", loss=None),
        symptom="saturated",
        story="64 inputs, weights drawn with a standard deviation of 1: the sums are large, and "
        "half of the time a sigmoid sits on a flat end. The squared error of the softmax is flat "
        "as well wherever the network is sure and wrong.",
        cure="Xavier's smaller weights keep the sums where the sigmoid is steep, and "
        "cross-entropy is steep exactly where the network is wrong.",
        source="glorot_bengio_2010",
    ),
    Exhibit(
        key="unscaled_inputs",
        label="Inputs in their own units",
        broken=replace(_WINE, standardized=False),
        cured=_WINE,
        symptom="saturated",
        story="A wine's proline is about 700, its hue about 1. Taken as they are, the large "
        "columns alone fix every sum at tens or hundreds, far out on a flat end of tanh.",
        cure="Every column less its mean, over its standard deviation. The playground always "
        "does this, so only the cured run can be opened there.",
        source="lecun_1998",
    ),
    Exhibit(
        key="step_activation",
        label="Steps have no slope",
        broken=replace(_STEP, activation="step"),
        cured=_STEP,
        symptom="dead",
        story="The step, Rosenblatt's own activation: it is flat everywhere but at one place. "
        "Backpropagation multiplies by its slope, which is 0, so the hidden layers never move; "
        "only the output learns to weigh their random answers.",
        cure="Tanh: the same shape, with a slope.",
        source="rumelhart_1986",
    ),
    Exhibit(
        key="too_small",
        label="Too small a network",
        broken=replace(_PLAIN, hidden=(1,), learning_rate=0.1),
        cured=replace(_PLAIN, hidden=(8,), learning_rate=0.1),
        symptom="underfitting",
        story="One hidden unit can only cut the plane with one line. No line parts a disc from "
        "the ring around it, however long you train.",
        cure="Eight units: eight lines, and together they enclose the disc.",
        source="rumelhart_1986",
    ),
    Exhibit(
        key="no_activation",
        label="No activation",
        broken=replace(_STEP, activation="identity"),
        cured=_STEP,
        symptom="underfitting",
        story="Two hidden layers of eight, but the activation is the identity. A chain of linear "
        "layers is one linear layer: the border is a straight line.",
        cure="Tanh between the layers: now depth is worth something.",
        source="rumelhart_1986",
    ),
    Exhibit(
        key="memorised_noise",
        label="Memorised noise",
        broken=_NOISE,
        cured=replace(_NOISE, train_share=0.8, epochs=40),
        symptom="overfitting",
        story="Fifty points, 50% noise, and 337 parameters to remember them with. The training "
        "loss falls and falls; on new points the network gets worse, and surer of it.",
        cure="Eight times as many points, an eighth of the epochs, so as many updates: there is "
        "too much noise to remember, and the rule is what is left to learn.",
        source="krogh_hertz_1991",
    ),
    Exhibit(
        key="exploding_depth",
        label="Exploding depth",
        broken=replace(_DEEP_RELU, initializer="normal"),
        cured=replace(_DEEP_RELU, initializer="he"),
        symptom="exploding",
        story="Five layers of 32 ReLUs, weights with a standard deviation of 1. Each layer makes "
        "the signal about four times as large on the way there, and the gradient on the way back.",
        cure="He's weights, smaller by that factor: signal and gradient keep their size.",
        source="he_2015",
    ),
    Exhibit(
        key="vanishing_depth",
        label="Vanishing depth",
        broken=_DEEP,
        cured=replace(_DEEP, activation="tanh"),
        symptom="vanishing",
        story="Six layers of sigmoids. Their slope is at most a quarter, so each layer passes back "
        "less than it gets: hardly anything reaches the first.",
        cure="Tanh, whose slope at 0 is 1, with the same weights.",
        source="glorot_bengio_2010",
    ),
    Exhibit(
        key="too_much_decay",
        label="Too much regularisation",
        broken=replace(_PLAIN, regularizer="l2", penalty=0.3),
        cured=replace(_PLAIN, regularizer="l2", penalty=0.001),
        symptom="underfitting",
        story="An L2 rate of 0.3 pulls every weight towards 0 harder than the data pull it away. "
        "The best that is left is to answer the same for every point.",
        cure="A rate of 0.001: a gentle pull, which only the useless weights give in to.",
        source="krogh_hertz_1991",
    ),
)
EXHIBITS = {row.key: row for row in _ROWS}
