"""Contenders against each other on one workload: by turns, each in a process of its own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, final

from tests.benchmarks.engine.contender import SAMPLE

ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}

CADENCE = ((20.0, 1), (700.0, 3))
SLOWEST = 9
"""Whose run takes fewer than 20 ms is measured in every round, 700 ms: in every third, else ninth.

Short runs feel everything else that the machine does, long ones even it out.
"""


@final
@dataclass(frozen=True)
class Entry:
    """Someone who takes part: a module under `contenders`, and which variant in it.

    `needs` is the package without which it can't, `settings` are environment variables.
    """

    name: str
    module: str
    variant: str
    needs: str = ""
    settings: tuple[tuple[str, str], ...] = ()


@final
@dataclass
class Standing:
    """How a contender did: milliseconds a run by round, collector off and on; None: sat out."""

    report: dict[str, Any]
    off: list[float | None] = field(default_factory=list)
    on: list[float | None] = field(default_factory=list)

    @property
    def fault(self) -> str | None:
        """What is wrong with its numbers or with itself; then its times don't count."""
        return self.report["fault"]

    @property
    def median_off(self) -> float:
        return _median(self.off)

    @property
    def median_on(self) -> float:
        return _median(self.on)


def ratio(slow: list[float | None], quick: list[float | None]) -> float | None:
    """Return how many times longer `slow` takes: the median over the rounds that both took part in.

    Within a round the machine is about equally fast for both; over all rounds it may not be.
    """
    shared = [a / b for a, b in zip(slow, quick, strict=True) if a is not None and b]
    return statistics.median(shared) if shared else None


def cadence(once_ms: float) -> int:
    """Return how many rounds lie between the turns of someone whose run takes `once_ms`."""
    return next((rounds for limit, rounds in CADENCE if once_ms < limit), SLOWEST)


def race(
    workload: str, entries: list[Entry], folder: Path, *, rounds: int, seconds: float
) -> dict[str, Standing]:
    """Return the standing of every entry by its name, after `rounds` rounds there and back."""
    runners = [_Runner(entry, workload, folder, seconds) for entry in entries]
    able = [each for each in runners if not each.failed]
    for number in range(rounds):
        for runner in able if number % 2 == 0 else reversed(able):
            runner.take_part(number)
    for runner in able:
        runner.finish()
    return {runner.name: runner.standing for runner in runners}


@final
class _Runner:
    """A contender's process, which waits while others are measured."""

    def __init__(self, entry: Entry, workload: str, folder: Path, seconds: float) -> None:
        self.name = entry.name
        module = f"tests.benchmarks.engine.contenders.{entry.module}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, entry.variant, workload, str(folder), str(seconds)],
            env=os.environ | ONE_THREAD | dict(entry.settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        line = self._ask("")
        self.failed = not line
        self.standing = Standing(json.loads(line) if line else {"fault": self._last_words()})

    def take_part(self, number: int) -> None:
        """Measure a round, or sit it out if rounds are long."""
        pauses = number % cadence(self.standing.report["once_ms"])
        off, on = (None, None) if pauses else json.loads(self._ask(f"{SAMPLE}\n"))
        self.standing.off.append(off)
        self.standing.on.append(on)

    def finish(self) -> None:
        """End the process."""
        self._process.communicate()

    def _ask(self, request: str) -> str:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the contender's pipes are missing; start it with pipes")
        stdin.write(request)
        stdin.flush()
        return stdout.readline()

    def _last_words(self) -> str:
        _, words = self._process.communicate()
        lines = words.strip().splitlines() or ["it said nothing"]
        return textwrap.shorten(f"it failed: {lines[-1]}", 150)


def _median(samples: list[float | None]) -> float:
    return statistics.median(each for each in samples if each is not None)
