"""The desktop editor of Chainrule: windows, canvas and panels around the engine."""
