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


_NEURONS = (
    Source(
        key="mcculloch_pitts_1943",
        authors="McCulloch and Pitts",
        year=1943,
        title="A logical calculus of the ideas immanent in nervous activity",
        venue="Bulletin of Mathematical Biophysics 5",
        url="https://doi.org/10.1007/BF02478259",
    ),
    Source(
        key="rosenblatt_1958",
        authors="Rosenblatt",
        year=1958,
        title="The perceptron: a probabilistic model for information storage and organization"
        " in the brain",
        venue="Psychological Review 65",
        url="https://doi.org/10.1037/h0042519",
    ),
    Source(
        key="widrow_hoff_1960",
        authors="Widrow and Hoff",
        year=1960,
        title="Adaptive switching circuits",
        venue="IRE WESCON Convention Record 4",
        url="https://apps.dtic.mil/sti/citations/AD0241531",
    ),
    Source(
        key="novikoff_1962",
        authors="Novikoff",
        year=1962,
        title="On convergence proofs on perceptrons",
        venue="Symposium on the Mathematical Theory of Automata 12",
        url="https://apps.dtic.mil/sti/citations/AD0298258",
    ),
    Source(
        key="minsky_papert_1969",
        authors="Minsky and Papert",
        year=1969,
        title="Perceptrons: an introduction to computational geometry",
        venue="MIT Press",
        url="https://mitpress.mit.edu/9780262630221/perceptrons/",
    ),
    Source(
        key="rumelhart_1986",
        authors="Rumelhart, Hinton and Williams",
        year=1986,
        title="Learning representations by back-propagating errors",
        venue="Nature 323",
        url="https://doi.org/10.1038/323533a0",
    ),
    Source(
        key="cybenko_1989",
        authors="Cybenko",
        year=1989,
        title="Approximation by superpositions of a sigmoidal function",
        venue="Mathematics of Control, Signals and Systems 2",
        url="https://doi.org/10.1007/BF02551274",
    ),
    Source(
        key="hornik_1989",
        authors="Hornik, Stinchcombe and White",
        year=1989,
        title="Multilayer feedforward networks are universal approximators",
        venue="Neural Networks 2",
        url="https://doi.org/10.1016/0893-6080(89)90020-8",
    ),
    Source(
        key="bengio_1994",
        authors="Bengio, Simard and Frasconi",
        year=1994,
        title="Learning long-term dependencies with gradient descent is difficult",
        venue="IEEE Transactions on Neural Networks 5",
        url="https://doi.org/10.1109/72.279181",
    ),
    Source(
        key="hochreiter_1997",
        authors="Hochreiter and Schmidhuber",
        year=1997,
        title="Long short-term memory",
        venue="Neural Computation 9",
        url="https://doi.org/10.1162/neco.1997.9.8.1735",
    ),
)
_ACTIVATIONS = (
    Source(
        key="fukushima_1969",
        authors="Fukushima",
        year=1969,
        title="Visual feature extraction by a multilayered network of analog threshold elements",
        venue="IEEE Transactions on Systems Science and Cybernetics 5",
        url="https://doi.org/10.1109/TSSC.1969.300225",
    ),
    Source(
        key="bridle_1990",
        authors="Bridle",
        year=1990,
        title="Probabilistic interpretation of feedforward classification network outputs, with"
        " relationships to statistical pattern recognition",
        venue="Neurocomputing, NATO ASI Series 68",
        url="https://doi.org/10.1007/978-3-642-76153-9_28",
    ),
    Source(
        key="dugas_2001",
        authors="Dugas, Bengio, Belisle, Nadeau and Garcia",
        year=2001,
        title="Incorporating second-order functional knowledge for better option pricing",
        venue="Advances in Neural Information Processing Systems 13 (NIPS 2000)",
        url="https://papers.nips.cc/paper/1920-incorporating-second-order-functional-knowledge-for-"
        "better-option-pricing",
    ),
    Source(
        key="nair_hinton_2010",
        authors="Nair and Hinton",
        year=2010,
        title="Rectified linear units improve restricted Boltzmann machines",
        venue="ICML",
        url="https://icml.cc/Conferences/2010/papers/432.pdf",
    ),
    Source(
        key="glorot_2011",
        authors="Glorot, Bordes and Bengio",
        year=2011,
        title="Deep sparse rectifier neural networks",
        venue="AISTATS",
        url="https://proceedings.mlr.press/v15/glorot11a.html",
    ),
    Source(
        key="maas_2013",
        authors="Maas, Hannun and Ng",
        year=2013,
        title="Rectifier nonlinearities improve neural network acoustic models",
        venue="ICML workshop",
        url="https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf",
    ),
    Source(
        key="clevert_2015",
        authors="Clevert, Unterthiner and Hochreiter",
        year=2015,
        title="Fast and accurate deep network learning by exponential linear units (ELUs)",
        venue="arXiv; ICLR 2016",
        url="https://arxiv.org/abs/1511.07289",
    ),
    Source(
        key="hendrycks_gimpel_2016",
        authors="Hendrycks and Gimpel",
        year=2016,
        title="Gaussian error linear units (GELUs)",
        venue="arXiv",
        url="https://arxiv.org/abs/1606.08415",
    ),
    Source(
        key="klambauer_2017",
        authors="Klambauer, Unterthiner, Mayr and Hochreiter",
        year=2017,
        title="Self-normalizing neural networks",
        venue="NIPS",
        url="https://arxiv.org/abs/1706.02515",
    ),
    Source(
        key="elfwing_2017",
        authors="Elfwing, Uchibe and Doya",
        year=2017,
        title="Sigmoid-weighted linear units for neural network function approximation in"
        " reinforcement learning",
        venue="arXiv; Neural Networks 107, 2018",
        url="https://arxiv.org/abs/1702.03118",
    ),
    Source(
        key="ramachandran_2017",
        authors="Ramachandran, Zoph and Le",
        year=2017,
        title="Searching for activation functions",
        venue="arXiv",
        url="https://arxiv.org/abs/1710.05941",
    ),
    Source(
        key="misra_2019",
        authors="Misra",
        year=2019,
        title="Mish: a self regularized non-monotonic activation function",
        venue="arXiv; BMVC 2020",
        url="https://arxiv.org/abs/1908.08681",
    ),
    Source(
        key="lu_2019",
        authors="Lu, Shin, Su and Karniadakis",
        year=2019,
        title="Dying ReLU and initialization: theory and numerical examples",
        venue="arXiv",
        url="https://arxiv.org/abs/1903.06733",
    ),
    Source(
        key="shazeer_2020",
        authors="Shazeer",
        year=2020,
        title="GLU variants improve transformer",
        venue="arXiv",
        url="https://arxiv.org/abs/2002.05202",
    ),
)
_INITIALIZERS = (
    Source(
        key="lecun_1998",
        authors="LeCun, Bottou, Orr and Müller",
        year=1998,
        title="Efficient BackProp",
        venue="Neural Networks: Tricks of the Trade, Springer",
        url="https://doi.org/10.1007/3-540-49430-8_2",
    ),
    Source(
        key="glorot_bengio_2010",
        authors="Glorot and Bengio",
        year=2010,
        title="Understanding the difficulty of training deep feedforward neural networks",
        venue="AISTATS",
        url="https://proceedings.mlr.press/v9/glorot10a.html",
    ),
    Source(
        key="saxe_2013",
        authors="Saxe, McClelland and Ganguli",
        year=2013,
        title="Exact solutions to the nonlinear dynamics of learning in deep linear neural"
        " networks",
        venue="arXiv; ICLR 2014",
        url="https://arxiv.org/abs/1312.6120",
    ),
    Source(
        key="he_2015",
        authors="He, Zhang, Ren and Sun",
        year=2015,
        title="Delving deep into rectifiers: surpassing human-level performance on ImageNet"
        " classification",
        venue="ICCV",
        url="https://arxiv.org/abs/1502.01852",
    ),
    Source(
        key="schoenholz_2017",
        authors="Schoenholz, Gilmer, Ganguli and Sohl-Dickstein",
        year=2017,
        title="Deep information propagation",
        venue="ICLR",
        url="https://arxiv.org/abs/1611.01232",
    ),
)
_LOSSES = (
    Source(
        key="stigler_1981",
        authors="Stigler",
        year=1981,
        title="Gauss and the invention of least squares",
        venue="Annals of Statistics 9",
        url="https://doi.org/10.1214/aos/1176345451",
    ),
    Source(
        key="portnoy_koenker_1997",
        authors="Portnoy and Koenker",
        year=1997,
        title="The Gaussian hare and the Laplacian tortoise: computability of squared-error versus"
        " absolute-error estimators",
        venue="Statistical Science 12",
        url="https://doi.org/10.1214/ss/1030037960",
    ),
    Source(
        key="huber_1964",
        authors="Huber",
        year=1964,
        title="Robust estimation of a location parameter",
        venue="Annals of Mathematical Statistics 35",
        url="https://doi.org/10.1214/aoms/1177703732",
    ),
    Source(
        key="kullback_leibler_1951",
        authors="Kullback and Leibler",
        year=1951,
        title="On information and sufficiency",
        venue="Annals of Mathematical Statistics 22",
        url="https://doi.org/10.1214/aoms/1177729694",
    ),
    Source(
        key="good_1952",
        authors="Good",
        year=1952,
        title="Rational decisions",
        venue="Journal of the Royal Statistical Society B 14",
        url="https://doi.org/10.1111/j.2517-6161.1952.tb00104.x",
    ),
    Source(
        key="cortes_vapnik_1995",
        authors="Cortes and Vapnik",
        year=1995,
        title="Support-vector networks",
        venue="Machine Learning 20",
        url="https://doi.org/10.1007/BF00994018",
    ),
    Source(
        key="crammer_singer_2001",
        authors="Crammer and Singer",
        year=2001,
        title="On the algorithmic implementation of multiclass kernel-based vector machines",
        venue="Journal of Machine Learning Research 2",
        url="https://www.jmlr.org/papers/v2/crammer01a.html",
    ),
    Source(
        key="shannon_1951",
        authors="Shannon",
        year=1951,
        title="Prediction and entropy of printed English",
        venue="Bell System Technical Journal 30",
        url="https://doi.org/10.1002/j.1538-7305.1951.tb01366.x",
    ),
    Source(
        key="jelinek_1977",
        authors="Jelinek, Mercer, Bahl and Baker",
        year=1977,
        title="Perplexity: a measure of the difficulty of speech recognition tasks",
        venue="Journal of the Acoustical Society of America 62",
        url="https://doi.org/10.1121/1.2016299",
    ),
    Source(
        key="solla_1988",
        authors="Solla, Levin and Fleisher",
        year=1988,
        title="Accelerated learning in layered neural networks",
        venue="Complex Systems 2",
        url="https://www.complex-systems.com/abstracts/v02_i06_a01/",
    ),
    Source(
        key="hui_belkin_2020",
        authors="Hui and Belkin",
        year=2020,
        title="Evaluation of neural architectures trained with square loss vs cross-entropy in"
        " classification tasks",
        venue="ICLR 2021",
        url="https://arxiv.org/abs/2006.07322",
    ),
    Source(
        key="hinton_2015",
        authors="Hinton, Vinyals and Dean",
        year=2015,
        title="Distilling the knowledge in a neural network",
        venue="arXiv",
        url="https://arxiv.org/abs/1503.02531",
    ),
    Source(
        key="szegedy_2015",
        authors="Szegedy, Vanhoucke, Ioffe, Shlens and Wojna",
        year=2015,
        title="Rethinking the inception architecture for computer vision",
        venue="CVPR 2016",
        url="https://arxiv.org/abs/1512.00567",
    ),
)
_OPTIMIZERS = (
    Source(
        key="robbins_monro_1951",
        authors="Robbins and Monro",
        year=1951,
        title="A stochastic approximation method",
        venue="Annals of Mathematical Statistics 22",
        url="https://doi.org/10.1214/aoms/1177729586",
    ),
    Source(
        key="polyak_1964",
        authors="Polyak",
        year=1964,
        title="Some methods of speeding up the convergence of iteration methods",
        venue="USSR Computational Mathematics and Mathematical Physics 4",
        url="https://doi.org/10.1016/0041-5553(64)90137-5",
    ),
    Source(
        key="nesterov_1983",
        authors="Nesterov",
        year=1983,
        title="A method of solving a convex programming problem with convergence rate O(1/k^2)",
        venue="Doklady Akademii Nauk SSSR 269",
        url="https://www.mathnet.ru/eng/dan46009",
    ),
    Source(
        key="liu_nocedal_1989",
        authors="Liu and Nocedal",
        year=1989,
        title="On the limited memory BFGS method for large scale optimization",
        venue="Mathematical Programming 45",
        url="https://doi.org/10.1007/BF01589116",
    ),
    Source(
        key="duchi_2011",
        authors="Duchi, Hazan and Singer",
        year=2011,
        title="Adaptive subgradient methods for online learning and stochastic optimization",
        venue="Journal of Machine Learning Research 12",
        url="https://jmlr.org/papers/v12/duchi11a.html",
    ),
    Source(
        key="tieleman_hinton_2012",
        authors="Tieleman and Hinton",
        year=2012,
        title="Lecture 6.5, RMSProp: divide the gradient by a running average of its recent"
        " magnitude",
        venue="Coursera: Neural Networks for Machine Learning",
        url="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
    ),
    Source(
        key="sutskever_2013",
        authors="Sutskever, Martens, Dahl and Hinton",
        year=2013,
        title="On the importance of initialization and momentum in deep learning",
        venue="ICML",
        url="https://proceedings.mlr.press/v28/sutskever13.html",
    ),
    Source(
        key="kingma_ba_2015",
        authors="Kingma and Ba",
        year=2015,
        title="Adam: a method for stochastic optimization",
        venue="ICLR",
        url="https://arxiv.org/abs/1412.6980",
    ),
    Source(
        key="loshchilov_hutter_2019",
        authors="Loshchilov and Hutter",
        year=2019,
        title="Decoupled weight decay regularization",
        venue="ICLR",
        url="https://arxiv.org/abs/1711.05101",
    ),
    Source(
        key="chen_2023",
        authors="Chen et al.",
        year=2023,
        title="Symbolic discovery of optimization algorithms",
        venue="NeurIPS",
        url="https://arxiv.org/abs/2302.06675",
    ),
    Source(
        key="hoerl_kennard_1970",
        authors="Hoerl and Kennard",
        year=1970,
        title="Ridge regression: biased estimation for nonorthogonal problems",
        venue="Technometrics 12",
        url="https://doi.org/10.1080/00401706.1970.10488634",
    ),
    Source(
        key="tibshirani_1996",
        authors="Tibshirani",
        year=1996,
        title="Regression shrinkage and selection via the lasso",
        venue="Journal of the Royal Statistical Society B 58",
        url="https://doi.org/10.1111/j.2517-6161.1996.tb02080.x",
    ),
    Source(
        key="krogh_hertz_1991",
        authors="Krogh and Hertz",
        year=1991,
        title="A simple weight decay can improve generalization",
        venue="NIPS",
        url="https://papers.nips.cc/paper/563-a-simple-weight-decay-can-improve-generalization",
    ),
)
_SCHEDULES = (
    Source(
        key="loshchilov_hutter_2017",
        authors="Loshchilov and Hutter",
        year=2017,
        title="SGDR: stochastic gradient descent with warm restarts",
        venue="ICLR",
        url="https://arxiv.org/abs/1608.03983",
    ),
    Source(
        key="goyal_2017",
        authors="Goyal et al.",
        year=2017,
        title="Accurate, large minibatch SGD: training ImageNet in 1 hour",
        venue="arXiv",
        url="https://arxiv.org/abs/1706.02677",
    ),
    Source(
        key="smith_topin_2017",
        authors="Smith and Topin",
        year=2017,
        title="Super-convergence: very fast training of neural networks using large learning rates",
        venue="arXiv",
        url="https://arxiv.org/abs/1708.07120",
    ),
)
_MODELS = (
    Source(
        key="radford_2015",
        authors="Radford, Metz and Chintala",
        year=2015,
        title="Unsupervised representation learning with deep convolutional generative adversarial"
        " networks",
        venue="arXiv; ICLR 2016",
        url="https://arxiv.org/abs/1511.06434",
    ),
    Source(
        key="redmon_2016",
        authors="Redmon, Divvala, Girshick and Farhadi",
        year=2016,
        title="You only look once: unified, real-time object detection",
        venue="CVPR",
        url="https://arxiv.org/abs/1506.02640",
    ),
    Source(
        key="vaswani_2017",
        authors="Vaswani et al.",
        year=2017,
        title="Attention is all you need",
        venue="NIPS",
        url="https://arxiv.org/abs/1706.03762",
    ),
    Source(
        key="smilkov_2017",
        authors="Smilkov, Carter, Sculley, Viégas and Wattenberg",
        year=2017,
        title="Direct-manipulation visualization of deep networks",
        venue="arXiv; TensorFlow Playground",
        url="https://arxiv.org/abs/1708.03788",
    ),
    Source(
        key="devlin_2018",
        authors="Devlin, Chang, Lee and Toutanova",
        year=2018,
        title="BERT: pre-training of deep bidirectional transformers for language understanding",
        venue="arXiv; NAACL 2019",
        url="https://arxiv.org/abs/1810.04805",
    ),
    Source(
        key="radford_2019",
        authors="Radford et al.",
        year=2019,
        title="Language models are unsupervised multitask learners (GPT-2)",
        venue="OpenAI",
        url="https://cdn.openai.com/better-language-models/"
        "language_models_are_unsupervised_multitask_learners.pdf",
    ),
    Source(
        key="tan_le_2019",
        authors="Tan and Le",
        year=2019,
        title="EfficientNet: rethinking model scaling for convolutional neural networks",
        venue="ICML",
        url="https://arxiv.org/abs/1905.11946",
    ),
    Source(
        key="bochkovskiy_2020",
        authors="Bochkovskiy, Wang and Liao",
        year=2020,
        title="YOLOv4: optimal speed and accuracy of object detection",
        venue="arXiv",
        url="https://arxiv.org/abs/2004.10934",
    ),
    Source(
        key="brown_2020",
        authors="Brown et al.",
        year=2020,
        title="Language models are few-shot learners (GPT-3)",
        venue="NeurIPS",
        url="https://arxiv.org/abs/2005.14165",
    ),
    Source(
        key="chowdhery_2022",
        authors="Chowdhery et al.",
        year=2022,
        title="PaLM: scaling language modeling with pathways",
        venue="arXiv",
        url="https://arxiv.org/abs/2204.02311",
    ),
    Source(
        key="touvron_2023a",
        authors="Touvron et al.",
        year=2023,
        title="LLaMA: open and efficient foundation language models",
        venue="arXiv",
        url="https://arxiv.org/abs/2302.13971",
    ),
    Source(
        key="touvron_2023b",
        authors="Touvron et al.",
        year=2023,
        title="Llama 2: open foundation and fine-tuned chat models",
        venue="arXiv",
        url="https://arxiv.org/abs/2307.09288",
    ),
)

