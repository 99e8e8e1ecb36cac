"""Documents of several pages painted on what has pages: a PDF, or a printer."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter

from chainrule.diagram.ink import Ink
from chainrule.export.pages import Page, Pages
from chainrule_desktop.figures.painter import paint_elements

_POINTS_PER_UNIT = 72 / 96


def paint_pages(device: QPagedPaintDevice, document: Pages, ink: Ink) -> None:
    """Paint all pages, each filling the device's paper as far as that has their shape."""
    painter = QPainter()
    for number, page in enumerate(document.pages):
        _set_paper(device, page)
        if number:
            device.newPage()
        else:
            painter.begin(device)
        painter.save()
        scale = min(device.width() / page.width, device.height() / page.height)
        painter.scale(scale, scale)
        _paint_page(painter, page, ink)
        painter.restore()
    painter.end()


def _set_paper(device: QPagedPaintDevice, page: Page) -> None:
    """Ask for paper of the page's size, without margins: the page has its own."""
    wide = page.width > page.height
    short, long = sorted((page.width, page.height))
    size = QPageSize(
        QSizeF(short * _POINTS_PER_UNIT, long * _POINTS_PER_UNIT), QPageSize.Unit.Point
    )
    landscape, portrait = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
    device.setPageLayout(QPageLayout(size, landscape if wide else portrait, QMarginsF()))


def _paint_page(painter: QPainter, page: Page, ink: Ink) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    for placed in page.placements:
        painter.save()
        painter.translate(*placed.at)
        painter.scale(placed.scale, placed.scale)
        painter.translate(-placed.corner[0], -placed.corner[1])
        paint_elements(painter, placed.elements, ink)
        painter.restore()
