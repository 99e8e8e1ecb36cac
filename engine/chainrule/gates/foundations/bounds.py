"""What several gates demand of parameters that are bounds."""

from __future__ import annotations

from chainrule.errors import ParameterError


def refuse_reversed(gate: str, low: float, high: float) -> None:
    """Raise ParameterError if the lower bound lies above the upper one."""
    if low > high:
        raise ParameterError(f"{gate}: min {low:g} lies above max {high:g}; exchange the two")


def refuse_negative(gate: str, name: str, value: float) -> None:
    """Raise ParameterError if a parameter that is a distance or a size is below 0."""
    if value < 0.0:
        raise ParameterError(f"{gate}: {name} must be at least 0, not {value:g}")
