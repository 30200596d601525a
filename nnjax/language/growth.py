"""How fast networks have grown: a straight line through the logarithms of their sizes."""

from typing import NamedTuple

import numpy as np

from nnjax.language.milestone import LandmarkModel
from nnjax.language.milestones import MILESTONES


class Growth(NamedTuple):
    """A straight line through log10 of sizes: log10 s = start + slope (year - first year)."""

    start: float
    slope: float  # powers of ten a year
    first_year: int
    n_models: int

    @property
    def doubling_years(self) -> float:
        """log10(2) / slope: negative if sizes shrink."""
        return float(np.log10(2) / self.slope)

    def at(self, year: float) -> float:
        """The size that the line gives to a year."""
        return 10 ** (self.start + self.slope * (year - self.first_year))

    def year_of(self, size: float) -> float:
        """The year at which the line reaches a size."""
        return self.first_year + (np.log10(size) - self.start) / self.slope


def known_models(measure: str, *, since: int = 0) -> list[tuple[str, LandmarkModel]]:
    """(milestone, model) for every model whose "parameters" or "operations" are known."""
    return [
        (row.key, model)
        for row in MILESTONES.values()
        for model in row.models
        if model.size(measure).value is not None and model.year >= since
    ]


def growth(measure: str, since: int) -> Growth:
    """Least squares of log10 size on the year, over the models from `since` on: at least two."""
    models = [model for _, model in known_models(measure, since=since)]
    years = np.array([model.year - since for model in models], float)
    sizes = np.log10([model.size(measure).value for model in models])
    slope, start = np.polyfit(years, sizes, 1)
    return Growth(float(start), float(slope), since, len(models))
