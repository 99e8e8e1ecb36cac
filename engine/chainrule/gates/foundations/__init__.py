"""What families of gates share: axes, positions, windows, sound numerics, abstract gates."""
