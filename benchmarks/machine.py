"""What the numbers were measured on."""

import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path

PACKAGES = ("jax", "jaxlib", "numpy", "scikit-learn", "torch", "streamlit", "plotly", "playwright")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


def _compiler() -> str | None:
    try:
        answer = subprocess.run(["gcc", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return answer.stdout.splitlines()[0] if answer.stdout else None


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def describe_machine() -> dict[str, object]:
    """Processor, cores, load, versions; a high load before the run means noisy numbers."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load_before": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "system": platform.platform(),
        "python": platform.python_version(),
        "gcc": _compiler(),
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
    }


def machine_line(machine: dict) -> str:
    """The machine in one line, for the printed report."""
    return f"{machine['processor']}, {machine['cores']} cores, load {machine['load_before']:.1f}"
