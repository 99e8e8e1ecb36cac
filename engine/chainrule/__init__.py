"""Computational graphs with every value and gradient in view: the library behind the editor."""

from chainrule.computation.lazy import __dir__ as __dir__
from chainrule.computation.lazy import __getattr__ as __getattr__
