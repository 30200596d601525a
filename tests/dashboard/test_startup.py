"""Start: the cache is ours alone, Plotly's script is complete, memory is bounded."""

import os
import stat
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from dashboard import startup

ROOT = Path(__file__).resolve().parents[2]


def test_plotly_is_copied_once_and_repaired(tmp_path):
    target = tmp_path / "static" / "plotly.min.js"
    startup.copy_plotly(target.parent)
    size = os.path.getsize(str(files("plotly") / "package_data" / "plotly.min.js"))
    assert target.stat().st_size == size
    before = target.stat().st_mtime_ns
    startup.copy_plotly(target.parent)
    assert target.stat().st_mtime_ns == before
    target.write_text("half a file")
    startup.copy_plotly(target.parent)
    assert target.stat().st_size == size
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_cache_directory_is_private(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    directory = startup.cache_directory()
    assert directory.parent == tmp_path
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    directory.chmod(0o777)
    assert stat.S_IMODE(startup.cache_directory().stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_a_planted_link_is_not_followed(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    name = startup.cache_directory().name
    (tmp_path / name).rmdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    assert startup.cache_directory() != tmp_path / name


def test_compiled_programs_are_kept_within_bounds(tmp_path):
    """In a process of its own: JAX decides once where its cache lies."""
    script = (
        "from dashboard import startup; startup.prepare()\n"
        "import jax; jax.jit(lambda x: x + 1)(1.0)\n"
        "assert jax.config.jax_compilation_cache_max_size == startup.MAX_CACHE_BYTES\n"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-W", "error::UserWarning", "-c", script]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)
    assert list(tmp_path.glob("nnjax-programs-*/*-cache"))


def test_host_devices_follow_the_cores():
    assert 1 <= startup.cpu_devices() <= startup.MAX_CPU_DEVICES


def test_server_settings():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["runner"] == {"magicEnabled": False, "postScriptGC": False}
    assert settings["browser"]["gatherUsageStats"] is False
    server = settings["server"]
    assert server["enableXsrfProtection"]
    assert server["enableCORS"]
    assert server["enableStaticServing"]
    assert (server["maxUploadSize"], server["maxMessageSize"]) == (5, 50)
    assert (server["maxWidgetStateSize"], server["disconnectedSessionTTL"]) == (2, 60)
    assert settings["client"]["showErrorDetails"] == "type"
