"""A made-up table, in the form in which a learner brings their own: who cycles to work, when."""

import numpy as np

HEADER = ("temperature_c", "wind_km_h", "sky", "cycles")
SKIES = ("sunny", "cloudy", "rain")
N_ROWS, N_MISSING = 240, 6


def example_rows(seed: int = 0) -> list[tuple[str, ...]]:
    """Draw N_ROWS days: someone cycles if 8 < temperature < 28, wind < 30 and it does not rain.

    One answer in twenty is the other one, and N_MISSING winds are missing. No line through the
    inputs decides: it is neither too cold nor too hot.
    """
    rng = np.random.default_rng(seed)
    temperature = rng.uniform(-5, 38, N_ROWS).round(1)
    wind = rng.gamma(3.0, 6.0, N_ROWS).round(0)
    sky = rng.choice(SKIES, N_ROWS, p=(0.5, 0.3, 0.2))
    pleasant = (temperature > 8) & (temperature < 28) & (wind < 30) & (sky != "rain")
    cycles = np.where(pleasant ^ (rng.random(N_ROWS) < 0.05), "yes", "no")
    winds = [f"{value:.0f}" for value in wind]
    for index in rng.choice(N_ROWS, N_MISSING, replace=False):
        winds[index] = ""
    return [(f"{temperature[i]:.1f}", winds[i], str(sky[i]), str(cycles[i])) for i in range(N_ROWS)]


def example_csv(seed: int = 0) -> str:
    """Return the rows as the text of a CSV file."""
    return "\n".join(",".join(row) for row in [HEADER, *example_rows(seed)]) + "\n"
