"""Work in the background ends in exactly one way, and says so in the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from chainrule_desktop.tasks import Progress, Task, TaskCancelledError, Tasks

PATIENCE = 10_000


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    running = Tasks()
    yield running
    running.close()


def outcomes(task: Task) -> list[str]:
    """Return the list into which the task's endings will be written."""
    heard: list[str] = []
    task.succeeded.connect(lambda _: heard.append("succeeded"))
    task.failed.connect(lambda _: heard.append("failed"))
    task.cancelled.connect(lambda: heard.append("cancelled"))
    return heard


def test_the_result_arrives(qtbot: QtBot, tasks: Tasks) -> None:
    task = tasks.start(lambda _: {"answer": 42})
    with qtbot.waitSignal(task.succeeded, timeout=PATIENCE) as heard:
        pass
    assert heard.args == [{"answer": 42}]


def test_the_function_runs_beside_the_gui_thread_and_the_result_arrives_in_it(
    qtbot: QtBot, tasks: Tasks
) -> None:
    heard_in: list[int] = []
    task = tasks.start(lambda _: threading.get_ident())
    task.succeeded.connect(lambda _: heard_in.append(threading.get_ident()))
    with qtbot.waitSignal(task.succeeded, timeout=PATIENCE) as heard:
        pass
    assert heard_in == [threading.get_ident()]
    assert heard.args != [threading.get_ident()]


def test_an_exception_arrives_as_the_failure(qtbot: QtBot, tasks: Tasks) -> None:
    error = ValueError("no such step")

    def fail(progress: Progress) -> None:
        raise error

    task = tasks.start(fail)
    with qtbot.waitSignal(task.failed, timeout=PATIENCE) as heard:
        pass
    assert heard.args == [error]


def test_cancelling_ends_a_function_that_reports(qtbot: QtBot, tasks: Tasks) -> None:
    started, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        started.set()
        assert go_on.wait(PATIENCE / 1000)
        progress.report(1, 2)
        return "never wanted"

    task = tasks.start(work)
    heard = outcomes(task)
    assert started.wait(PATIENCE / 1000)
    task.cancel()
    with qtbot.waitSignal(task.cancelled, timeout=PATIENCE):
        go_on.set()
    assert heard == ["cancelled"]


def test_a_result_after_cancelling_is_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    started, go_on = threading.Event(), threading.Event()

    def deaf(progress: Progress) -> str:
        started.set()
        assert go_on.wait(PATIENCE / 1000)
        return "too late"

    task = tasks.start(deaf)
    heard = outcomes(task)
    assert started.wait(PATIENCE / 1000)
    task.cancel()
    with qtbot.waitSignal(task.cancelled, timeout=PATIENCE):
        go_on.set()
    assert heard == ["cancelled"]


def test_a_task_cancelled_before_its_turn_never_runs(qtbot: QtBot, tasks: Tasks) -> None:
    go_on, ran = threading.Event(), threading.Event()

    def wait(progress: Progress) -> None:
        assert go_on.wait(PATIENCE / 1000)

    blockers = [tasks.start(wait) for _ in range(2)]
    task = tasks.start(lambda _: ran.set())
    task.cancel()
    blocked = [blocker.succeeded for blocker in blockers]
    with qtbot.waitSignals([task.cancelled, *blocked], timeout=PATIENCE):
        go_on.set()
    assert not ran.is_set()


def test_progress_ends_with_the_latest_numbers(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[tuple[int, int]] = []

    def work(progress: Progress) -> None:
        for done in range(1, 1001):
            progress.report(done, 1000)

    task = tasks.start(work)
    task.progressed.connect(lambda done, total: heard.append((done, total)))
    with qtbot.waitSignal(task.succeeded, timeout=PATIENCE):
        pass
    assert heard[-1] == (1000, 1000)
    assert heard == sorted(heard)


def test_reports_are_announced_once_until_they_are_taken() -> None:
    announcements: list[None] = []
    progress = Progress(lambda: announcements.append(None))
    progress.report(1, 3)
    progress.report(2, 3)
    assert progress.take() == (2, 3)
    progress.report(3, 3)
    assert len(announcements) == 2


def test_a_cancelled_progress_ends_the_work_at_the_next_look() -> None:
    progress = Progress(lambda: None)
    progress.cancel()
    assert progress.cancelled
    with pytest.raises(TaskCancelledError):
        progress.raise_if_cancelled()


def test_a_task_is_kept_alive_while_nobody_holds_it(qtbot: QtBot, tasks: Tasks) -> None:
    go_on, heard = threading.Event(), []
    tasks.start(lambda _: go_on.wait(PATIENCE / 1000)).succeeded.connect(heard.append)
    assert tasks.running == 1
    go_on.set()
    qtbot.waitUntil(lambda: tasks.running == 0, timeout=PATIENCE)
    assert heard == [True]


def test_a_task_that_has_ended_can_still_be_asked(qtbot: QtBot, tasks: Tasks) -> None:
    task = tasks.start(lambda _: None)
    with qtbot.waitSignal(task.destroyed, timeout=PATIENCE):
        pass
    task.cancel()
    assert task.finished


def test_closing_waits_until_no_function_runs(qtbot: QtBot) -> None:
    tasks = Tasks()
    started, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        try:
            while True:
                progress.raise_if_cancelled()
        finally:
            ended.set()

    tasks.start(work)
    assert started.wait(PATIENCE / 1000)
    tasks.close()
    assert ended.is_set()


def test_nothing_starts_after_closing(qtbot: QtBot) -> None:
    tasks = Tasks()
    tasks.close()
    with pytest.raises(RuntimeError):
        tasks.start(lambda _: None)
    assert tasks.running == 0


def test_lasting_work_keeps_no_other_waiting(qtbot: QtBot, tasks: Tasks) -> None:
    ended = threading.Event()

    def last(progress: Progress) -> None:
        ended.wait(PATIENCE / 1000)

    runs = [tasks.start(last, lasting=True) for _ in range(3)]
    with qtbot.waitSignal(tasks.start(lambda _: 1).succeeded, timeout=PATIENCE):
        pass
    assert not any(each.finished for each in runs)
    ended.set()
