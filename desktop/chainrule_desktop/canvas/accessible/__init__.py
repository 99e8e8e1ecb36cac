"""The canvas as screen readers see it: every gate and every wire is an object of its own."""
