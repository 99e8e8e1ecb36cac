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
from chainrule.training.encoding import Feeding as Feeding
from chainrule.training.optimisers import SGD as SGD
from chainrule.training.optimisers import Adam as Adam
from chainrule.training.optimisers import Momentum as Momentum
from chainrule.training.optimisers import Nesterov as Nesterov
from chainrule.training.optimisers import RMSProp as RMSProp
from chainrule.training.recipes import Recipe as Recipe
from chainrule.training.sources import Generated as Generated
from chainrule.training.trainer import Trainer as Trainer
