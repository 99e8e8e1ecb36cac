"""Computational graphs with every value and gradient in view: the library behind the editor."""
