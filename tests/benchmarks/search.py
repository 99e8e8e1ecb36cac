"""How soon the rows of a search stand on the screen after a key."""

from __future__ import annotations

from tests.benchmarks.measure import Contender, Figures, print_table, run

NODES = 10_000
COMMANDS = 300

KEYS = ("m", "mu", "soft", "sigmiod", "log softmax", "zzzz")
"""What is typed for gates: a letter, a beginning, a slip, two words, nonsense."""

NODE_KEYS = ("n", "n12", "n99 9", "mul", "nn123", "zzzz")


def compare() -> None:
    """Measure the searches of the editor and print a table; a key may take 10 ms."""
    columns: dict[str, Figures] = {
        "Chainrule": run(Contender("Chainrule", "tests.benchmarks.search_popup"))
    }
    title = (
        f"From a key to the rows painted: all gates with aliases, {NODES:,} nodes, {COMMANDS} "
        "commands;\nmilliseconds of processor time, the median of each and the slowest of them"
    )
    print_table(title, columns)
