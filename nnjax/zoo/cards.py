"""The eleven architectures of the zoo in words, in the order of their years within each kind."""

from nnjax.zoo.card import Card

LOOP_NOTE = (
    "XLA counts what a loop does only once, however often it goes round: the loop is written out "
    "to be counted. A sigmoid is three operations; exponentials are counted apart."
)
PRODUCTS_NOTE = (
    "The formula counts products and their sums; XLA adds biases, ReLU and the like, here within "
    "a tenth."
)

_ROWS = (
    Card(
        key="feedforward",
        label="Feedforward",
        year=1986,
        source="rumelhart_1986",
        description="Every unit of a layer is joined to every unit of the next, and numbers only "
        "ever move forward. It is the plainest network, and a part of most others.",
        strengths=(
            "Simple to write, to count and to train",
            "One pass, no loop: fast on any hardware",
            "Wide enough, it can come close to any continuous function on a bounded set",
        ),
        weaknesses=(
            "Reads an input of one fixed size",
            "Keeps nothing from one input to the next",
            "Must learn a shape anew at every place of an image",
        ),
        used_in="Tables of measurements; the dense part of every transformer block",
        flow=("Inputs", "Dense", "ReLU", "Dense", "Outputs"),
        trains_on="tabular",
        parameters=r"\sum_l n_l\,(n_{l-1} + 1)",
        flops=r"\sum_l 2\, n_l\, n_{l-1}",
        cost_note=PRODUCTS_NOTE,
    ),
    Card(
        key="cnn",
        label="CNN",
        year=1989,
        source="lecun_1989",
        description="A small kernel of weights slides over an image and asks the same question at "
        "every place. Pooling keeps the strongest answers and halves the picture.",
        strengths=(
            "The same few weights serve every place of an image",
            "What moves in the image moves in the maps",
            "Few parameters for what it sees",
        ),
        weaknesses=(
            "Sees far apart pixels together only in deep layers",
            "Of no use where neighbours mean nothing, as in a table",
            "Takes many operations for each parameter",
        ),
        used_in="Image recognition, medical imaging, object detection",
        flow=("Image", "Convolution", "ReLU", "Pool", "Convolution", "ReLU", "Pool", "Dense",
              "Classes"),
        trains_on="digits",
        parameters=r"\sum_l n_l\,(9\, n_{l-1} + 1) + n_{out}\,(n_{flat} + 1)",
        flops=r"\sum_l 2 \cdot 9\, n_l\, n_{l-1}\, p_l + 2\, n_{out}\, n_{flat},"
        r"\quad p_l \text{ pixels}",
        cost_note=PRODUCTS_NOTE,
    ),
    Card(
        key="resnet",
        label="ResNet",
        year=2016,
        source="he_2016",
        description="Each block computes a correction and adds it to what came in. The sum gives "
        "signal and gradient a way past every block, so that a hundred layers train.",
        strengths=(
            "Trains at depths where plain stacks fail",
            "A block that has nothing to add can stay close to zero",
            "The same idea carries every transformer",
        ),
        weaknesses=(
            "What comes in must be kept until it is added",
            "Width and picture size can change only where a skip changes too",
            "Depth still costs time: block waits for block",
        ),
        used_in="Image recognition; skip connections are in nearly all deep networks since",
        flow=("Image", "Convolution", "ReLU", "Convolution", "Add", "Pool", "Classes"),
        skips=((0, 4),),
        not_here="On images of 8 x 8 pixels two layers are enough, and depth, which it is made "
        "for, would show nothing. Page 07 measures what skip connections do to gradients.",
    ),
    Card(
        key="rnn",
        label="RNN",
        year=1990,
        source="elman_1990",
        description="One step, repeated along a sequence: from what comes in and from its own "
        "last state it makes the next state.",
        strengths=(
            "Reads sequences of any length with the same weights",
            "Its state is all that it needs to keep",
            "The cheapest of the cells",
        ),
        weaknesses=(
            "Gradients through many steps vanish or explode",
            "Forgets what came long ago, or never learns to keep it",
            "Step must wait for step",
        ),
        used_in="Short sequences and signals; the ancestor of LSTM and GRU",
        flow=("Token", "Weights", "Add state", "tanh", "State", "Readout"),
        loops=(4, 2),
        trains_on="recall",
        parameters=r"n\,(n_{in} + n + 1) + n_{out}\,(n + 1)",
        flops=r"L\,(2 n (n_{in} + n) + 2 n) + 2\, n\, n_{out}",
        cost_note=LOOP_NOTE,
    ),
    Card(
        key="lstm",
        label="LSTM",
        year=1997,
        source="hochreiter_1997",
        description="A cell with a memory that only gates can change: one lets things in, one "
        "lets them fade, one shows them. An open forget gate hands the memory on as it is.",
        strengths=(
            "Keeps what matters over many steps",
            "Its memory is a sum, along which gradients pass",
            "Learns itself when to keep and when to forget",
        ),
        weaknesses=(
            "Four times the weights of a plain cell of the same size",
            "Step must wait for step",
            "Everything that it has read must fit into one state",
        ),
        used_in="Speech, handwriting and machine translation before transformers",
        flow=("Token", "Gates", "Forget", "Let in", "Memory", "Show", "Readout"),
        loops=(4, 2),
        trains_on="recall",
        parameters=r"4 n\,(n_{in} + n + 1) + n_{out}\,(n + 1)",
        flops=r"L\,(8 n (n_{in} + n) + 21 n) + 2\, n\, n_{out}",
        cost_note=LOOP_NOTE,
    ),
    Card(
        key="gru",
        label="GRU",
        year=2014,
        source="cho_2014",
        description="The LSTM's idea with two gates and one state: keep a share of the old state, "
        "take the rest from a new one.",
        strengths=(
            "Keeps what matters over many steps, as an LSTM does",
            "A quarter fewer weights than an LSTM of the same size",
            "One state instead of two",
        ),
        weaknesses=(
            "What it keeps it also shows: memory and output are one",
            "Step must wait for step",
            "Everything that it has read must fit into one state",
        ),
        used_in="Speech and signals on small devices; translation before transformers",
        flow=("Token", "Gates", "Reset", "Candidate", "Keep or take", "State", "Readout"),
        loops=(5, 2),
        trains_on="recall",
        parameters=r"3 n\,(n_{in} + n + 1) + n_{out}\,(n + 1)",
        flops=r"L\,(6 n (n_{in} + n) + 17 n) + 2\, n\, n_{out}",
        cost_note=LOOP_NOTE,
    ),
    Card(
        key="transformer",
        label="Transformer",
        year=2017,
        source="vaswani_2017",
        description="All positions look at each other at once. Attention weighs whom to listen "
        "to; a small dense network then works on each position by itself.",
        strengths=(
            "No loop over the sequence: all positions at once",
            "Any two positions are one step apart",
            "Has kept improving with data and size, up to trillions of parameters by estimate",
        ),
        weaknesses=(
            "All pairs are compared: twice the length, four times that work",
            "Knows no order but what positions tell it",
            "Needs more data than networks with more built in",
        ),
        used_in="Large language models, translation, images cut into patches, proteins",
        flow=("Tokens", "Embed", "Add positions", "Norm", "Attention", "Add", "Norm", "Dense",
              "Add", "Readout"),
        skips=((2, 5), (5, 8)),
        trains_on="recall",
        parameters=r"w\,(n_{in} + 1) + 4 w^2 + w\,(2 m + 1) + m + 6 w + n_{out}\,(w + 1)",
        flops=r"2 L w\,(n_{in} + 4 w + 2 m) + L^2 (4 w + 5 h) + L\,(26 w + 2 m) + 2\, w\, n_{out}",
        cost_note="The square of the length is the price of comparing all pairs. Norms, softmax "
        "and biases are in the formula; exponentials are counted apart.",
    ),
    Card(
        key="autoencoder",
        label="Autoencoder",
        year=2006,
        source="hinton_salakhutdinov_2006",
        description="It draws its own input again, but through a bottleneck of a few numbers. To "
        "succeed it must find out what matters.",
        strengths=(
            "Learns without labels",
            "Its few numbers are a map of the data",
            "What it draws badly is unlike what it was trained on",
        ),
        weaknesses=(
            "Draws the average of what it cannot tell apart: blurred",
            "Places between the known ones may mean nothing",
            "The numbers have no names: what they mean must be found out",
        ),
        used_in="Denoising, detecting what is unusual; the latent space of image generators",
        flow=("Image", "Dense", "ReLU", "Two numbers", "Dense", "ReLU", "Dense", "Image"),
        trains_on="redraw",
        parameters=r"\sum_l n_l\,(n_{l-1} + 1)",
        flops=r"\sum_l 2\, n_l\, n_{l-1}",
        cost_note=PRODUCTS_NOTE,
    ),
    Card(
        key="gan",
        label="GAN",
        year=2014,
        source="goodfellow_2014",
        description="Two networks play against each other: one draws from noise, the other tells "
        "drawn from real. Each makes the other better.",
        strengths=(
            "Sharp pictures, in one pass",
            "Needs no formula for what is good: the opponent learns it",
            "Small once trained: only the half that draws is kept",
        ),
        weaknesses=(
            "Two losses that pull against each other may never settle",
            "May draw only a few kinds of what it has seen",
            "No number says how probable a picture is",
        ),
        used_in="Faces that nobody has, sharper photographs, video effects",
        flow=("Noise", "Generator", "Drawn", "Discriminator", "Real or drawn"),
        not_here="Neither of its two losses falls steadily: what one network gains the other "
        "loses. Within seconds no number would show its progress. It is described here, not "
        "trained.",
    ),
    Card(
        key="diffusion",
        label="Diffusion",
        year=2020,
        source="ho_2020",
        description="It learns to take a little noise away. Started from nothing but noise and "
        "asked many times, it arrives at a picture.",
        strengths=(
            "Trains steadily: a squared error, no opponent",
            "Covers many kinds of pictures, in fine detail",
            "Can be steered by text while it draws",
        ),
        weaknesses=(
            "Many passes for one picture",
            "Costly to train",
            "Fine text and exact counts come out wrong at times",
        ),
        used_in="Making pictures, sound and video from text; shapes of molecules",
        flow=("Noise", "Remove a little", "Less noise", "Picture"),
        loops=(2, 1),
        not_here="A network that draws well takes many passes for each picture and far longer than "
        "seconds to train. It is described here, not trained.",
    ),
    Card(
        key="graph",
        label="Graph network",
        year=2016,
        source="kipf_welling_2016",
        description="Every node of a graph gathers what its neighbours say and mixes it into its "
        "own state, with the same weights everywhere. Layer by layer news travels further.",
        strengths=(
            "Fits data that are neither a grid nor a sequence",
            "The order in which nodes are listed does not matter",
            "The same weights serve graphs of any size",
        ),
        weaknesses=(
            "After many layers all nodes look alike",
            "Far apart nodes hear little of each other",
            "Large graphs must be cut up to fit in memory",
        ),
        used_in="Molecules, road traffic, recommendations, weather forecasts",
        flow=("Nodes and edges", "Ask neighbours", "Add up", "Dense", "ReLU", "Each node"),
        loops=(4, 1),
        not_here="None of the data sets here is a graph, and one made up for it would prove "
        "nothing. It is described here, not trained.",
    ),
)  # fmt: skip
CARDS: dict[str, Card] = {row.key: row for row in _ROWS}
