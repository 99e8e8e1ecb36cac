"""The graph of gates and wires: its parts, the edits that change it, and what is amiss in it."""
