"""`streamlit` as ever, noting for every script run how long it took, from its start to its finish.

`python -m benchmarks.timed_streamlit run app.py` appends a line in milliseconds to the file that
the environment variable BENCHMARK_TIMES names.
"""

import os
import sys
import time
from pathlib import Path

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web.cli import main

VARIABLE = "BENCHMARK_TIMES"
_run_script = ScriptRunner._run_script


def _timed(runner: ScriptRunner, *given: object) -> None:
    started = time.perf_counter()
    try:
        _run_script(runner, *given)
    finally:
        taken = 1000 * (time.perf_counter() - started)
        with Path(os.environ[VARIABLE]).open("a", encoding="utf-8") as times:
            times.write(f"{taken:.3f}\n")


if __name__ == "__main__":
    ScriptRunner._run_script = _timed
    sys.exit(main())
