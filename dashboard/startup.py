"""Settings that must be in place before JAX or Plotly are first used. Global to all sessions."""

import contextlib
import gc
import os
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_CPU_DEVICES = 8
MAX_CACHE_BYTES = 512 * 2**20
_done = False


def prepare() -> None:
    """Configure JAX, lay out the static files and freeze the heap, once a process."""
    global _done  # noqa: PLW0603
    if _done:
        return
    _done = True
    # An accelerator's memory is shared with whatever else runs on it.
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    _configure_jax()
    copy_plotly(ROOT / "static")
    _warm_imports()
    # What is imported by now never dies: keep the collector from walking it again and again.
    gc.collect()
    gc.freeze()


def _configure_jax() -> None:
    """Set devices, precision and the compilation cache."""
    import jax  # noqa: PLC0415

    # Sweeps run on several host devices at once; without this XLA offers one. Once JAX has been
    # used (in a test, say) it is too late, and one has to do.
    with contextlib.suppress(RuntimeError):
        jax.config.update("jax_num_cpu_devices", cpu_devices())
    # A lesson must give the same digits on a GPU, which would round products to TF32.
    jax.config.update("jax_default_matmul_precision", "float32")
    directory = cache_directory()
    if directory is not None:
        jax.config.update("jax_compilation_cache_dir", str(directory))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)
        jax.config.update("jax_compilation_cache_max_size", MAX_CACHE_BYTES)


def cpu_devices() -> int:
    """Return how many host devices to make: one for each core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, MAX_CPU_DEVICES))


def cache_directory() -> Path | None:
    """Return the compilation cache's directory, ours alone (mode 0700), or None if impossible.

    A cached program is executable code: nobody else may be able to write it.
    """
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    for parent in (Path(base), Path(tempfile.gettempdir())):
        directory = parent / f"nnjax-programs-{os.getuid() if hasattr(os, 'getuid') else 0}"
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            if directory.is_symlink() or (
                hasattr(os, "getuid") and directory.stat().st_uid != os.getuid()
            ):
                continue
            directory.chmod(0o700)
            return directory
        except (OSError, RuntimeError):
            continue
    return None


def copy_plotly(directory: Path) -> None:
    """Copy plotly.min.js from the installed package, unless the same is already there."""
    source = files("plotly") / "package_data" / "plotly.min.js"
    target = directory / "plotly.min.js"
    if target.exists() and target.stat().st_size == os.path.getsize(str(source)):
        return
    directory.mkdir(exist_ok=True)
    # Under another name first: a second process never sees half a file.
    with tempfile.NamedTemporaryFile(dir=directory, delete=False) as part:
        shutil.copyfile(str(source), part.name)
    Path(part.name).chmod(0o644)
    os.replace(part.name, target)


def _warm_imports() -> None:
    """Import what every page needs, so that no learner waits for it."""
    import jax.numpy  # noqa: F401, PLC0415
    import plotly.graph_objects as go  # noqa: PLC0415

    import dashboard.charts.base  # noqa: F401, PLC0415

    # The first figure loads Plotly's validators (0.1 s).
    go.Figure(data=[{"type": "scatter"}, {"type": "heatmap"}, {"type": "bar"}]).to_dict()
