"""What tests of the document share: work in the background, and a hand on when it ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from chainrule.files.writing import Content, pieces
from chainrule_desktop.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch, tasks: Tasks) -> Iterator[threading.Event]:
    """What must be set before a graph that is written in the background is complete."""
    opened = threading.Event()

    def slow_pieces(content: Content) -> Iterator[bytes]:
        yield from pieces(content)
        opened.wait()
        yield b""

    monkeypatch.setattr("chainrule_desktop.document.snapshot_writer.pieces", slow_pieces)
    yield opened
    opened.set()
