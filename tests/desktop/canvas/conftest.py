"""The canvas of (x + y) z for the tests of all its modules."""

from __future__ import annotations

from tests.desktop.easel import easel, theme, window

__all__ = ["easel", "theme", "window"]
