"""What one forward pass through a large language model costs: operations, time and memory."""

from typing import NamedTuple

FLOPS_PER_WEIGHT = 2  # a multiplication and an addition, for each token


class PassCost(NamedTuple):
    """One pass over a prompt."""

    flops: float
    seconds: float  # at the utilisation asked for
    weight_bytes: float
    weight_bytes_per_device: float


def forward_flops(n_parameters: float, n_tokens: float) -> float:
    """2 N T: each of N weights multiplies and adds once for each of T tokens.

    Source: Kaplan et al. (2020), section 2.1; embeddings and attention's own products left out.
    """
    return FLOPS_PER_WEIGHT * n_parameters * n_tokens


def attention_flops(n_layers: int, width: int, n_tokens: int) -> float:
    """2 L T d for each of T tokens: what comparing the tokens with each other adds.

    Source: Kaplan et al. (2020), table 1.
    """
    return 2.0 * n_layers * n_tokens * width * n_tokens


def pass_seconds(flops: float, *, n_devices: int, peak: float, utilization: float) -> float:
    """T = F / (G P u): G devices with a peak of P operations a second, a share u of it used."""
    return flops / (n_devices * peak * utilization)


def utilization(flops: float, *, n_devices: int, peak: float, seconds: float) -> float:
    """U = F / (G P T): the share of the peak that a measured time means; above 1 it cannot be.

    Source: Chowdhery et al. (2022), section 4.1, who call it model FLOPs utilisation.
    """
    return flops / (n_devices * peak * seconds)


def pass_cost(
    *,
    n_parameters: float,
    n_tokens: float,
    n_devices: int,
    peak: float,
    utilization: float,
    bytes_per_weight: float,
) -> PassCost:
    """The cost of one pass over a prompt, its weights dealt out evenly to the devices."""
    flops = forward_flops(n_parameters, n_tokens)
    held = n_parameters * bytes_per_weight
    seconds = pass_seconds(flops, n_devices=n_devices, peak=peak, utilization=utilization)
    return PassCost(flops, seconds, held, held / n_devices)
