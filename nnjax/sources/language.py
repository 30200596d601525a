"""Sources on what happens around a language model: tokens, caches, and reading its attention."""

from nnjax.sources.row import Source

ROWS = (
    Source(
        key="gage_1994",
        authors="Gage",
        year=1994,
        title="A new algorithm for data compression",
        venue="The C Users Journal 12(2)",
        url="https://www.derczynski.com/papers/archive/BPE_Gage.pdf",
    ),
    Source(
        key="sennrich_2016",
        authors="Sennrich, Haddow and Birch",
        year=2016,
        title="Neural machine translation of rare words with subword units",
        venue="ACL",
        url="https://arxiv.org/abs/1508.07909",
    ),
    Source(
        key="petrov_2023",
        authors="Petrov, La Malfa, Torr and Bibi",
        year=2023,
        title="Language model tokenizers introduce unfairness between languages",
        venue="NeurIPS",
        url="https://arxiv.org/abs/2305.15425",
    ),
    Source(
        key="shazeer_2019",
        authors="Shazeer",
        year=2019,
        title="Fast transformer decoding: one write-head is all you need",
        venue="arXiv",
        url="https://arxiv.org/abs/1911.02150",
    ),
    Source(
        key="pope_2022",
        authors="Pope et al.",
        year=2022,
        title="Efficiently scaling transformer inference",
        venue="arXiv; MLSys 2023",
        url="https://arxiv.org/abs/2211.05102",
    ),
    Source(
        key="ainslie_2023",
        authors="Ainslie et al.",
        year=2023,
        title="GQA: training generalized multi-query transformer models from multi-head"
        " checkpoints",
        venue="EMNLP",
        url="https://arxiv.org/abs/2305.13245",
    ),
    Source(
        key="jain_wallace_2019",
        authors="Jain and Wallace",
        year=2019,
        title="Attention is not explanation",
        venue="NAACL",
        url="https://arxiv.org/abs/1902.10186",
    ),
    Source(
        key="olsson_2022",
        authors="Olsson et al.",
        year=2022,
        title="In-context learning and induction heads",
        venue="Transformer Circuits Thread",
        url="https://arxiv.org/abs/2209.11895",
    ),
)
