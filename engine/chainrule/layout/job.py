"""A layout in a process of its own, so that a window stays responsive and can change its mind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import final

from chainrule.layout.message import decode_positions, encode_problem
from chainrule.layout.problem import LayeredProblem, Positions
from chainrule.processes import worker_environment

WORKER = (sys.executable, "-m", "chainrule.layout.worker")
"""The command of the worker. A frozen program, which is no Python interpreter, gives its own."""

JOB_SIZE = 60
"""Graphs of more nodes should be laid out by a job: below, starting a process takes longer."""


@final
class LayoutJob:
    """One layout on its way: started when made, then `done()`, `result()` or `cancel()`.

    The library holds the interpreter's lock while it works, hence a process and no thread. Problem
    and answer pass through temporary files, so neither side ever waits for the other to read.
    Use it as a context manager or call `cancel` at the end, also after `result`: it leaves neither
    a process nor an open file behind.
    """

    def __init__(self, problem: LayeredProblem, command: Sequence[str] = WORKER) -> None:
        self._cancelled = False
        self._positions: Positions | None = None
        self._answer = TemporaryFile()  # noqa: SIM115 (lives as long as the job)
        self._complaint = TemporaryFile()  # noqa: SIM115 (lives as long as the job)
        with TemporaryFile() as question:
            question.write(encode_problem(problem))
            question.seek(0)
            self._process = subprocess.Popen(
                list(command),
                stdin=question,
                stdout=self._answer,
                stderr=self._complaint,
                env=worker_environment(),
            )

    def __enter__(self) -> LayoutJob:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()

    @property
    def pid(self) -> int:
        """The id of the worker's process."""
        return self._process.pid

    def done(self) -> bool:
        """Return whether the worker has ended, so that `result` would not wait."""
        return self._process.poll() is not None

    def result(self, timeout: float | None = None) -> Positions:
        """Return the positions, shape (n, 2), waiting at most `timeout` seconds for them.

        Raises TimeoutError when the wait was too short, and RuntimeError when the job was cancelled
        or the worker failed (a cycle, for one).
        """
        if self._cancelled:
            raise RuntimeError("the layout was cancelled; start a new job")
        if self._positions is None:
            self._positions = self._answered(timeout)
        return self._positions

    def cancel(self) -> None:
        """End the process if it still runs, and wait until it is gone; a result taken stays."""
        self._cancelled = self._positions is None
        if not self.done():
            self._process.kill()
            self._process.wait()
        self._answer.close()
        self._complaint.close()

    def _answered(self, timeout: float | None) -> Positions:
        try:
            status = self._process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(f"no layout after {timeout} s; wait longer or cancel it") from error
        if status != 0:
            self._complaint.seek(0)
            last = self._complaint.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise RuntimeError(f"the layout's process ended with status {status}: {last}")
        self._answer.seek(0)
        return decode_positions(self._answer.read())
