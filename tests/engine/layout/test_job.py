"""Layouts in a process of their own."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from chainrule.layout import Extent, LayeredProblem, LayoutJob, WireEnds, layered

ENDLESS = (sys.executable, "-c", "import threading; threading.Event().wait()")


@pytest.fixture
def problem() -> LayeredProblem:
    wires = [WireEnds(0, 2, 0), WireEnds(1, 2, 1), WireEnds(2, 3, 0)]
    return LayeredProblem([Extent.box(40, 40)] * 4, wires)


def test_the_worker_gives_the_positions_of_the_function(problem: LayeredProblem) -> None:
    with LayoutJob(problem) as job:
        np.testing.assert_array_equal(job.result(), layered(problem))


def test_a_job_is_done_once_its_result_was_there(problem: LayeredProblem) -> None:
    with LayoutJob(problem) as job:
        job.result()
        assert job.done()


def test_cancel_ends_the_process(problem: LayeredProblem) -> None:
    with LayoutJob(problem, ENDLESS) as job:
        assert not job.done()
        job.cancel()
        assert job.done()


def test_a_cancelled_job_has_no_result(problem: LayeredProblem) -> None:
    with LayoutJob(problem, ENDLESS) as job:
        job.cancel()
        with pytest.raises(RuntimeError, match="cancelled"):
            job.result()


def test_a_result_that_takes_too_long_is_a_timeout(problem: LayeredProblem) -> None:
    with LayoutJob(problem, ENDLESS) as job, pytest.raises(TimeoutError):
        job.result(timeout=0.01)


def test_a_failed_worker_is_reported_with_its_reason() -> None:
    circle = LayeredProblem([Extent.box(9, 9)] * 2, [WireEnds(0, 1), WireEnds(1, 0)])
    with LayoutJob(circle) as job, pytest.raises(RuntimeError, match="CycleError"):
        job.result()
