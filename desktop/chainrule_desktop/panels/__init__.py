"""The panels around the canvas: palette, inspector, problems, formula and start view."""
