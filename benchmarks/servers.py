"""Servers that a measurement starts and stops: Streamlit apps, and a folder of static files."""

import functools
import http.server
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.timed_streamlit import VARIABLE

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120


class Server(NamedTuple):
    """A running Streamlit server."""

    address: str
    process_id: int
    times: Path  # a line for each script run, in milliseconds

    def script_ms(self) -> list[float]:
        """How long each script run took so far, from its start to its finish."""
        return [float(line) for line in self.times.read_text(encoding="utf-8").split()]

    def cpu_ms(self) -> float | None:
        """Processor time it has used so far, all threads; None where there is no /proc."""
        try:
            text = Path(f"/proc/{self.process_id}/stat").read_text(encoding="utf-8")
        except OSError:
            return None
        user, system = text.rpartition(")")[2].split()[11:13]
        return 1000 * (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
            return answer.status == 200
    except OSError:
        return False


def _wait_until_healthy(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _is_healthy(address):
        if process.poll() is not None:
            raise RuntimeError(f"streamlit ended at once with status {process.returncode}")
        if time.monotonic() > deadline:
            raise TimeoutError(f"streamlit did not answer within {START_SECONDS} s")
        time.sleep(0.02)


@contextmanager
def streamlit_server(
    script: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Runs a Streamlit script from the project's root, so that the project's settings apply."""
    port = free_port()
    command = [
        sys.executable, "-m", "benchmarks.timed_streamlit", "run", str(script),
        "--server.headless", "true",
        "--server.port", str(port), "--server.address", "127.0.0.1",
        "--server.fileWatcherType", "none",
    ]  # fmt: skip
    handle, name = tempfile.mkstemp(prefix="nnjax-benchmarks-")
    os.close(handle)
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, VARIABLE: name, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(address, process)
        yield Server(address, process.pid, Path(name))
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        Path(name).unlink()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def static_server(folder: Path) -> Iterator[str]:
    """Serves a folder from a thread; yields the address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
