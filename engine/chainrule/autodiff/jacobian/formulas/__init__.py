"""Element formulas: one number of a gate's output as a sum, and its derivative by one input."""
