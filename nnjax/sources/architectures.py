"""Sources on the architectures: who wrote each of them down first, or best."""

from nnjax.sources.row import Source

ROWS = (
    Source(
        key="elman_1990",
        authors="Elman",
        year=1990,
        title="Finding structure in time",
        venue="Cognitive Science 14",
        url="https://doi.org/10.1207/s15516709cog1402_1",
    ),
    Source(
        key="alpaydin_kaynak_1998",
        authors="Alpaydin and Kaynak",
        year=1998,
        title="Optical recognition of handwritten digits",
        venue="UCI Machine Learning Repository",
        url="https://doi.org/10.24432/C50P49",
    ),
    Source(
        key="gers_2000",
        authors="Gers, Schmidhuber and Cummins",
        year=2000,
        title="Learning to forget: continual prediction with LSTM",
        venue="Neural Computation 12",
        url="https://doi.org/10.1162/089976600300015015",
    ),
    Source(
        key="hinton_salakhutdinov_2006",
        authors="Hinton and Salakhutdinov",
        year=2006,
        title="Reducing the dimensionality of data with neural networks",
        venue="Science 313",
        url="https://doi.org/10.1126/science.1127647",
    ),
    Source(
        key="cho_2014",
        authors="Cho et al.",
        year=2014,
        title="Learning phrase representations using RNN encoder-decoder for statistical machine"
        " translation",
        venue="EMNLP",
        url="https://arxiv.org/abs/1406.1078",
    ),
    Source(
        key="goodfellow_2014",
        authors="Goodfellow et al.",
        year=2014,
        title="Generative adversarial nets",
        venue="NIPS",
        url="https://arxiv.org/abs/1406.2661",
    ),
    Source(
        key="kipf_welling_2016",
        authors="Kipf and Welling",
        year=2016,
        title="Semi-supervised classification with graph convolutional networks",
        venue="arXiv; ICLR 2017",
        url="https://arxiv.org/abs/1609.02907",
    ),
    Source(
        key="hendrycks_gimpel_2017",
        authors="Hendrycks and Gimpel",
        year=2017,
        title="A baseline for detecting misclassified and out-of-distribution examples in neural"
        " networks",
        venue="ICLR",
        url="https://arxiv.org/abs/1610.02136",
    ),
    Source(
        key="guo_2017",
        authors="Guo, Pleiss, Sun and Weinberger",
        year=2017,
        title="On calibration of modern neural networks",
        venue="ICML",
        url="https://arxiv.org/abs/1706.04599",
    ),
    Source(
        key="tallec_ollivier_2018",
        authors="Tallec and Ollivier",
        year=2018,
        title="Can recurrent neural networks warp time?",
        venue="ICLR",
        url="https://arxiv.org/abs/1804.11188",
    ),
    Source(
        key="ho_2020",
        authors="Ho, Jain and Abbeel",
        year=2020,
        title="Denoising diffusion probabilistic models",
        venue="NeurIPS",
        url="https://arxiv.org/abs/2006.11239",
    ),
    Source(
        key="deepseek_2024",
        authors="DeepSeek-AI",
        year=2024,
        title="DeepSeek-V2: a strong, economical, and efficient mixture-of-experts language model",
        venue="arXiv",
        url="https://arxiv.org/abs/2405.04434",
    ),
)
