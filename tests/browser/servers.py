"""A Streamlit server for the browser tests, on a port of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(script, log, *, cwd=ROOT):
    """Run a Streamlit script; yield its address once it is healthy."""
    for _ in range(3):  # somebody else may take the port before Streamlit does
        port = free_port()
        server = start_server(script, port, log, cwd)
        try:
            if wait_until_healthy(server, f"http://127.0.0.1:{port}", log):
                yield f"http://127.0.0.1:{port}"
                return
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
    pytest.fail(f"the server stopped:\n{Path(log).read_text()[-2000:]}")


def start_server(script, port, log, cwd):
    """Start Streamlit on a port; what it says goes to the log."""
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with Path(log).open("w") as output:
        return subprocess.Popen(
            [*command, *options], cwd=cwd, env=environment, stdout=output, stderr=output
        )


def wait_until_healthy(server, address, log, seconds=180):
    """Wait for the health check; return False if the server has stopped instead."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return True
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start in {seconds} s:\n{Path(log).read_text()[-2000:]}")
