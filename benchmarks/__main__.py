"""Command line: `python -m benchmarks training|interaction [--json]`."""

import argparse
import json
import signal
import sys

from benchmarks.cases import CASES
from benchmarks.cases import PARTS as INTERACTION_PARTS
from benchmarks.machine import describe_machine, machine_line
from benchmarks.problem import SHAPES
from benchmarks.timing import CLOCKS
from benchmarks.training import PARTS, measure_training, training_tables


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """Reads the command line; `SystemExit` with one clear line if it makes no sense."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("training", help="epochs per second beside the peers")
    training.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    training.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    training.add_argument("--repeats", type=int, default=5, help="rounds (default 5)")
    training.add_argument("--seconds", type=float, default=0.4, help="length of one measurement")
    training.add_argument(
        "--clock", choices=CLOCKS, default="wall", help="cpu: for a machine that others use too"
    )
    interaction = commands.add_parser("interaction", help="key press to repaint, in Chromium")
    interaction.add_argument("--pages", nargs="+", choices=CASES, default=list(CASES))
    interaction.add_argument(
        "--parts", nargs="+", choices=INTERACTION_PARTS, default=list(INTERACTION_PARTS)
    )
    interaction.add_argument("--presses", type=int, default=21, help="a page (default 21)")
    for command in commands.choices.values():
        command.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def run_training(arguments: argparse.Namespace) -> tuple[dict, str]:
    """Measures, and returns the results with their text."""
    results = measure_training(
        arguments.shapes,
        arguments.parts,
        repeats=arguments.repeats,
        seconds=arguments.seconds,
        clock=arguments.clock,
    )
    return results, training_tables(results)


def run_interaction(arguments: argparse.Namespace) -> tuple[dict, str]:
    """The same, in the browser."""
    from benchmarks.interaction import measure_interaction
    from benchmarks.interaction_tables import interaction_tables

    results = measure_interaction(arguments.pages, arguments.parts, presses=arguments.presses)
    return results, interaction_tables(results)


COMMANDS = {"training": run_training, "interaction": run_interaction}


def main() -> int:
    """Runs one benchmark and prints a table, or one JSON object with the machine in it."""
    arguments = parse_arguments()
    # Stopped from outside, it still stops the servers and the browser that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    machine = describe_machine()
    results, text = COMMANDS[arguments.command](arguments)
    if arguments.json:
        print(json.dumps({"machine": machine, arguments.command: results}, indent=2))
    else:
        print(machine_line(machine), "\n\n", text, sep="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
