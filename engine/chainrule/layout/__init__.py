"""Layout: numbers in, positions out."""

from __future__ import annotations

from chainrule.layout.aligning import Edge, aligned, distributed
from chainrule.layout.among import in_column, put_among
from chainrule.layout.components import part_of
from chainrule.layout.job import JOB_SIZE, LayoutJob
from chainrule.layout.left_to_right import layered
from chainrule.layout.placing import place_among
from chainrule.layout.problem import Extent, LayeredProblem, Positions, Spacing, WireEnds
from chainrule.layout.rough import rough
from chainrule.layout.stable import tidied

__all__ = [
    "JOB_SIZE",
    "Edge",
    "Extent",
    "LayeredProblem",
    "LayoutJob",
    "Positions",
    "Spacing",
    "WireEnds",
    "aligned",
    "distributed",
    "in_column",
    "layered",
    "part_of",
    "place_among",
    "put_among",
    "rough",
    "tidied",
]
