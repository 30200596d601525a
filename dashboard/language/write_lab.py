"""Write and look: the next character, three controls over the draw, and whom each head looks at."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Click, show_chart
from dashboard.charts import writing as charts
from dashboard.compute import remember, run, timing
from dashboard.controls import Choice, Number, Slider, Text
from dashboard.gather import Rest
from dashboard.language import character_model as shared
from dashboard.language import write_words as words
from dashboard.language.character_model import Model
from dashboard.language.characters import name_of, visible
from dashboard.theme import Palette
from nnjax.language.cache import step
from nnjax.language.sampling import Choice as Draw
from nnjax.language.sampling import chances, generate, look
from nnjax.language.text import MAX_KINDS, decode, known_words

LONGEST = 32  # characters of a prompt: more would not be readable below a picture
N_NEW = 200


PROMPT = Text(
    key="write_prompt", label="Prompt", default="Alice said to the ", max_length=LONGEST,
    min_length=1, accepts="text",
)  # fmt: skip
TEMPERATURE = Slider(
    key="write_temperature", label="Temperature", default=0.8, min=0.05, max=3.0, step=0.05
)
TOP_K = Slider(
    key="write_top_k", label="Top-k", default=MAX_KINDS, min=1, max=MAX_KINDS, step=1,
    help="Only so many of the likeliest characters may be drawn.",
)  # fmt: skip
TOP_P = Slider(
    key="write_top_p", label="Top-p", default=0.95, min=0.05, max=1.0, step=0.05,
    help="Only the likeliest that together reach this share may be drawn.",
)  # fmt: skip
SEED = Number(key="write_seed", label="Seed of the draw", default=0, min=0, max=9999, step=1)
PICK = Slider(
    key="write_pick", label="Who looks, from the first character on", default=LONGEST, min=1,
    max=LONGEST, step=1, help="Or click a column of the upper picture.",
)  # fmt: skip
HEADS = tuple(range(1, 13))
HEAD = Choice(key="write_head", label="One head in full", default=1, options=HEADS)
GAP = Slider(
    key="write_gap", label="Difference of the logits", default=2.0, min=0.0, max=6.0, step=0.1
)
LLM_TEMPERATURE = Slider(
    key="write_llm_temperature", label="Temperature of the large model", default=0.7, min=0.1,
    max=2.0, step=0.1,
)  # fmt: skip
CONTROLS = (
    PROMPT, TEMPERATURE, TOP_K, TOP_P, SEED, PICK, HEAD, GAP, LLM_TEMPERATURE,
)  # fmt: skip
GUESS = "guess_write_seeds"
LAB = {"llm_lab": "write"}
PROMPTS = (
    ("A failure: too cold, it repeats itself", LAB | {"write_temperature": 0.05}),
    ("A failure: too hot, it is noise",
     LAB | {"write_temperature": 3.0, "write_top_p": 1.0}),
    ("Too hot, but only three characters may come",
     LAB | {"write_temperature": 3.0, "write_top_k": 3, "write_top_p": 1.0}),
    ("A word half written: hardly a choice is left", LAB | {"write_prompt": "said the Mock Turt"}),
)  # fmt: skip


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what goes on training, if anything is left."""
    controls, picture = layout.lab()
    with controls:
        prompt = PROMPT.show_good()
        draw = Draw(
            np.float32(TEMPERATURE.show()), np.int32(TOP_K.show()), np.float32(TOP_P.show())
        )
        seed = SEED.show()
        with st.expander("The model"):
            model, n_steps = shared.choose_model()
        told = st.container()
    with picture:
        pieces, rest = shared.train_in_pieces("write_training", model, n_steps)
        write, scene = _compute(model, len(pieces), prompt, draw, seed)
        _show_next(scene, colors)
        _show_heads(scene, colors)
    with told:
        st.markdown(words.stage(scene))
    _ask(write)
    layout.formula(*words.formulas(scene), note=words.FORMULA_NOTE)
    page.try_this(*PROMPTS)
    _show_llm()
    layout.show_the_code(chances, step, generate)
    layout.sources("ackley_1985", "fan_2018", "holtzman_2019", "vaswani_2017", "shazeer_2019")
    return rest


