"""What these tests share: the light theme."""

from __future__ import annotations

from tests.desktop.easel import theme

__all__ = ["theme"]
