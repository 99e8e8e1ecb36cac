"""Waiting for what another program does: for its signs, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

_T = TypeVar("_T")
_MOST_SECONDS = 30
_PAUSE = 0.02


def until(sign: Callable[[], _T], what: str) -> _T:
    """Return the first sign that is true; fail when there is none for long.

    `what` ends the sentence "Waited in vain until".
    """
    end = time.monotonic() + _MOST_SECONDS
    while not (found := sign()):
        if time.monotonic() > end:
            pytest.fail(f"Waited in vain until {what}.")
        time.sleep(_PAUSE)
    return found
