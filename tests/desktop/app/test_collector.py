"""A timer collects garbage and leaves out what is large; what is closed comes back."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from weakref import ref

import pytest
from pytestqt.qtbot import QtBot

from chainrule_desktop.app.collector import LARGE_GRAPH, Collector


class Knot:
    """Something that only a collection can find."""

    def __init__(self) -> None:
        self.__dict__["itself"] = self


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    made = Collector()
    made.start()
    yield made
    made.stop()


def make_many() -> list[list[int]]:
    return [[each] for each in range(5_000)]


def test_python_collects_nothing_on_its_own(collector: Collector) -> None:
    lost = ref(Knot())
    kept = make_many()
    assert lost() is not None
    assert kept


def test_what_has_come_together_is_collected_in_time(qtbot: QtBot, collector: Collector) -> None:
    lost = ref(Knot())
    kept = make_many()
    qtbot.waitUntil(lambda: lost() is None)
    assert kept


def test_a_little_is_not_worth_a_collection(collector: Collector) -> None:
    gc.collect()
    lost = ref(Knot())
    collector.collect_due()
    assert lost() is not None


def test_it_wakes_after_a_rest(qtbot: QtBot, collector: Collector) -> None:
    collector.rest()
    lost = ref(Knot())
    kept = make_many()
    collector.wake()
    qtbot.waitUntil(lambda: lost() is None)
    assert kept


def test_a_large_document_is_frozen(collector: Collector) -> None:
    collector.renew(LARGE_GRAPH)
    assert gc.get_freeze_count() > 0


def test_a_small_one_is_not(collector: Collector) -> None:
    collector.renew(LARGE_GRAPH - 1)
    assert gc.get_freeze_count() == 0


def test_a_large_document_comes_back_when_another_takes_its_place(collector: Collector) -> None:
    document = Knot()
    lost = ref(document)
    collector.renew(LARGE_GRAPH)
    del document
    gc.collect()
    assert lost() is not None
    collector.renew(0)
    assert lost() is None
    assert gc.get_freeze_count() == 0


def test_everything_is_python_s_again_at_the_end(collector: Collector) -> None:
    collector.renew(LARGE_GRAPH)
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
