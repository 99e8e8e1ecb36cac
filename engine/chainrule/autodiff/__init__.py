"""The two passes over a graph, and what is computed with them."""
