"""Formulas: text that becomes a graph, and a graph that becomes text."""

from chainrule.expression.formula import graph_from_formula
from chainrule.expression.writer import formula_of

__all__ = ["formula_of", "graph_from_formula"]
