"""How soon the rows of a search stand on the screen after a key."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.measure import Contender, Figures, print_table, run
from tests.benchmarks.verdicts import Verdict, verdict_table

MOST = 10.0
"""The milliseconds that a key may take."""

SLOWEST = "slowest"
NODES = 10_000
COMMANDS = 300

KEYS = ("m", "mu", "soft", "sigmiod", "log softmax", "zzzz")
"""What is typed for gates: a letter, a beginning, a slip, two words, nonsense."""

NODE_KEYS = ("n", "n12", "n99 9", "mul", "nn123", "zzzz")


def compare() -> None:
    """Measure the searches of the editor, and print what is required of them and what is met."""
    columns: dict[str, Figures] = {
        "Chainrule": run(Contender("Chainrule", "tests.benchmarks.search_popup"))
    }
    title = (
        f"From a key to the rows painted: all gates with aliases, {NODES:,} nodes, {COMMANDS} "
        "commands;\nmilliseconds of processor time, the median of each and the slowest of them"
    )
    print_table(title, columns)
    print("\n" + verdict_table([*verdicts(columns["Chainrule"])]))


def verdicts(figures: Figures) -> Iterator[Verdict]:
    """Yield what is required of the slowest key of each search."""
    for name, taken in figures.items():
        if name.endswith(SLOWEST):
            yield Verdict(f"results of a key, {name}", "≤", MOST, taken)
