"""Dual numbers: arrays that carry a tangent through NumPy's functions, for forward mode."""

from chainrule.gates.dual import functions, linear_algebra, reductions, ufuncs
from chainrule.gates.dual.number import Dual

__all__ = ["Dual", "functions", "linear_algebra", "reductions", "ufuncs"]
