"""The gates that ship with Chainrule; importing this package registers them all."""

from chainrule.gates.library import arithmetic

__all__ = ["arithmetic"]
