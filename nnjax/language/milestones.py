"""Eleven milestones from the perceptron to today's language models, and how large each was."""

from nnjax.language.milestone import (
    COUNTED,
    ESTIMATED,
    PUBLISHED,
    LandmarkModel,
    Milestone,
    Size,
)


def multiply_adds(connections: float, examples: float) -> float:
    """6 operations for each connection and example: 2 forward, 4 backward."""
    return 6 * connections * examples


FIRST_NEURON = ("McCulloch and Pitts", 1943)  # an artificial neuron before the first that learned
PETAFLOP_DAY = 8.64e19  # operations: 10^15 a second for a day
# Rumelhart et al. (1986), figure 3: 24 people and 12 relations, 6 + 6, 12, 6, 24 people again.
FAMILY_TREES = 24 * 6 + 12 * 6 + 12 * 12 + 12 * 6 + 6 * 24
# Bahdanau et al. (2014), appendix A, biases left out: words, encoder there and back, decoder,
# alignment, readout. 30,000 words of 620 numbers on either side, layers of 1,000, maxout of 500.
RNN_SEARCH = (
    2 * 30_000 * 620
    + 2 * 3 * 1000 * (620 + 1000)
    + 3 * 1000 * (620 + 1000 + 2000) + 1000 * 1000
    + 1000 * (1000 + 2000 + 1)
    + 1000 * (1000 + 620 + 2000) + 30_000 * 500
)  # fmt: skip

