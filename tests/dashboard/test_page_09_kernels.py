"""Page 09, "Kernels", through the entry point."""

import numpy as np
import pytest
from reading import formulas, metrics, said, warnings

from dashboard.zoo import kernel_lab, kernel_words
from nnjax.layers import Dense
from nnjax.zoo.cnn import CnnParameters
from nnjax.zoo.convolution import Convolution
from nnjax.zoo.kernels import KERNELS
from nnjax.zoo.looking import Looking
from nnjax.zoo.training import TrainedNetwork

PAGE = "09_architecture_zoo.py"
IMAGE = np.full((8, 8), 0.5, np.float32)


def not_trained(seed, **_):
    """A CNN without training, in its place: what is tested is what the page makes of one."""
    rng = np.random.default_rng(seed)

    def drawn(*shape):
        return rng.normal(size=shape).astype(np.float32)

    parameters = CnnParameters(
        Convolution(drawn(8, 3, 3, 1), drawn(8)),
        Convolution(drawn(16, 3, 3, 8), drawn(16)),
        Dense(drawn(10, 64), drawn(10)),
    )
    network = TrainedNetwork(parameters, (), 20, drawn(30), drawn(30), -1)
    return Looking(network, drawn(5, 10), drawn(8), drawn(5, 16), drawn(5, 16, 2))


def scene(**more):
    """An even grey image under a kernel."""
    weights = np.float32(KERNELS["upright"].weights).reshape(3, 3)
    made = {
        "image": IMAGE, "truth": 3, "weights": weights, "bias": 0.0, "relu": False,
        "map": np.zeros((8, 8)), "spot": (3, 4), "patch": IMAGE[:3, :3],
    }  # fmt: skip
    return kernel_words.Scene(**made | more)


def test_kernels_are_chosen_typed_learned_and_worked_out(open_app, monkeypatch):
    monkeypatch.setattr(kernel_lab, "look_into_cnn", not_trained)
    address = {"zoo_lab": "Kernels", "kernel_seed": "77"}  # remembered apart from a real one
    app = open_app(PAGE, **address, kernel_5="99", kernel_bias="0.25")
    (warning,) = warnings(app)
    assert "Row 2, column 2, which takes a number from -9 to 9" in warning
    text = said(app)
    assert KERNELS["upright"].note in text
    assert r"z_{4,5} = (-1.00) \cdot 0.00 + 0.00 \cdot 0.69" in formulas(app)
    assert "Together **-0.12**" in text

    app.selectbox(key=kernel_lab.PRESET).set_value("blur").run()
    assert app.session_state["kernel_5"] == 0.2
    assert app.session_state["kernel_bias"] == 0
    app.number_input(key="kernel_5").set_value(0.3).run()
    assert app.selectbox(key=kernel_lab.PRESET).value == kernel_lab.OWN
    app.selectbox(key=kernel_lab.TAKEN).set_value(4).run()
    assert "**Filter 5**, now in your nine fields" in said(app)

    app.radio(key=kernel_lab.GUESS).set_value(kernel_words.OPTIONS[0]).run()
    assert app.info[0].value.startswith("**Yes: It moves along")
    assert metrics(app)["Weights, shared by all tokens"] == "16.8 million"
    assert not app.exception


def test_silence_and_zeros_are_said():
    silent = scene(weights=-np.ones((3, 3), np.float32), relu=True)
    assert "It is silent on this image: none of its sums is above 0" in kernel_words.about_map(
        silent, ""
    )
    assert "which ReLU turns into **0**" in kernel_words.about_sum(silent)
    assert r"\max(0,\ -4.50) = 0.00" in kernel_words.formulas(silent)[2]
    none = scene(weights=np.zeros((3, 3), np.float32))
    assert "All nine numbers are 0" in kernel_words.about_map(none, "")
    assert none.limit == 1


@pytest.mark.parametrize(("inside", "option"), [(0, 0), (0.5, 2)])
def test_the_answer_looks_between_the_edges(inside, option):
    changed = np.zeros((8, 8))
    changed[:, 3], changed[:, 7] = inside, 0.75
    found, why = kernel_words.answer(changed)
    assert found == kernel_words.OPTIONS[option]
    assert "the difference reaches 0.75" in why
    assert "no difference either" in kernel_words.answer(np.zeros((8, 8)))[1]
