"""Jacobians: the derivative of any tensor by any other, formed only where it is looked at."""

from chainrule.autodiff.jacobian.checking import EntryCheck
from chainrule.autodiff.jacobian.jacobian import Jacobian
from chainrule.autodiff.jacobian.making import jacobian_between, local_jacobian
from chainrule.autodiff.jacobian.structure import Certainty, Form, Structure

__all__ = [
    "Certainty",
    "EntryCheck",
    "Form",
    "Jacobian",
    "Structure",
    "jacobian_between",
    "local_jacobian",
]
