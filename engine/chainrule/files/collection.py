"""Making many objects that stay, without the garbage collector looking at them again and again."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Generator[None, None, None]:
    """Spare the garbage collector while all that is made is kept; it would double the time.

    What was made counts as old when it runs again, so that it doesn't look at all of it at once.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            _make_old()
            gc.enable()


def _make_old() -> None:
    """Put every object into the oldest generation; nothing is walked for that.

    Not where the program has frozen objects of its own, which would be thawed too.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
