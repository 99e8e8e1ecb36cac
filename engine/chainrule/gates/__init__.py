"""Gates: every function that can stand at a node, each with its derivative."""
