"""Asking for the formulas of a composite gate: algebra in a process that may be stopped."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Final, final

import msgspec

from chainrule.expression.symbolic.recipe import Recipe
from chainrule.expression.symbolic.template import Template
from chainrule.processes import worker_environment

WORKER: Final = (sys.executable, "-m", "chainrule.expression.symbolic.worker")
"""The command of the worker. A frozen program, which is no Python interpreter, gives its own."""

TIME_LIMIT: Final = 10.0
"""Seconds after which the best that was found by then has to do."""

_LOOK: Final = 0.02


@final
class Answer(msgspec.Struct, frozen=True):
    """The output and the local gradients by the ports, as the text of templates."""

    slopes: tuple[str | None, ...]
    value: str | None = None


@final
@dataclass(frozen=True, slots=True)
class Formulas:
    """What a composite gate computes, and its local gradient by each port; None where unknown."""

    slopes: tuple[Template | None, ...]
    value: Template | None = None


def formulas_of(
    recipe: Recipe,
    cancelled: Callable[[], bool] = lambda: False,
    limit: float = TIME_LIMIT,
    command: Sequence[str] = WORKER,
) -> Formulas:
    """Return the formula of a composite, and the simplest one found of its local gradients.

    The algebra holds the interpreter's lock and can't be interrupted, hence a process. It is ended
    after `limit` seconds, or as soon as `cancelled` says so; what it had found by then counts.
    """
    with TemporaryFile() as question, TemporaryFile() as answer:
        question.write(msgspec.json.encode(recipe))
        question.seek(0)
        process = subprocess.Popen(
            list(command),
            stdin=question,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=worker_environment(),
        )
        try:
            _wait(process, cancelled, limit)
        finally:
            process.kill()
            process.wait()
        found = _last_answer(answer)
    if found is None or len(found.slopes) != len(recipe.ports):
        return Formulas((None,) * len(recipe.ports))
    slopes = tuple(None if text is None else Template(text) for text in found.slopes)
    return Formulas(slopes, None if found.value is None else Template(found.value))


def _wait(process: subprocess.Popen[bytes], cancelled: Callable[[], bool], limit: float) -> None:
    end = time.monotonic() + limit
    while process.poll() is None and time.monotonic() < end and not cancelled():
        time.sleep(_LOOK)


def _last_answer(file: IO[bytes]) -> Answer | None:
    file.seek(0)
    *lines, _ = file.read().split(b"\n")  # a line that is not ended is not whole
    return msgspec.json.decode(lines[-1], type=Answer) if lines else None
