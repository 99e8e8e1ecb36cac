"""Gates: every function that can stand at a node, each with its derivative.

Importing anything from here fills the catalogue with all kinds that ship with Chainrule.
"""

from chainrule.gates import leaf, library

__all__ = ["leaf", "library"]
