"""What a prediction deserves, in words that follow the slider."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One grade, for a truth that was given at least the probability `least`."""

    least: float
    stance: str  # how the prediction stands to the truth
    size: str  # the cross-entropy, in a word
    advice: str


_ROWS = (
    Verdict(least=0.95, stance="sure and right", size="tiny", advice="next to nothing to gain"),
    Verdict(least=0.80, stance="fairly sure and right", size="small", advice="a little to gain"),
    Verdict(
        least=0.505, stance="not sure, but on the right side", size="moderate",
        advice="there is room to improve",
    ),
    Verdict(
        least=0.495, stance="undecided", size="as large as for a tossed coin",
        advice="any lean the right way helps",
    ),
    Verdict(
        least=0.20, stance="not sure, and on the wrong side", size="large",
        advice="it should change its mind",
    ),
    Verdict(
        least=0.05, stance="fairly sure and wrong", size="very large",
        advice="it should change its mind soon",
    ),
    Verdict(
        least=0.0, stance="sure and wrong", size="extreme",
        advice="the nearer to certainty, the steeper",
    ),
)  # fmt: skip


def probability_of_truth(prediction: float, truth: int) -> float:
    """Return the probability that the prediction gives to what is true."""
    return prediction if truth else 1 - prediction


def verdict(prediction: float, truth: int) -> Verdict:
    """Return the grade of a probability for "yes", when the truth is 1 or 0."""
    given = probability_of_truth(prediction, truth)
    return next(row for row in _ROWS if given >= row.least)
