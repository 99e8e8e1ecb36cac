"""What a contender is, and the process in which it runs."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.engine import workloads
from tests.benchmarks.engine.agreement import disagreement, extent
from tests.benchmarks.engine.reference import Numbers
from tests.benchmarks.engine.workloads import Problem
from tests.benchmarks.measure import resident_mb

SAMPLE = "sample"

QUICK = 1e-3
"""Of runs shorter than so many seconds one alone says little of how long they take."""

DEEP = 1_000_000
"""Some peers recurse from gate to gate; chains are as long as this."""


class Contender(ABC):
    """One way to compute a loss and its gradients; what comes before a run is in `__init__`."""

    @abstractmethod
    def run(self, point: Any) -> float:
        """Run both passes at a point and return the loss."""

    @abstractmethod
    def numbers(self, loss: float) -> Numbers:
        """Return what the last run computed, whose loss was `loss`; this is not timed."""

    def details(self) -> dict[str, float]:
        """Return what else there is to say of the making: milliseconds by name."""
        return {}


Maker = Callable[[Any], Contender]


def compete(makers: Mapping[str, Maker]) -> None:
    """Run one contender as the command line asks: VARIANT WORKLOAD FOLDER SECONDS.

    Says on one line of JSON that it is ready, and on one more for each line `sample` that it reads
    how many milliseconds a run takes. What a library prints goes to standard error.
    """
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    variant, workload, folder, seconds = sys.argv[1:]
    sys.setrecursionlimit(DEEP)
    problem = workloads.load(workload, Path(folder))
    contender, report = _make(makers[variant], problem)
    print(json.dumps(report), file=answers, flush=True)
    times = max(1, int(1000 * float(seconds) / max(report["once_ms"], 1e-3)))
    for line in sys.stdin:
        if line.strip() != SAMPLE:
            break
        print(json.dumps(_sample(contender, problem, times)), file=answers, flush=True)


def _make(maker: Maker, problem: Problem) -> tuple[Contender, dict[str, Any]]:
    """Make a contender, run it twice, and compare its numbers with the right ones."""
    gc.collect()
    before, start = resident_mb(), time.process_time()
    contender = maker(problem.task)
    built = time.process_time()
    contender.run(problem.points[1])
    first, after = time.process_time(), resident_mb()
    loss = contender.run(problem.points[0])
    once = time.process_time() - first
    got = contender.numbers(loss)
    return contender, {
        "build_ms": 1000 * (built - start),
        "first_ms": 1000 * (first - built),
        "memory_mb": after - before,
        "fault": disagreement(got, problem.expected),
        "compared": extent(got),
        "details": contender.details(),
        "once_ms": 1000 * once if once > QUICK else _mean_ms(contender, problem, 100),
    }


def _sample(contender: Contender, problem: Problem, times: int) -> tuple[float, float]:
    """Return the milliseconds of a run, with the garbage collector off and with it on.

    What accumulates while it is off is collected in between.
    """
    if times > 1:
        contender.run(problem.points[1])  # who had the turn before has taken the caches
    gc.disable()
    without = _mean_ms(contender, problem, times)
    gc.enable()
    gc.collect()
    return without, _mean_ms(contender, problem, times)


def _mean_ms(contender: Contender, problem: Problem, times: int) -> float:
    run, (one, other) = contender.run, problem.points
    start = time.process_time()
    for _ in range(times):
        run(one)
        one, other = other, one
    return 1000 * (time.process_time() - start) / times
