"""How quickly graphs train, and how soon the window answers while the largest one does."""

from __future__ import annotations

from tests.benchmarks.measure import Contender, Figures, print_table, run


def compare() -> None:
    """Measure training in the engine and in the editor, and print two tables."""
    ours = run(Contender("Chainrule", "tests.benchmarks.training_window"))
    engine: Figures = {name: each for name, each in ours.items() if name.startswith("engine")}
    editor: Figures = {name: each for name, each in ours.items() if name not in engine}
    title = "Training micrograd's demo, 100 points; milliseconds of processor time"
    print_table(title, {"Chainrule": engine})
    title = (
        "The editor while it trains the whole loss as one graph, as fast as it goes:\n"
        "waits of the event loop are wall time and grow with what else runs on the machine"
    )
    print_table(title, {"Chainrule": editor})
