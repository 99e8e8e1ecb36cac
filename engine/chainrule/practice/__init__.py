"""Practice: exercises made of graphs, the answers to them marked, and sheets to print."""