_NERVE_CELLS = (
    Source(
        key="azevedo_2009",
        authors="Azevedo et al.",
        year=2009,
        title="Equal numbers of neuronal and nonneuronal cells make the human brain an"
        " isometrically scaled-up primate brain",
        venue="Journal of Comparative Neurology 513",
        url="https://doi.org/10.1002/cne.21974",
    ),
    Source(
        key="beniaguev_2021",
        authors="Beniaguev, Segev and London",
        year=2021,
        title="Single cortical neurons as deep artificial neural networks",
        venue="Neuron 109",
        url="https://doi.org/10.1016/j.neuron.2021.07.002",
    ),
    Source(
        key="london_hausser_2005",
        authors="London and Häusser",
        year=2005,
        title="Dendritic computation",
        venue="Annual Review of Neuroscience 28",
        url="https://doi.org/10.1146/annurev.neuro.28.061604.135703",
    ),
)

_APPROXIMATION = (
    Source(
        key="barron_1993",
        authors="Barron",
        year=1993,
        title="Universal approximation bounds for superpositions of a sigmoidal function",
        venue="IEEE Transactions on Information Theory 39",
        url="https://doi.org/10.1109/18.256500",
    ),
    Source(
        key="de_boor_1978",
        authors="de Boor",
        year=1978,
        title="A practical guide to splines",
        venue="Springer",
        url="https://link.springer.com/book/9780387953663",
    ),
    Source(
        key="leshno_1993",
        authors="Leshno, Lin, Pinkus and Schocken",
        year=1993,
        title="Multilayer feedforward networks with a nonpolynomial activation function can"
        " approximate any function",
        venue="Neural Networks 6",
        url="https://doi.org/10.1016/S0893-6080(05)80131-5",
    ),
)

_ROWS = (
    *_NEURONS,
    *_NERVE_CELLS,
    *_ACTIVATIONS,
    *_INITIALIZERS,
    *_LOSSES,
    *_OPTIMIZERS,
    *_SCHEDULES,
    *_MODELS,
    *_APPROXIMATION,
)
SOURCES = {row.key: row for row in _ROWS}
