"""A graph without a file is offered a name made of its title."""

from __future__ import annotations

import pytest

from chainrule_desktop.dialogs.graph_files import file_name_for


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("untitled", "untitled.chainrule"),
        ("A sigmoid neuron, in stages", "a-sigmoid-neuron-in-stages.chainrule"),
        ("../../etc/passwd", "etc-passwd.chainrule"),
        ("∇ / ?", "graph.chainrule"),
    ],
)
def test_a_title_becomes_a_file_name(title: str, name: str) -> None:
    assert file_name_for(title) == name
