"""The papers behind each formula, default and figure: one row a paper, looked up by key."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Source:
    """One paper, book or page. `year` is when it first appeared in the form cited."""

    key: str
    authors: str
    year: int
    title: str
    venue: str
    url: str

    @property
    def label(self):
        """The short form for running text, such as "Rosenblatt (1958)"."""
        return f"{self.authors} ({self.year})"


def _source(key, authors, year, title, venue, url):
    """Read a row in the order in which a reference is read."""
    return Source(key=key, authors=authors, year=year, title=title, venue=venue, url=url)


_NEURONS = (
    _source(
        "mcculloch_pitts_1943",
        "McCulloch and Pitts",
        1943,
        "A logical calculus of the ideas immanent in nervous activity",
        "Bulletin of Mathematical Biophysics 5",
        "https://doi.org/10.1007/BF02478259",
    ),
    _source(
        "rosenblatt_1958",
        "Rosenblatt",
        1958,
        "The perceptron: a probabilistic model for information storage and organization in the"
        " brain",
        "Psychological Review 65",
        "https://doi.org/10.1037/h0042519",
    ),
    _source(
        "widrow_hoff_1960",
        "Widrow and Hoff",
        1960,
        "Adaptive switching circuits",
        "IRE WESCON Convention Record 4",
        "https://apps.dtic.mil/sti/citations/AD0241531",
    ),
    _source(
        "novikoff_1962",
        "Novikoff",
        1962,
        "On convergence proofs on perceptrons",
        "Symposium on the Mathematical Theory of Automata 12",
        "https://apps.dtic.mil/sti/citations/AD0298258",
    ),
    _source(
        "minsky_papert_1969",
        "Minsky and Papert",
        1969,
        "Perceptrons: an introduction to computational geometry",
        "MIT Press",
        "https://mitpress.mit.edu/9780262630221/perceptrons/",
    ),
    _source(
        "rumelhart_1986",
        "Rumelhart, Hinton and Williams",
        1986,
        "Learning representations by back-propagating errors",
        "Nature 323",
        "https://doi.org/10.1038/323533a0",
    ),
    _source(
        "cybenko_1989",
        "Cybenko",
        1989,
        "Approximation by superpositions of a sigmoidal function",
        "Mathematics of Control, Signals and Systems 2",
        "https://doi.org/10.1007/BF02551274",
    ),
    _source(
        "hornik_1989",
        "Hornik, Stinchcombe and White",
        1989,
        "Multilayer feedforward networks are universal approximators",
        "Neural Networks 2",
        "https://doi.org/10.1016/0893-6080(89)90020-8",
    ),
    _source(
        "bengio_1994",
        "Bengio, Simard and Frasconi",
        1994,
        "Learning long-term dependencies with gradient descent is difficult",
        "IEEE Transactions on Neural Networks 5",
        "https://doi.org/10.1109/72.279181",
    ),
    _source(
        "hochreiter_1997",
        "Hochreiter and Schmidhuber",
        1997,
        "Long short-term memory",
        "Neural Computation 9",
        "https://doi.org/10.1162/neco.1997.9.8.1735",
    ),
)
_ACTIVATIONS = (
    _source(
        "fukushima_1969",
        "Fukushima",
        1969,
        "Visual feature extraction by a multilayered network of analog threshold elements",
        "IEEE Transactions on Systems Science and Cybernetics 5",
        "https://doi.org/10.1109/TSSC.1969.300225",
    ),
    _source(
        "bridle_1990",
        "Bridle",
        1990,
        "Probabilistic interpretation of feedforward classification network outputs, with"
        " relationships to statistical pattern recognition",
        "Neurocomputing, NATO ASI Series 68",
        "https://doi.org/10.1007/978-3-642-76153-9_28",
    ),
    _source(
        "dugas_2001",
        "Dugas, Bengio, Belisle, Nadeau and Garcia",
        2001,
        "Incorporating second-order functional knowledge for better option pricing",
        "Advances in Neural Information Processing Systems 13 (NIPS 2000)",
        "https://papers.nips.cc/paper/1920-incorporating-second-order-functional-knowledge-for-"
        "better-option-pricing",
    ),
    _source(
        "nair_hinton_2010",
        "Nair and Hinton",
        2010,
        "Rectified linear units improve restricted Boltzmann machines",
        "ICML",
        "https://icml.cc/Conferences/2010/papers/432.pdf",
    ),
    _source(
        "glorot_2011",
        "Glorot, Bordes and Bengio",
        2011,
        "Deep sparse rectifier neural networks",
        "AISTATS",
        "https://proceedings.mlr.press/v15/glorot11a.html",
    ),
    _source(
        "maas_2013",
        "Maas, Hannun and Ng",
        2013,
        "Rectifier nonlinearities improve neural network acoustic models",
        "ICML workshop",
        "https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf",
    ),
    _source(
        "clevert_2015",
        "Clevert, Unterthiner and Hochreiter",
        2015,
        "Fast and accurate deep network learning by exponential linear units (ELUs)",
        "arXiv; ICLR 2016",
        "https://arxiv.org/abs/1511.07289",
    ),
    _source(
        "hendrycks_gimpel_2016",
        "Hendrycks and Gimpel",
        2016,
        "Gaussian error linear units (GELUs)",
        "arXiv",
        "https://arxiv.org/abs/1606.08415",
    ),
    _source(
        "klambauer_2017",
        "Klambauer, Unterthiner, Mayr and Hochreiter",
        2017,
        "Self-normalizing neural networks",
        "NIPS",
        "https://arxiv.org/abs/1706.02515",
    ),
    _source(
        "elfwing_2017",
        "Elfwing, Uchibe and Doya",
        2017,
        "Sigmoid-weighted linear units for neural network function approximation in"
        " reinforcement learning",
        "arXiv; Neural Networks 107, 2018",
        "https://arxiv.org/abs/1702.03118",
    ),
    _source(
        "ramachandran_2017",
        "Ramachandran, Zoph and Le",
        2017,
        "Searching for activation functions",
        "arXiv",
        "https://arxiv.org/abs/1710.05941",
    ),
    _source(
        "misra_2019",
        "Misra",
        2019,
        "Mish: a self regularized non-monotonic activation function",
        "arXiv; BMVC 2020",
        "https://arxiv.org/abs/1908.08681",
    ),
    _source(
        "lu_2019",
        "Lu, Shin, Su and Karniadakis",
        2019,
        "Dying ReLU and initialization: theory and numerical examples",
        "arXiv",
        "https://arxiv.org/abs/1903.06733",
    ),
    _source(
        "shazeer_2020",
        "Shazeer",
        2020,
        "GLU variants improve transformer",
        "arXiv",
        "https://arxiv.org/abs/2002.05202",
    ),
)
_INITIALIZERS = (
    _source(
        "lecun_1998",
        "LeCun, Bottou, Orr and Müller",
        1998,
        "Efficient BackProp",
        "Neural Networks: Tricks of the Trade, Springer",
        "https://doi.org/10.1007/3-540-49430-8_2",
    ),
    _source(
        "glorot_bengio_2010",
        "Glorot and Bengio",
        2010,
        "Understanding the difficulty of training deep feedforward neural networks",
        "AISTATS",
        "https://proceedings.mlr.press/v9/glorot10a.html",
    ),
    _source(
        "saxe_2013",
        "Saxe, McClelland and Ganguli",
        2013,
        "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
        "arXiv; ICLR 2014",
        "https://arxiv.org/abs/1312.6120",
    ),
    _source(
        "he_2015",
        "He, Zhang, Ren and Sun",
        2015,
        "Delving deep into rectifiers: surpassing human-level performance on ImageNet"
        " classification",
        "ICCV",
        "https://arxiv.org/abs/1502.01852",
    ),
    _source(
        "schoenholz_2017",
        "Schoenholz, Gilmer, Ganguli and Sohl-Dickstein",
        2017,
        "Deep information propagation",
        "ICLR",
        "https://arxiv.org/abs/1611.01232",
    ),
)
_LOSSES = (
    _source(
        "stigler_1981",
        "Stigler",
        1981,
        "Gauss and the invention of least squares",
        "Annals of Statistics 9",
        "https://doi.org/10.1214/aos/1176345451",
    ),
    _source(
        "portnoy_koenker_1997",
        "Portnoy and Koenker",
        1997,
        "The Gaussian hare and the Laplacian tortoise: computability of squared-error versus"
        " absolute-error estimators",
        "Statistical Science 12",
        "https://doi.org/10.1214/ss/1030037960",
    ),
    _source(
        "huber_1964",
        "Huber",
        1964,
        "Robust estimation of a location parameter",
        "Annals of Mathematical Statistics 35",
        "https://doi.org/10.1214/aoms/1177703732",
    ),
    _source(
        "kullback_leibler_1951",
        "Kullback and Leibler",
        1951,
        "On information and sufficiency",
        "Annals of Mathematical Statistics 22",
        "https://doi.org/10.1214/aoms/1177729694",
    ),
    _source(
        "good_1952",
        "Good",
        1952,
        "Rational decisions",
        "Journal of the Royal Statistical Society B 14",
        "https://doi.org/10.1111/j.2517-6161.1952.tb00104.x",
    ),
    _source(
        "cortes_vapnik_1995",
        "Cortes and Vapnik",
        1995,
        "Support-vector networks",
        "Machine Learning 20",
        "https://doi.org/10.1007/BF00994018",
    ),
    _source(
        "crammer_singer_2001",
        "Crammer and Singer",
        2001,
        "On the algorithmic implementation of multiclass kernel-based vector machines",
        "Journal of Machine Learning Research 2",
        "https://www.jmlr.org/papers/v2/crammer01a.html",
    ),
)
_OPTIMIZERS = (
    _source(
        "robbins_monro_1951",
        "Robbins and Monro",
        1951,
        "A stochastic approximation method",
        "Annals of Mathematical Statistics 22",
        "https://doi.org/10.1214/aoms/1177729586",
    ),
    _source(
        "polyak_1964",
        "Polyak",
        1964,
        "Some methods of speeding up the convergence of iteration methods",
        "USSR Computational Mathematics and Mathematical Physics 4",
        "https://doi.org/10.1016/0041-5553(64)90137-5",
    ),
    _source(
        "nesterov_1983",
        "Nesterov",
        1983,
        "A method of solving a convex programming problem with convergence rate O(1/k^2)",
        "Doklady Akademii Nauk SSSR 269",
        "https://www.mathnet.ru/eng/dan46009",
    ),
    _source(
        "liu_nocedal_1989",
        "Liu and Nocedal",
        1989,
        "On the limited memory BFGS method for large scale optimization",
        "Mathematical Programming 45",
        "https://doi.org/10.1007/BF01589116",
    ),
    _source(
        "duchi_2011",
        "Duchi, Hazan and Singer",
        2011,
        "Adaptive subgradient methods for online learning and stochastic optimization",
        "Journal of Machine Learning Research 12",
        "https://jmlr.org/papers/v12/duchi11a.html",
    ),
    _source(
        "tieleman_hinton_2012",
        "Tieleman and Hinton",
        2012,
        "Lecture 6.5, RMSProp: divide the gradient by a running average of its recent magnitude",
        "Coursera: Neural Networks for Machine Learning",
        "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
    ),
    _source(
        "sutskever_2013",
        "Sutskever, Martens, Dahl and Hinton",
        2013,
        "On the importance of initialization and momentum in deep learning",
        "ICML",
        "https://proceedings.mlr.press/v28/sutskever13.html",
    ),
    _source(
        "kingma_ba_2015",
        "Kingma and Ba",
        2015,
        "Adam: a method for stochastic optimization",
        "ICLR",
        "https://arxiv.org/abs/1412.6980",
    ),
    _source(
        "loshchilov_hutter_2019",
        "Loshchilov and Hutter",
        2019,
        "Decoupled weight decay regularization",
        "ICLR",
        "https://arxiv.org/abs/1711.05101",
    ),
    _source(
        "chen_2023",
        "Chen et al.",
        2023,
        "Symbolic discovery of optimization algorithms",
        "NeurIPS",
        "https://arxiv.org/abs/2302.06675",
    ),
    _source(
        "hoerl_kennard_1970",
        "Hoerl and Kennard",
        1970,
        "Ridge regression: biased estimation for nonorthogonal problems",
        "Technometrics 12",
        "https://doi.org/10.1080/00401706.1970.10488634",
    ),
    _source(
        "tibshirani_1996",
        "Tibshirani",
        1996,
        "Regression shrinkage and selection via the lasso",
        "Journal of the Royal Statistical Society B 58",
        "https://doi.org/10.1111/j.2517-6161.1996.tb02080.x",
    ),
    _source(
        "krogh_hertz_1991",
        "Krogh and Hertz",
        1991,
        "A simple weight decay can improve generalization",
        "NIPS",
        "https://papers.nips.cc/paper/563-a-simple-weight-decay-can-improve-generalization",
    ),
)
_SCHEDULES = (
    _source(
        "loshchilov_hutter_2017",
        "Loshchilov and Hutter",
        2017,
        "SGDR: stochastic gradient descent with warm restarts",
        "ICLR",
        "https://arxiv.org/abs/1608.03983",
    ),
    _source(
        "goyal_2017",
        "Goyal et al.",
        2017,
        "Accurate, large minibatch SGD: training ImageNet in 1 hour",
        "arXiv",
        "https://arxiv.org/abs/1706.02677",
    ),
    _source(
        "smith_topin_2017",
        "Smith and Topin",
        2017,
        "Super-convergence: very fast training of neural networks using large learning rates",
        "arXiv",
        "https://arxiv.org/abs/1708.07120",
    ),
)
_MODELS = (
    _source(
        "radford_2015",
        "Radford, Metz and Chintala",
        2015,
        "Unsupervised representation learning with deep convolutional generative adversarial"
        " networks",
        "arXiv; ICLR 2016",
        "https://arxiv.org/abs/1511.06434",
    ),
    _source(
        "redmon_2016",
        "Redmon, Divvala, Girshick and Farhadi",
        2016,
        "You only look once: unified, real-time object detection",
        "CVPR",
        "https://arxiv.org/abs/1506.02640",
    ),
    _source(
        "vaswani_2017",
        "Vaswani et al.",
        2017,
        "Attention is all you need",
        "NIPS",
        "https://arxiv.org/abs/1706.03762",
    ),
    _source(
        "smilkov_2017",
        "Smilkov, Carter, Sculley, Viégas and Wattenberg",
        2017,
        "Direct-manipulation visualization of deep networks",
        "arXiv; TensorFlow Playground",
        "https://arxiv.org/abs/1708.03788",
    ),
    _source(
        "devlin_2018",
        "Devlin, Chang, Lee and Toutanova",
        2018,
        "BERT: pre-training of deep bidirectional transformers for language understanding",
        "arXiv; NAACL 2019",
        "https://arxiv.org/abs/1810.04805",
    ),
    _source(
        "radford_2019",
        "Radford et al.",
        2019,
        "Language models are unsupervised multitask learners (GPT-2)",
        "OpenAI",
        "https://cdn.openai.com/better-language-models/"
        "language_models_are_unsupervised_multitask_learners.pdf",
    ),
    _source(
        "tan_le_2019",
        "Tan and Le",
        2019,
        "EfficientNet: rethinking model scaling for convolutional neural networks",
        "ICML",
        "https://arxiv.org/abs/1905.11946",
    ),
    _source(
        "bochkovskiy_2020",
        "Bochkovskiy, Wang and Liao",
        2020,
        "YOLOv4: optimal speed and accuracy of object detection",
        "arXiv",
        "https://arxiv.org/abs/2004.10934",
    ),
    _source(
        "brown_2020",
        "Brown et al.",
        2020,
        "Language models are few-shot learners (GPT-3)",
        "NeurIPS",
        "https://arxiv.org/abs/2005.14165",
    ),
    _source(
        "chowdhery_2022",
        "Chowdhery et al.",
        2022,
        "PaLM: scaling language modeling with pathways",
        "arXiv",
        "https://arxiv.org/abs/2204.02311",
    ),
    _source(
        "touvron_2023a",
        "Touvron et al.",
        2023,
        "LLaMA: open and efficient foundation language models",
        "arXiv",
        "https://arxiv.org/abs/2302.13971",
    ),
    _source(
        "touvron_2023b",
        "Touvron et al.",
        2023,
        "Llama 2: open foundation and fine-tuned chat models",
        "arXiv",
        "https://arxiv.org/abs/2307.09288",
    ),
)

_ROWS = _NEURONS + _ACTIVATIONS + _INITIALIZERS + _LOSSES + _OPTIMIZERS + _SCHEDULES + _MODELS
SOURCES = {row.key: row for row in _ROWS}
