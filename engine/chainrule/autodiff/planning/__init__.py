"""What of a graph can run: its flat form, with shapes, levels and what reaches the output."""
