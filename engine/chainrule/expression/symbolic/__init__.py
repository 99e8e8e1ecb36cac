"""Formulas of composite gates and of their local gradients, simplified by algebra."""
