"""What the backward of each gate does, as gates: one module for a family of gates."""
