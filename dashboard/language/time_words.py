"""What the laboratory "Timeline" says of milestones, of sizes and of how fast they have grown."""

import datetime

from dashboard.formulas import scientific
from dashboard.large_numbers import in_words, power_of_ten
from dashboard.wording import count
from nnjax.language.growth import Growth, growth, known_models
from nnjax.language.milestone import PUBLISHED, LandmarkModel, Milestone, Size
from nnjax.language.milestones import FIRST_NEURON, MILESTONES

MEASURES = {"parameters": "Parameters", "operations": "Training operations"}
QUESTION = (
    "Between AlexNet, 2012, and Llama 3.1, 2024, the operations spent on one training grew. By "
    "about how much?"
)
OPTIONS = {1e3: "A thousand times", 1e5: "A hundred thousand times", 1e8: "A hundred million times"}
NOTE = (
    "$s(t)$ is the size that the line gives to the year $t$, $d$ the time in which it doubles. "
    "These few rows are landmarks, not a sample. Over more than a hundred models Sevilla et al. "
    "(2022) find that training operations doubled about every 20 months before 2010 and about "
    "every 6 since."
)
IN_LLMS = (
    "What a training costs is $6ND$ operations for $N$ parameters and $D$ tokens: two forward and "
    "four backward for each parameter and token (Kaplan et al. 2020). Choose a model; the line "
    "through the models since 2012 says which year it belongs to."
)
NO_TREND = "**No trend**: {n}, and a line through so few says nothing about the next."


def say_size(size: Size, measure: str) -> str:
    """Return a size and how it is known: "175.0 billion, published (Brown et al. (2020))"."""
    if size.value is None:
        return size.known
    number = in_words(size.value) if measure == "parameters" else power_of_ten(size.value)
    return f"{number}, {size.known}: {size.by}"


def card(milestone: Milestone) -> str:
    """Return the milestone's text and what is known of its networks."""
    lines = [
        f"### {milestone.year}: {milestone.label}",
        f":gray[{milestone.authors}]",
        milestone.text,
    ]
    for model in milestone.models:
        name = f"{model.label}, {model.year}" if len(milestone.models) > 1 else "Size"
        lines.append(
            f"**{name}**\n"
            f"- parameters: {say_size(model.parameters, 'parameters')}\n"
            f"- training operations: {say_size(model.operations, 'operations')}"
        )
    return "\n\n".join(lines)


def span(year: int) -> str:
    """Say how long the road is."""
    first, last = MILESTONES["perceptron"].year, max(year, MILESTONES["frontier"].year)
    who, when = FIRST_NEURON
    return (
        f"From {first} to {last}: **{last - first} years**. {who} ({when}) came before, with an "
        "artificial neuron that did not learn."
    )


def trend(measure: str, since: int) -> str:
    """Say how fast the sizes have grown, from the rows of the table."""
    line, models = growth(measure, since), known_models(measure, since=since)
    what = MEASURES[measure].lower()
    unsure = sum(model.size(measure).known != PUBLISHED for _, model in models)
    said = f"{count(len(models), 'model')} since {since}, {unsure} of them not published figures"
    months = 12 * line.doubling_years
    if months < 0:
        pace = f"{what} **halve every {-months:.0f} months**"
    else:
        every = f"{months:.0f} months" if months < 24 else f"{months / 12:.1f} years"
        pace = f"{what} **double every {every}**, {10**line.slope:.1f} times a year"
    tail = " " + NO_TREND.format(n=count(len(models), "model")) if len(models) < 4 else ""
    return (
        f"Through {said}, the dashed line says: {pace}.{tail} Circles are published figures, "
        "diamonds counted here or estimated by others, crosses without a figure."
    )


def describe(measure: str, picked: Milestone) -> str:
    """Return the picture in words."""
    sizes = ", ".join(
        f"{model.label} {model.year}: {_short(model, measure)}"
        for _, model in known_models(measure)
    )
    return f"{MEASURES[measure]} by year. {sizes}. Picked: {picked.label}, {picked.year}."


def _short(model: LandmarkModel, measure: str) -> str:
    value = model.size(measure).value
    return in_words(value) if measure == "parameters" else power_of_ten(value)


def answer() -> tuple[str, str]:
    """Return the option that the rows support, and why."""
    ends = ("AlexNet", "Llama 3.1 405B")
    first, last = (_size(name, "operations") for name in ends)
    times, wider = last / first, _size(ends[1], "parameters") / _size(ends[0], "parameters")
    nearest = min(OPTIONS, key=lambda option: max(option / times, times / option))
    return OPTIONS[nearest], (
        f"{power_of_ten(last)} against {power_of_ten(first)} operations: "
        f"{in_words(times)} times as many, in 12 years. Parameters grew {wider:,.0f} times: the "
        "rest is more examples for each of them."
    )


def _size(name: str, measure: str) -> float:
    return next(m.size(measure).value for _, m in known_models(measure) if m.label == name)


def formulas(line: Growth, year: int) -> tuple[str, str]:
    """Return the line's formula, and the same with its numbers; and the years."""
    first = MILESTONES["perceptron"].year
    d = line.doubling_years
    return (
        rf"s(t) = s_0 \cdot 2^{{(t - t_0) / d}} = {scientific(line.at(line.first_year))} \cdot "
        rf"2^{{(t - {line.first_year}) / {d:.2f}}}, \qquad "
        rf"d = \frac{{\log_{{10}} 2}}{{{line.slope:.3f}}} = {d:.2f}\ \text{{years}}",
        rf"{year} - {first} = {year - first}\ \text{{years}}",
    )


def this_year() -> int:
    """Return the year in which the page is read."""
    return datetime.date.today().year


def sources(milestone: Milestone) -> tuple[str, ...]:
    """Return the papers of a milestone, then those of the trend."""
    keys = (*milestone.sources, "sevilla_2022", "epoch_2022", "kaplan_2020", "mcculloch_pitts_1943")
    return tuple(dict.fromkeys(keys))
