"""How many threads NumPy's matrix products use: one, unless somebody asks for more.

Gates of a graph are small work, for which waking other threads costs more than they save; and what
runs beside the passes, an editor's window first of all, needs a processor of its own.
"""

from __future__ import annotations

import os
import warnings
from threading import Lock
from typing import Any, Final, final

VARIABLE: Final = "CHAINRULE_THREADS"
DEFAULT_THREADS: Final = 1
ALL_PROCESSORS: Final = 0

# Who sets one of these has decided already, and for more than us.
_OTHERS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@final
class _Choice:
    """What was chosen, and whether NumPy has been told."""

    def __init__(self) -> None:
        self.count: int | None = None
        self.settled = False
        self.lock = Lock()


_choice = _Choice()


def set_blas_threads(count: int) -> None:
    """Let matrix products use `count` threads from now on; ALL_PROCESSORS for as many as there are.

    The number holds for the whole process, as the library behind NumPy has it. It is passed on when
    a graph with tensors runs, or at once if one has run already. Raises ValueError below 0.
    """
    if count < 0:
        raise ValueError(f"the number of threads must be 0 (all processors) or more, not {count}")
    with _choice.lock:
        _choice.count = count
        if _choice.settled:
            _limit(count)


def settle_threads() -> None:
    """Pass the number of threads on to NumPy, the first time that this is called.

    It is what `set_blas_threads` was given, else the variable CHAINRULE_THREADS, else one; where
    the environment sets a variable of the library itself, such as OMP_NUM_THREADS, nothing is done.
    Cheap afterwards, so that every run of tensors may begin with it.
    """
    if _choice.settled:
        return
    with _choice.lock:
        if not _choice.settled:
            _choice.settled = True
            count = _environment_count() if _choice.count is None else _choice.count
            if count is not None:
                _limit(count)


def _environment_count() -> int | None:
    text = os.environ.get(VARIABLE, "").strip()
    if text:
        try:
            count = int(text)
        except ValueError:
            count = -1
        if count >= 0:
            return count
        warnings.warn(
            f"{VARIABLE} must be 0 (all processors) or a number of threads, not {text!r}; "
            f"{DEFAULT_THREADS} is used",
            RuntimeWarning,
            stacklevel=3,
        )
    elif any(name in os.environ for name in _OTHERS):
        return None
    return DEFAULT_THREADS


def _limit(count: int) -> None:
    # Late: importing Chainrule must not pay for what only tensors need.
    import threadpoolctl  # pyright: ignore[reportMissingTypeStubs]  it has none

    library: Any = threadpoolctl
    threads = (os.cpu_count() or 1) if count == ALL_PROCESSORS else count
    library.threadpool_limits(limits=threads, user_api="blas")
    # From 3.8 on, the thread that has limited OpenBLAS keeps the sole right to; others may need it.
    release = getattr(library.OpenBLASController, "clear_controlling_thread", None)
    if release is not None:
        release()
