"""The Jacobian of a relu of 4,096 numbers: what looking at it costs, and what forming it does."""

from __future__ import annotations

from importlib.util import find_spec

from tests.benchmarks.measure import Contender, Figures, print_table, run

SIZE = 4096

FIRST = "first look, ms"
AGAIN = "next looks, ms"
ALLOCATED = "allocated at most, MB"


def compare() -> None:
    """Measure the view beside PyTorch's function that forms the matrix, and print a table."""
    contenders = [Contender("Chainrule", "tests.benchmarks.jacobian_view")]
    if find_spec("torch") is not None:
        contenders.append(Contender("PyTorch, formed", "tests.benchmarks.jacobian_pytorch"))
    columns: dict[str, Figures] = {each.name: run(each) for each in contenders}
    title = (
        f"The Jacobian of max(0, x) of {SIZE:,} numbers, {8 * SIZE * SIZE // 2**20} MB if formed: "
        "the editor's window opened and painted;\nprocessor time, the median of the next looks"
    )
    print_table(title, columns)
