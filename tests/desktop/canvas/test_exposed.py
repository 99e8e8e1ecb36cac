"""What is painted anew in several places looks as if all were painted, and no more is painted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtWidgets import QApplication

from chainrule_desktop.canvas import item
from chainrule_desktop.canvas.exposed import exposed_areas
from tests.desktop.easel import Easel

FAR_APART = QRegion(QRect(0, 0, 8, 500)).united(QRect(500, 300, 40, 40))
SIDE_BY_SIDE = QRegion(QRect(300, 200, 40, 40)).united(QRect(360, 230, 40, 40))


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[QRectF]:
    """Return the areas that are painted, all of which are noted."""
    noted: list[QRectF] = []

    def noting(painter: QPainter, whole: QRectF) -> Iterator[QRectF]:
        for area in exposed_areas(painter, whole):
            noted.append(area)
            yield area

    monkeypatch.setattr(item, "exposed_areas", noting)
    return noted


def on_screen(easel: Easel) -> QImage:
    QApplication.processEvents()
    return easel.view.screen().grabWindow(easel.view.winId()).toImage()


def painted_anew(easel: Easel) -> QImage:
    easel.view.viewport().update()
    return on_screen(easel)


@pytest.mark.parametrize("region", [FAR_APART, SIDE_BY_SIDE])
@pytest.mark.parametrize("zoom", [0.18, 0.3, 1.3])
def test_parts_painted_anew_look_as_the_whole(easel: Easel, region: QRegion, zoom: float) -> None:
    easel.view.navigator.zoom_to(zoom)
    whole = painted_anew(easel)
    easel.view.viewport().update(region)
    assert on_screen(easel) == whole


def test_areas_far_apart_are_painted_one_by_one(easel: Easel, painted: list[QRectF]) -> None:
    on_screen(easel)
    painted.clear()
    easel.view.viewport().update(FAR_APART)
    on_screen(easel)
    scale = easel.view.navigator.scale
    assert sorted(round(area.width() * scale) for area in painted) == [10, 42]


def test_areas_side_by_side_are_painted_together(easel: Easel, painted: list[QRectF]) -> None:
    on_screen(easel)
    painted.clear()
    easel.view.viewport().update(SIDE_BY_SIDE)
    on_screen(easel)
    assert len(painted) == 1


@pytest.mark.parametrize("step", [-16, 16])
def test_a_pan_past_the_minimap_looks_as_if_all_were_painted(
    easel: Easel, painted: list[QRectF], step: int
) -> None:
    easel.view.navigator.zoom_to(2.5)
    on_screen(easel)
    assert easel.view.minimap.isVisible()
    painted.clear()
    bar = easel.view.horizontalScrollBar()
    bar.setValue(bar.value() + step)
    shown = on_screen(easel)
    width = easel.view.viewport().width()
    assert all(area.width() * easel.view.navigator.scale < 0.5 * width for area in painted)
    assert shown == painted_anew(easel)
