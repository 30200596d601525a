"""What is asked of XLA's compiler, and what is left alone."""

import os

import jax
import pytest

from nnjax import compiler

LEVEL = "--xla_backend_optimization_level="


def flags_after(monkeypatch, before):
    """XLA_FLAGS once the engine has added its own, twice."""
    monkeypatch.setenv("XLA_FLAGS", before)
    compiler.tune_compiler()
    compiler.tune_compiler()
    return os.environ["XLA_FLAGS"].split()


@pytest.fixture
def only_cpu(monkeypatch):
    monkeypatch.setattr(compiler, "_only_cpu", lambda: True)


@pytest.mark.usefixtures("only_cpu")
def test_each_is_asked_for_once(monkeypatch):
    assert flags_after(monkeypatch, "") == [
        "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold=16777216",
        *compiler.QUICK.split(),
    ]
    assert compiler.loops_are_whole()


@pytest.mark.usefixtures("only_cpu")
def test_what_somebody_has_set_stays(monkeypatch):
    own = ["--xla_backend_extra_options=other=1", f"{LEVEL}0"]
    assert flags_after(monkeypatch, " ".join(own)) == own
    assert not compiler.loops_are_whole()


@pytest.mark.usefixtures("only_cpu")
@pytest.mark.parametrize(("before", "options"), [("", compiler.FOR_LOOPS), (f"{LEVEL}0", None)])
def test_a_loop_is_compiled_with_more_care_unless_somebody_has_chosen(monkeypatch, before, options):
    flags_after(monkeypatch, before)
    asked = []
    monkeypatch.setattr(jax, "jit", lambda function, **given: asked.append((function, given)))
    compiler.jit_loop(len, static_argnames="n")
    assert asked == [(len, {"compiler_options": options, "static_argnames": "n"})]


@pytest.mark.usefixtures("only_cpu")
def test_a_loop_gives_what_the_plain_program_gives(monkeypatch):
    flags_after(monkeypatch, "")
    add_up = compiler.jit_loop(lambda n: jax.lax.fori_loop(0, n, lambda i, total: total + i, 0))
    assert add_up(5) == 10


def test_an_accelerator_keeps_its_level(monkeypatch):
    def entry_points(*, group):
        return [group]

    monkeypatch.setattr(compiler, "entry_points", entry_points)
    assert not any(flag.startswith(LEVEL) for flag in flags_after(monkeypatch, ""))