def _compute(
    model: Model, piece: int, prompt: str, draw: Draw, seed: int
) -> tuple[Callable[[Draw, int], str], words.Scene]:
    """Return what writes after the prompt, and all that is on show."""
    state, piece = shared.best_known(model, piece)
    asked = state.parameters, shared.make_prompt(prompt, model)
    seen = run("a look", look, *asked, draw, config=model.config)

    def write(draw: Draw, seed: int) -> str:
        made = run(
            "writing", generate, *asked, np.uint32(seed), draw, config=model.config, n_new=N_NEW
        )
        return decode(made.tokens, model.text.vocabulary)

    before = timing().run
    written = write(draw, seed)
    n_kinds = int(model.text.corpus.n_kinds)
    return write, words.Scene(
        model=model,
        piece=piece,
        prompt=prompt,
        names=[name_of(character) for character in prompt],
        look=seen,
        temperature=float(draw.temperature),
        order=np.argsort(-seen.before[:n_kinds])[: words.SHOWN],
        written=written,
        seconds=timing().run - before,
        known=remember("words of text", lambda *_: known_words(model.text), model.text.digest),
    )


def _show_next(scene: words.Scene, colors: Palette) -> None:
    show_chart(
        charts.plot_next(
            [scene.name(token) for token in scene.order],
            scene.look.before[scene.order],
            scene.look.after[scene.order],
            colors,
        ),
        key="write_next",
        alt=words.describe_next(scene),
        height=280,
    )
    layout.look(words.next_character(scene))
    st.markdown("**It writes:**")
    text = visible(scene.prompt + "│" + scene.written)
    st.code(text, language=None, wrap_lines=True)
    layout.look(words.verdict(scene))


def _show_heads(scene: words.Scene, colors: Palette) -> None:
    """Whom one character looks at, in every head; then one head in full."""
    n, config = len(scene.names), scene.model.config
    attention = scene.look.attention[:, :, :n, :n]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        picked = min(PICK.show(width=320), n) - 1
        head = min(HEAD.show(width=160), config.n_layers * config.n_heads) - 1
    show_chart(
        charts.plot_heads(attention, scene.names, picked, colors),
        key="write_heads",
        alt=words.looks(scene, picked).replace("**", "").replace("\\", ""),
        height=90 + 26 * config.n_layers * config.n_heads,
        on_click=_pick,
    )
    layout.look(words.looks(scene, picked))
    layer, within = divmod(head, config.n_heads)
    show_chart(
        charts.plot_head(attention[layer, within], scene.names, picked, colors),
        key="write_head_chart",
        alt=f"Head {within + 1} of block {layer + 1} in full: {n} characters by {n}. Nobody looks "
        "at what comes later.",
        height=420,
    )
    layout.look(
        f"Head **{layer + 1}.{within + 1}** in full: each row is a character, and what it looks at "
        "lies to its left. The upper right stays empty: nobody sees what has yet to come."
    )


def _pick(click: Click) -> None:
    """Turn a click on a column into the choice of its character."""
    if click.x is not None:
        st.session_state[PICK.key] = int(np.clip(round(click.x) + 1, 1, LONGEST))


def _ask(write: Callable[[Draw, int], str]) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        one = Draw(np.float32(1.0), np.int32(1), np.float32(1.0))
        answer, why = words.answer([write(one, seed) for seed in range(words.N_SEEDS)])
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        gap, temperature = GAP.show(width=300), LLM_TEMPERATURE.show(width=300)
    times = np.exp(gap / temperature)
    with st.container(horizontal=True, gap="large"):
        st.metric("Drawn so many times as often", f"{times:,.1f}")
        st.metric("Its share, of the two", f"{times / (1 + times):.1%}")
