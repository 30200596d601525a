"""Networks that made history, and how many parameters their papers count."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PublishedModel:
    """One model. `source` is a key of `nnjax.sources.SOURCES`."""

    key: str
    label: str
    year: int
    n_parameters: float
    confirmed: bool  # whether those who made it have published the number
    note: str
    source: str


def copies(model: PublishedModel, n_parameters: int) -> float:
    """How many networks of `n_parameters` have as many parameters as the model, together."""
    return model.n_parameters / n_parameters


_ROWS = (
    PublishedModel(
        key="lenet_5",
        label="LeNet-5",
        year=1998,
        n_parameters=60e3,
        confirmed=True,
        note="Reads handwritten digits; convolutions share weights between places.",
        source="lecun_bottou_1998",
    ),
    PublishedModel(
        key="alexnet",
        label="AlexNet",
        year=2012,
        n_parameters=60e6,
        confirmed=True,
        note="Names what is in a photograph; won the ImageNet contest by a wide margin.",
        source="krizhevsky_2012",
    ),
    PublishedModel(
        key="bert_base",
        label="BERT base",
        year=2018,
        n_parameters=110e6,
        confirmed=True,
        note="Reads text in both directions.",
        source="devlin_2018",
    ),
    PublishedModel(
        key="bert_large",
        label="BERT large",
        year=2018,
        n_parameters=340e6,
        confirmed=True,
        note="The same with 24 layers instead of 12.",
        source="devlin_2018",
    ),
    PublishedModel(
        key="gpt_2",
        label="GPT-2",
        year=2019,
        n_parameters=1.5e9,
        confirmed=True,
        note="Writes text, token by token.",
        source="radford_2019",
    ),
    PublishedModel(
        key="gpt_3",
        label="GPT-3",
        year=2020,
        n_parameters=175e9,
        confirmed=True,
        note="96 layers, each 12,288 numbers wide.",
        source="brown_2020",
    ),
    PublishedModel(
        key="gpt_4",
        label="GPT-4",
        year=2023,
        n_parameters=1.8e12,
        confirmed=False,
        note="OpenAI has not published its size: an unconfirmed estimate by analysts.",
        source="patel_wong_2023",
    ),
)
PUBLISHED_MODELS = {row.key: row for row in _ROWS}
