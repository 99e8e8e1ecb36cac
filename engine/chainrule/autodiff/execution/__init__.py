"""What runs a plan: a loop over floats, stages over arrays, or compiled loops."""
