"""What the laboratory "Build a network" says about the network that was built."""

from collections.abc import Sequence

from dashboard.architecture.own_stack import NOBODY, PICK, OwnStack
from dashboard.charts.forward import short
from dashboard.formulas import grouped
from dashboard.large_numbers import in_words
from nnjax.large_models.published_models import PUBLISHED_MODELS, PublishedModel, copies
from nnjax.networks import NetworkConfig

ASKED = NetworkConfig(n_in=10, hidden=(16,) * 6, n_out=10, activations=("relu",) * 6)
QUESTION = (
    "A network with 10 inputs, 10 outputs and 6 hidden layers of 16 neurons gets hidden layers "
    "of 32. How many times as many weights does it have then?"
)
OPTIONS = ("about 2 times", "between 3 and 4 times", "about 8 times")
FORMULA_NOTE = (
    "Every neuron has a weight for each number it is handed, and one bias. One input costs a "
    "multiplication and an addition for each weight, and an addition for each bias (*FLOPs*, "
    "floating point operations; activations are not counted). A parameter takes 4 bytes as float32."
)
_STAYS_EQUAL = (
    "Training mostly starts with biases of 0 too. Then all neurons of a hidden layer would get the "
    "same corrections and stay equal for ever."
)
_WHAT_LAYERS_DO = (
    "Each layer works on what the one before has made of the input. In networks that see images "
    "the first layers mostly come to answer to edges, later ones to shapes and then to whole "
    "things; nobody puts that in, training finds it."
)


def what_to_see(own: OwnStack, picked: str, drawn: int, connections: int) -> str:
    """Say how large the network is, how to read the picture, and what is left out of it."""
    if picked != NOBODY:
        return _neuron(own, picked)
    weights = sum(layer.weights for layer in own.count.layers)
    said = (
        f"**{own.title} has {own.count.parameters:,} parameters**: {weights:,} weights, one for "
        f"each connection, and {own.count.parameters - weights:,} biases, one for each neuron "
        "after the inputs. "
    )
    if not drawn:
        said += "Every weight is 0: no connection carries anything, whatever the inputs are. "
        return said + (_STAYS_EQUAL if own.config.hidden else "")
    said += "Solid blue is a positive weight, dashed orange a negative one; the thicker, the larger"
    if drawn < connections:
        return said + (
            f". **Drawn are {drawn:,} of {connections:,} connections**, the strongest into each "
            "neuron; click a neuron to see all of its own."
        )
    return said + ". Click a neuron to see its own."


def _neuron(own: OwnStack, picked: str) -> str:
    """Return a neuron's weights and bias."""
    column, unit = own.place(picked)
    name = PICK.say(picked)
    if column == 0:
        return (
            f"**{name}** has no weights of its own: it hands one number to each of the "
            f"{own.widths[1]} neurons of the next layer, which weigh it."
        )
    layer = own.layers[column - 1]
    weights = ", ".join(short(value) for value in layer.weights[unit].tolist())
    return (
        f"**{name}** adds {_count(layer.weights.shape[1], 'product')} and a bias of "
        f"**{short(float(layer.bias[unit]))}**. Its weights, from the top: {weights}."
    )


def layer_table(own: OwnStack) -> dict[str, list]:
    """Return what each layer costs, column by column; the last row is their sum."""
    count = own.count
    table = {
        "Weights": [layer.weights for layer in count.layers],
        "Biases": [layer.biases for layer in count.layers],
        "Parameters": [layer.parameters for layer in count.layers],
        "FLOPs": [layer.flops for layer in count.layers],
        "Bytes": [layer.parameter_bytes for layer in count.layers],
    }
    names = [own.column_name(column) for column in range(1, len(own.widths))]
    shapes = [f"{layer.n_out} × {layer.n_in}" for layer in count.layers]
    sums = {name: [*column, sum(column)] for name, column in table.items()}
    return {"Layer": [*names, "all"], "Shape": [*shapes, ""]} | sums


def formulas(own: OwnStack) -> tuple[str, ...]:
    """Return the counts with the learner's numbers."""
    shapes = own.config.layer_shapes
    parameters = " + ".join(rf"{n_out}\,({n_in} + 1)" for n_out, n_in in shapes)
    flops = " + ".join(rf"({2 * n_in} \cdot {n_out} + {n_out})" for n_out, n_in in shapes)
    return (
        rf"\text{{parameters}} = \sum_{{\text{{layers}}}} n_{{out}}\,(n_{{in}} + 1) = {parameters} "
        rf"= {grouped(own.count.parameters)}",
        rf"\text{{FLOPs}} = \sum_{{\text{{layers}}}} (2\, n_{{in}}\, n_{{out}} + n_{{out}}) = "
        rf"{flops} = {grouped(own.count.flops)}",
    )


def sizes(own: OwnStack) -> str:
    """Say what the scale shows, and what nobody outside knows."""
    last = PUBLISHED_MODELS["gpt_3"]
    return (
        "Each step of the scale is a thousandfold. "
        f"**{in_words(copies(last, own.count.parameters))} networks like yours** have as many "
        f"parameters as {last.label}. **The size of GPT-4 is not confirmed**: OpenAI's report does "
        "not give it, and about 1.8 trillion is what analysts estimated in 2023. Size is not all: "
        "attention, normalisation and shortcuts around layers make it possible to train so many. "
        + _WHAT_LAYERS_DO
    )


def doubled(asked: int, asked_after: int, before: int, after: int, own: OwnStack):
    """Return what doubling the hidden layers does: the option, and why."""
    ratio = asked_after / asked
    answer = OPTIONS[0] if ratio < 3 else OPTIONS[1] if ratio < 5 else OPTIONS[2]
    why = (
        f"It goes from {asked:,} to {asked_after:,} weights, {ratio:.1f} times. Between two hidden "
        "layers both sides double, so the weights are 4 times as many; only the first and the last "
        "layer, with one side fixed, have twice as many."
    )
    if own.config.hidden:
        why += f" Yours, {own.title}, would go from {before:,} to {after:,}, "
        why += f"{after / before:.1f} times."
    return answer, why


def describe(own: OwnStack, picked: str) -> str:
    """Return the diagram in words."""
    bends = ", ".join(own.config.activations) or "none"
    said = f"A network {own.title} with {own.count.parameters} parameters; activations: {bends}."
    return said if picked == NOBODY else f"{said} {_neuron(own, picked).replace('**', '')}"


def describe_sizes(own: OwnStack, models: Sequence[PublishedModel]) -> str:
    """Return the scale in words."""
    listed = ", ".join(f"{model.label} {in_words(model.n_parameters)}" for model in models)
    return (
        f"Parameters on a logarithmic scale: yours {own.count.parameters}, {listed} (the last an "
        "unconfirmed estimate)."
    )


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
