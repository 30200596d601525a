"""The five parts of a nerve cell and what an artificial neuron makes of each."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the nerve cell and its partner."""

    key: str
    label: str  # in the nerve cell
    partner: str  # in the artificial neuron
    in_the_cell: str
    in_the_model: str
    left_out: str  # what a real part does beyond that


_ROWS = (
    Part(
        key="dendrites",
        label="Dendrites",
        partner="inputs",
        in_the_cell="Branches that take in what other cells send.",
        in_the_model="A list of numbers, $x_1$ to $x_3$.",
        left_out="A dendrite also computes: signals that meet on one branch can strengthen or "
        "cancel each other before they reach the cell body.",
    ),
    Part(
        key="synapses",
        label="Synapses",
        partner="weights",
        in_the_cell="Contacts where a signal crosses over, stronger at some than at others. Some "
        "excite the cell, some hold it back.",
        in_the_model="One number for each input, $w_1$ to $w_3$, positive or negative. Learning "
        "changes these and the bias, nothing else.",
        left_out="A synapse changes from moment to moment, sometimes fails to pass a signal on, "
        "and does not switch between exciting and holding back as a weight can.",
    ),
    Part(
        key="body",
        label="Cell body",
        partner="weighted sum",
        in_the_cell="Collects what the dendrites bring: its voltage rises and falls with them.",
        in_the_model="Every input times its weight, added up, plus a bias.",
        left_out="The voltage leaks away within milliseconds, so *when* signals arrive matters. "
        "The sum knows no time.",
    ),
    Part(
        key="hillock",
        label="Axon hillock",
        partner="activation",
        in_the_cell="The root of the axon: once the voltage there passes a threshold, the cell "
        "fires.",
        in_the_model="A function of the sum. The step is all or nothing; the sigmoid stands for "
        "how *often* a cell fires.",
        left_out="After each spike the cell needs a rest, and its threshold moves.",
    ),
    Part(
        key="terminals",
        label="Axon terminals",
        partner="output",
        in_the_cell="The far ends of the axon, which pass the spike on to other cells.",
        in_the_model="One number, which is an input to the neurons of the next layer.",
        left_out="A cell sends pulses, each like the last. Most artificial neurons send a number "
        "of any size.",
    ),
)
PARTS = {row.key: row for row in _ROWS}


def values(inputs: Sequence[float], weights: Sequence[float], bias: float, trace, bend: str):
    """Return what every part holds now, by its key; `bend` is "step" or "sigmoid"."""
    output = float(getattr(trace, bend))
    terms = " ".join(f"{'-' if c < 0 else '+'} {abs(c):.2f}" for c in [*trace.contributions, bias])
    sent = ("fires: 1" if output else "silent: 0") if bend == "step" else f"{output:.3f}"
    z = float(trace.preactivation)
    return {
        "dendrites": ", ".join(f"{x:.2f}" for x in inputs),
        "synapses": ", ".join(f"{w:.2f}" for w in weights),
        "body": f"{terms.removeprefix('+ ')} = {z:.3f}",
        "hillock": f"{bend}({z:.3f}) = {output:.3f}" if bend == "sigmoid" else _threshold(z),
        "terminals": sent,
    }


def _threshold(z: float) -> str:
    return f"{z:.3f} is {'above' if z > 0 else 'not above'} 0"
