"""How sure a share of successes is, when only so many were tried."""

from typing import NamedTuple


class Share(NamedTuple):
    """A share of successes and the interval that holds the true share with 95 % confidence."""

    share: float
    low: float
    high: float


def wilson_interval(successes, trials, *, z=1.959964):
    """P = k/n, and the interval (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).

    Unlike p +- z sqrt(p(1-p)/n) it stays inside 0..1 and says something at 0 of n and n of n.
    Raises ValueError unless 0 <= successes <= trials and trials > 0. z = 1.96 makes it 95 %.
    Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference".
    """
    if not 0 <= successes <= trials or trials == 0:
        raise ValueError(f"Expected 0 to {trials} successes of at least 1 trial, not {successes}.")
    share, z2 = successes / trials, z**2
    centre = share + z2 / (2 * trials)
    spread = z * (share * (1 - share) / trials + z2 / (4 * trials**2)) ** 0.5
    low, high = (
        max(0.0, min(1.0, (centre + side) / (1 + z2 / trials))) for side in (-spread, spread)
    )
    # At 0 of n and n of n the end is 0 or 1 exactly; rounding must not say otherwise.
    return Share(share, 0.0 if successes == 0 else low, 1.0 if successes == trials else high)
