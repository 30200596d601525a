"""How a budget of operations is best shared between parameters and tokens."""

from typing import NamedTuple

from nnjax.large_models.training_cost import training_flops

TOKENS_PER_PARAMETER = 20  # Hoffmann et al. (2022): about, at the best share
OPERATIONS = training_flops(1, 1).total  # 6 for each parameter and token


class Share(NamedTuple):
    """One way to spend the budget."""

    parameters: float
    tokens: float


def best_share(flops: float) -> Share:
    """N = sqrt(C / (6 r)) and D = r N, for r tokens a parameter, so that 6 N D = C.

    Source: Hoffmann et al. (2022), whose Chinchilla has 70 billion parameters and 1.4 trillion
    tokens.
    """
    parameters = (flops / (OPERATIONS * TOKENS_PER_PARAMETER)) ** 0.5
    return Share(parameters, TOKENS_PER_PARAMETER * parameters)


def expected_loss(parameters: float, tokens: float) -> float:
    """L = 1.69 + 406.4 / N^0.34 + 410.7 / D^0.28, nats a token.

    Source: Hoffmann et al. (2022), equation 10; Besiroglu et al. (2024) find other numbers in
    the same data.
    """
    return 1.69 + 406.4 / parameters**0.34 + 410.7 / tokens**0.28
