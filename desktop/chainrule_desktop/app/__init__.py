"""The editor as a program: its arguments, its parts, and how they are connected."""

from chainrule_desktop.app.main import main

__all__ = ["main"]
