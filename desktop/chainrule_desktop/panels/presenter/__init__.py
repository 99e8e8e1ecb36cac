"""Presenter mode: the graph on a whole screen, one key for the next step, spotlight and pen."""
