"""What gates say of themselves to people: plain formulas, the reference, names of Torch."""
