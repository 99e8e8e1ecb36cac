"""What `import chainrule` offers, as type checkers read it; `computation/lazy.py` makes it so."""

from chainrule.autodiff.gradient_check import Check as Check
from chainrule.autodiff.gradient_check import Verdict as Verdict
from chainrule.autodiff.gradient_check import check_gradients as check_gradients
from chainrule.autodiff.jacobian import Jacobian as Jacobian
from chainrule.autodiff.second_order import Hessian as Hessian
from chainrule.computation.graph import Graph as Graph
from chainrule.computation.layer import Layer as Layer
from chainrule.computation.program import Program as Program
from chainrule.computation.quantity import Quantity as Quantity
from chainrule.errors import ChainruleError as ChainruleError
from chainrule.gates.catalogue import register as register
from chainrule.gates.gate import Elementwise as Elementwise
from chainrule.gates.gate import Gate as Gate
from chainrule.gates.gate import Pattern as Pattern
from chainrule.gates.gate import Piecewise as Piecewise
from chainrule.gates.kind import Group as Group
from chainrule.gates.kind import parameter as parameter