_ROWS = (
    Milestone(
        key="perceptron",
        label="Perceptron",
        year=1958,
        authors="Frank Rosenblatt",
        text="A neuron whose weights are learned from examples, by a rule and not by hand: it "
        "finds a line between two classes whenever there is one. McCulloch and Pitts had drawn "
        "an artificial neuron in 1943, but theirs did not learn.",
        sources=("rosenblatt_1958", "mcculloch_pitts_1943", "hay_1960"),
        models=(
            LandmarkModel(
                label="Perceptron",
                year=1958,
                parameters=Size(
                    512 * 8, COUNTED,
                    "the Mark I machine, from its manual of 1960: 512 association units, each "
                    "joined to at most 8 responses",
                ),
            ),
        ),
    ),
    Milestone(
        key="xor",
        label="XOR problem",
        year=1969,
        authors="Marvin Minsky and Seymour Papert",
        text="A proof of what perceptrons of one layer cannot do, XOR among it. It is often "
        "blamed for the lean years that followed; how far it caused them is disputed. Hidden "
        "layers solve XOR, but nobody had a good way to train them yet.",
        sources=("minsky_papert_1969",),
        models=(
            LandmarkModel(
                label="XOR problem",
                year=1969,
                parameters=Size(known="a proof, no network"),
                operations=Size(known="a proof, nothing was trained"),
            ),
        ),
    ),
    Milestone(
        key="backpropagation",
        label="Backpropagation",
        year=1986,
        authors="David Rumelhart, Geoffrey Hinton and Ronald Williams",
        text="The chain rule, run backwards, tells every hidden weight how to change. Others had "
        "found it before; this paper showed that hidden units then learn useful features by "
        "themselves.",
        sources=("rumelhart_1986",),
        models=(
            LandmarkModel(
                label="Backpropagation",
                year=1986,
                parameters=Size(
                    FAMILY_TREES, COUNTED,
                    "the weights of figure 3, a network that learns family trees",
                ),
                operations=Size(
                    multiply_adds(FAMILY_TREES, 100 * 1500), COUNTED,
                    "6 for each weight, 100 examples, 1,500 sweeps",
                ),
            ),
        ),
    ),
    Milestone(
        key="lenet",
        label="LeNet and CNNs",
        year=1989,
        authors="Yann LeCun and colleagues",
        text="Kernels that slide over an image and share their weights learn, by "
        "backpropagation, to read handwritten digits from the post. LeNet-5, of 1998, is the "
        "best known of the family.",
        sources=("lecun_1989", "lecun_bottou_1998"),
        models=(
            LandmarkModel(
                label="LeNet",
                year=1989,
                parameters=Size(9760, PUBLISHED, "LeCun et al. (1989)"),
                operations=Size(
                    multiply_adds(64_660, 7291 * 23), COUNTED,
                    "6 for each of 64,660 connections, 7,291 digits, 23 passes",
                ),
            ),
            LandmarkModel(
                label="LeNet-5",
                year=1998,
                parameters=Size(60e3, PUBLISHED, "LeCun et al. (1998)"),
            ),
        ),
    ),
    Milestone(
        key="alexnet",
        label="AlexNet",
        year=2012,
        authors="Alex Krizhevsky, Ilya Sutskever and Geoffrey Hinton",
        text="A deep CNN of ReLUs, trained on two graphics cards, wins the ImageNet contest with "
        "15.3 per cent of errors against 26.2 for the next. From here on, training has grown "
        "faster than ever before.",
        sources=("krizhevsky_2012", "amodei_hernandez_2018"),
        models=(
            LandmarkModel(
                label="AlexNet",
                year=2012,
                parameters=Size(60e6, PUBLISHED, "Krizhevsky et al. (2012)"),
                operations=Size(4.7e17, ESTIMATED, "Amodei and Hernandez (2018)"),
            ),
        ),
    ),
    Milestone(
        key="attention",
        label="Attention",
        year=2014,
        authors="Dzmitry Bahdanau, Kyunghyun Cho and Yoshua Bengio",
        text="A translator that looks back at the whole sentence for every word it writes, and "
        "learns where to look. The sentence need no longer fit into one vector.",
        sources=("bahdanau_2014",),
        models=(
            LandmarkModel(
                label="Attention",
                year=2014,
                parameters=Size(
                    RNN_SEARCH, COUNTED,
                    "the matrices of the appendix, for RNNsearch, biases left out",
                ),
            ),
        ),
    ),
    Milestone(
        key="transformer",
        label="Transformer",
        year=2017,
        authors="Ashish Vaswani and colleagues",
        text="Attention alone, without a recurrent network: all positions of a text are worked on "
        "at the same time, which suits parallel hardware.",
        sources=("vaswani_2017",),
        models=(
            LandmarkModel(
                label="Transformer",
                year=2017,
                parameters=Size(213e6, PUBLISHED, "Vaswani et al. (2017), table 3, the big one"),
                operations=Size(2.3e19, PUBLISHED, "Vaswani et al. (2017), table 2"),
            ),
        ),
    ),
    Milestone(
        key="bert_gpt",
        label="BERT and GPT",
        year=2018,
        authors="Jacob Devlin and colleagues; Alec Radford and colleagues",
        text="Learn from a great deal of plain text first, by guessing words, then adapt to a task "
        "with few examples. BERT guesses words left out, GPT the next one.",
        sources=("devlin_2018", "radford_2018", "radford_2019", "brown_2020"),
        models=(
            LandmarkModel(
                label="GPT",
                year=2018,
                parameters=Size(117e6, PUBLISHED, "Radford et al. (2019), table 2"),
                operations=Size(
                    0.96 * PETAFLOP_DAY, PUBLISHED, "0.96 petaflop-days, Radford et al. (2018)"
                ),
            ),
            LandmarkModel(
                label="BERT large",
                year=2018,
                parameters=Size(340e6, PUBLISHED, "Devlin et al. (2018)"),
                operations=Size(5.33e20, ESTIMATED, "Brown et al. (2020), table D.1"),
            ),
        ),
    ),
    Milestone(
        key="gpt_3",
        label="GPT-3",
        year=2020,
        authors="Tom Brown and colleagues",
        text="The same recipe, a hundred times GPT-2. From a few examples in its prompt it does "
        "tasks that it was not trained for, some of them well. It read about 300 billion tokens; "
        "of its filtered web pages fewer than half.",
        sources=("brown_2020",),
        models=(
            LandmarkModel(
                label="GPT-3",
                year=2020,
                parameters=Size(175e9, PUBLISHED, "Brown et al. (2020)"),
                operations=Size(3.14e23, PUBLISHED, "Brown et al. (2020), table D.1"),
            ),
        ),
    ),
    Milestone(
        key="chatgpt",
        label="ChatGPT",
        year=2022,
        authors="OpenAI",
        text="A language model tuned on instructions and on people's preferences becomes a "
        "partner in conversation. For its published sibling InstructGPT that tuning took 65 "
        "petaflop-days, against 3,640 for GPT-3 itself.",
        sources=("openai_2022", "ouyang_2022"),
        models=(LandmarkModel(label="ChatGPT", year=2022),),
    ),
    Milestone(
        key="frontier",
        label="Frontier models",
        year=2023,
        authors="OpenAI, Anthropic, Google, Meta and others",
        text="GPT-4, Claude, Gemini, Llama and others read images too, use tools and act in "
        "several steps. Most of their makers publish neither size nor training; Meta does.",
        sources=("openai_2023", "patel_wong_2023", "epoch_2022", "grattafiori_2024"),
        models=(
            LandmarkModel(
                label="GPT-4",
                year=2023,
                parameters=Size(
                    1.8e12, ESTIMATED, "unconfirmed, analysts: Patel and Wong (2023)"
                ),
                operations=Size(2.1e25, ESTIMATED, "unconfirmed, Epoch AI"),
            ),
            LandmarkModel(
                label="Llama 3.1 405B",
                year=2024,
                parameters=Size(405e9, PUBLISHED, "Grattafiori et al. (2024)"),
                operations=Size(3.8e25, PUBLISHED, "Grattafiori et al. (2024)"),
            ),
        ),
    ),
)  # fmt: skip
MILESTONES: dict[str, Milestone] = {row.key: row for row in _ROWS}
