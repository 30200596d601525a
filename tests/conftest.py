"""The ground under every test: the same devices as the app, and nothing from the network."""

import ipaddress
import os
import socket

import pytest

# Before the first import of jax: it reads them once.
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("JAX_NUM_CPU_DEVICES", "2")
os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
# Most of the tests' time is compiling. XLA's older code generator for fusions takes less than half
# as long, and so does a little optimising instead of all. The server of the browser tests inherits
# the flags: what one process has compiled, the other finds in the app's cache. Their order is not
# that of the engine's own (nnjax.compiler.QUICK), by which it knows that nobody else has chosen.
FAST_COMPILE = "--xla_cpu_use_fusion_emitters=false --xla_backend_optimization_level=1"
os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {FAST_COMPILE}".strip()
os.environ.setdefault("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep the tests of a file on one worker, which has compiled what they share.

    All browser tests share one server and one browser: two of each would compile everything twice.
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            path = nodeid.partition("::")[0]
            return "tests/browser" if path.startswith("tests/browser/") else path

    return ByFile(config, log)


@pytest.fixture(autouse=True, scope="module")
def optimising(request):
    """Programs that run for a moment are hardly optimised; those of whole pages run for seconds."""
    import jax

    jax.config.update("jax_disable_most_optimizations", "test_page_" not in request.path.name)


def _is_local(sock, address):
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0]
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """A test that reaches for another machine fails at once, here as on a machine offline."""
    connect = socket.socket.connect

    def local_connect(sock, address):
        if not _is_local(sock, address):
            raise OSError(f"tests must not use the network: {address}")
        return connect(sock, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_connect)
        yield
