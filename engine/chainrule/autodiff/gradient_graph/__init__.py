"""The backward pass of a graph as a graph of its own gates, which runs and differentiates again."""

from chainrule.autodiff.gradient_graph.building import GradientGraph, gradient_graph
from chainrule.autodiff.gradient_graph.rules.table import RULES

__all__ = ["RULES", "GradientGraph", "gradient_graph"]
