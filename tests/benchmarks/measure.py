"""Medians of wall and processor time, memory, and the tables that show them."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import final

Figures = dict[str, float]
"""What a contender has measured: milliseconds, or megabytes, by the name of the row."""


@final
@dataclass(frozen=True, slots=True)
class Contender:
    """A program that does the work in a process of its own and prints its figures as JSON.

    `settings` are environment variables.
    """

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


def median_ms(action: Callable[[], object], times: int = 15) -> float:
    """Return the median of the processor time that an action takes, in milliseconds.

    Processor time, since other programs may be running on the same cores.
    """
    action()
    taken: list[float] = []
    for _ in range(times):
        start = time.process_time()
        action()
        taken.append(1000 * (time.process_time() - start))
    return statistics.median(taken)


def once_ms(action: Callable[[], object]) -> float:
    """Return the processor time that an action takes the first time, in milliseconds."""
    start = time.process_time()
    action()
    return 1000 * (time.process_time() - start)


def peak_mb() -> float:
    """Return the most memory that this process has had resident, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident_mb() -> float:
    """Return the memory that this process has resident now, or its peak."""
    pages = Path("/proc/self/statm")
    if not pages.exists():
        return peak_mb()
    return int(pages.read_text().split()[1]) * resource.getpagesize() / 2**20


def hand_in(figures: Figures) -> None:
    """Print the figures of a contender for the process that asked for them."""
    print(json.dumps(figures))


def run(contender: Contender) -> Figures:
    """Run a contender in a process of its own and return its figures."""
    command = [sys.executable, "-m", contender.module, *contender.arguments]
    surroundings = os.environ | dict(contender.settings)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)
    if done.returncode:
        raise SystemExit(f"{contender.name} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def print_table(title: str, columns: Mapping[str, Figures]) -> None:
    """Print a row for each figure; beside each peer, how many times ours it is."""
    ours, *peers = columns
    width = max(len(name) for figures in columns.values() for name in figures)
    print(f"\n{title}\n")
    print(" " * width + f"{ours:>14}" + "".join(f"{peer:>24}" for peer in peers))
    for name, own in columns[ours].items():
        cells = "".join(_cell(columns[peer].get(name), own) for peer in peers)
        print(f"{name:<{width}}{own:>14.2f}{cells}")


def _cell(other: float | None, own: float) -> str:
    if other is None:
        return f"{'–':>24}"
    ratio = f"({other / own:.1f}×)" if own else ""
    return f"{other:>14.2f} {ratio:>9}"
