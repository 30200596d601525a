"""What a run is made from, where it may begin, and when it is to end. Knows no Streamlit."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from nnjax.data import DATASETS, DatasetSpec, prepare_dataset
from nnjax.data.prepare import Dataset
from nnjax.data.table import OwnData
from nnjax.networks import Parameters
from nnjax.training.config import TrainingConfig


@dataclass(frozen=True, kw_only=True)
class RunSettings:
    """What a run is made from: another value of any of these is another run."""

    dataset: str
    noise: float
    train_share: float
    seed: int
    features: tuple[str, ...] | None
    config: TrainingConfig
    own: OwnData | None = None  # a learner's own data, then used instead of `dataset`

    @property
    def spec(self) -> DatasetSpec:
        """The row of the data set."""
        return self.own.spec if self.own else DATASETS[self.dataset]

    def prepare(self) -> Dataset:
        """Return the data, made, shuffled and split as these settings say."""
        return prepare_dataset(
            self.spec,
            seed=self.seed,
            noise=self.noise,
            train_share=self.train_share,
            features=self.features,
        )


class Stop(NamedTuple):
    """When a run is to end by itself: a key of STOP_RULES, and what it compares with."""

    rule: str
    threshold: float


class Fork(NamedTuple):
    """A place on the film of a run, from which another may go on."""

    number: int  # of the run that was left
    epoch: float
    settings: RunSettings
    parameters: Parameters

    def fits(self, settings: RunSettings) -> bool:
        """Whether a run of these settings has the same data and the same network."""
        return replace(self.settings, config=settings.config) == settings and (
            self.settings.config.network == settings.config.network
        )
