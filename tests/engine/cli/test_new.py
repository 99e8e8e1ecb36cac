"""`chainrule new`: a formula becomes a graph file that can be opened and run."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.autodiff.passes import Passes
from chainrule.cli.main import main
from chainrule.files import read_graph
from chainrule.graph.composites import kind_name
from chainrule.graph.queries import require_output


def test_the_sigmoid_neuron_becomes_the_gates_of_the_lecture(tmp_path: Path) -> None:
    out = tmp_path / "neuron.chainrule"
    formula = "1/(1+exp(-(w0*x0+w1*x1+w2)))"
    values = ("w0=2", "x0=-1", "w1=-3", "x1=-2", "w2=-3")
    words = [word for value in values for word in ("--set", value)]
    assert main(["new", formula, *words, str(out)]) == 0
    graph = read_graph(out)
    gates = [kind_name(node.kind) for node in graph if not node.is_leaf]
    assert gates[-3:] == ["exp", "add_constant", "reciprocal"]
    assert Passes(graph).value(require_output(graph)) == pytest.approx(0.7310585786300049)
    assert all(node.position is not None for node in graph)


def test_a_formula_may_begin_with_a_minus(tmp_path: Path) -> None:
    out = tmp_path / "f"
    assert main(["new", "-x*y", "--set", "x=2", "--set=y=-3", str(out)]) == 0
    graph = read_graph(out)
    assert Passes(graph).value(require_output(graph)) == 6.0


@pytest.mark.parametrize(
    ("formula", "options", "says"),
    [
        ("1+*2", [], ": formula column 3: "),
        ("", [], ": formula"),
        ("__import__('os')", [], ": formula column "),
        ("x*y", ["--set", "q=1"], ": formula: "),
        ("x*y", ["--set", "x=two"], ": --set x: "),
        ("(" * 100_000, [], ": formula"),
    ],
)
def test_what_is_no_formula_is_one_line_and_no_file(
    formula: str,
    options: list[str],
    says: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "f"
    assert main(["new", formula, str(out), *options]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"chainrule: {out}{says}")
    assert err.count("\n") == 1
    assert not out.exists()
