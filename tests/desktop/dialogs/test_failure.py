"""A fault of the program is told in one sentence and written down whole."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.dialogs.failure import FailureReporter


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def report(reporter: FailureReporter, error: Exception) -> None:
    try:
        raise error
    except type(error) as caught:
        reporter.report(type(caught), caught, caught.__traceback__)


def boxes(window: QWidget) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_the_sentence_is_shown_and_the_traceback_logged(window: QWidget, tmp_path: Path) -> None:
    log = tmp_path / "state" / "faults.log"
    report(FailureReporter(lambda: window, log), ValueError("no such step"))
    (box,) = boxes(window)
    assert "no such step" in box.text()
    assert "Traceback" not in box.text()
    assert "Traceback" in log.read_text()
    box.close()


def test_one_box_at_a_time(window: QWidget, tmp_path: Path) -> None:
    reporter = FailureReporter(lambda: window, tmp_path / "faults.log")
    report(reporter, ValueError("first"))
    report(reporter, ValueError("second"))
    (box,) = boxes(window)
    box.close()
    assert "second" in (tmp_path / "faults.log").read_text()
    report(reporter, ValueError("third"))
    assert len(boxes(window)) == 1
    boxes(window)[0].close()


def test_a_log_that_cannot_be_written_stops_nothing(window: QWidget, tmp_path: Path) -> None:
    report(FailureReporter(lambda: window, tmp_path), ValueError("first"))
    boxes(window)[0].close()


def test_it_hears_of_what_nobody_catches(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    reporter = FailureReporter(lambda: window, tmp_path / "faults.log")
    reporter.install()
    assert sys.excepthook == reporter.report
