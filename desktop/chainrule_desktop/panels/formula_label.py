"""A label of typeset formulas and numbers, each piece in the colour that it has on the canvas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

from chainrule.diagram.formulas import Typeset, typeset
from chainrule.errors import FormulaError
from chainrule_desktop.figures.painter import path_of
from chainrule_desktop.panels.runs import Run, Shade
from chainrule_desktop.theme import Palette

_GAP: Final = 0.35
"""Between pieces, in the size of the font."""
_ROW_GAP: Final = 0.4
_INDENT: Final = 1.2
_LARGER: Final = 1.15
_SMALLER: Final = 0.82
_LEAST_SHRUNK: Final = 0.72
"""How small columns become before they are broken into lines."""
_RELATIONS: Final = ("=", "≈")


@final
@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a formula in one colour: LaTeX to be typeset, or a text as it is.

    `plain` is what a screen reader says of it, and the text where there is no `latex`.
    """

    plain: str
    latex: str = ""
    shade: Shade = Shade.TEXT
    small: bool = False


Row: TypeAlias = Sequence[Segment]


def segment_of(run: Run) -> Segment:
    """Return a piece of a line as a piece of a formula."""
    return Segment(run.text.strip(), shade=run.shade)


EQUALS: Final = Segment("=")
TIMES: Final = Segment("·")


@final
@dataclass(frozen=True, slots=True)
class _Box:
    """A piece that was measured: how far it reaches from its baseline, in pixels."""

    segment: Segment
    font: QFont
    formula: Typeset | None
    width: float
    ascent: float
    descent: float

    def paint(self, painter: QPainter, at: QPointF, palette: Palette) -> None:
        colour = QColor(_colour(self.segment.shade, palette))
        if self.formula is not None:
            painter.fillPath(path_of(self.formula).translated(at), colour)
            return
        painter.setFont(self.font)
        painter.setPen(colour)
        painter.drawText(at, self.segment.plain)


@final
@dataclass(frozen=True, slots=True)
class _Line:
    """Boxes with the places at which they begin, in a line that is shrunk to fit."""

    boxes: tuple[tuple[float, _Box], ...]
    ascent: float
    descent: float
    shrunk: float = 1.0

    @property
    def height(self) -> float:
        return (self.ascent + self.descent) * self.shrunk

    @property
    def width(self) -> float:
        return max((x + box.width for x, box in self.boxes), default=0.0) * self.shrunk


@final
class FormulaLabel(QLabel):
    """Shows rows of pieces: below each other in columns, or in lines that break where they must.

    Its text is the formula in plain words, which screen readers say and the menu copies.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for text, copy in (
            ("Copy as &Text", self._copy_text),
            ("Copy as &LaTeX", self._copy_latex),
        ):
            action = QAction(text, self)
            action.triggered.connect(copy)
            self.addAction(action)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._rows: tuple[tuple[Segment, ...], ...] = ()
        self._aligned = False
        self._palette: Palette | None = None
        self._measured: tuple[tuple[_Box, ...], ...] = ()

    def show_rows(
        self, rows: Sequence[Row], palette: Palette, *, aligned: bool = False, tooltip: str = ""
    ) -> None:
        """Show rows of pieces; `aligned` ones stand in columns if there is room for these."""
        wanted = tuple(map(tuple, rows))
        self.setToolTip(tooltip)
        if (wanted, aligned, palette) == (self._rows, self._aligned, self._palette):
            return
        self._rows, self._aligned, self._palette = wanted, aligned, palette
        plain = "\n".join(" ".join(each.plain for each in row) for row in wanted)
        self.setText(plain)
        self.setAccessibleName(plain.replace("\n", "; "))
        self._measured = tuple(tuple(map(self._box, row)) for row in wanted)
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        return self._height(self._lines(float(width)))

    @override
    def sizeHint(self) -> QSize:
        lines = self._lines(1e6)
        return QSize(round(max((each.width for each in lines), default=0.0)), self._height(lines))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, self._height(self._lines(float(max(self.width(), 40)))))

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        if self._palette is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = self._lines(float(self.width()))
        y = 0.0
        for line in lines:
            painter.save()
            painter.translate(self._start(line), y)
            painter.scale(line.shrunk, line.shrunk)
            for x, box in line.boxes:
                box.paint(painter, QPointF(x, line.ascent), self._palette)
            painter.restore()
            y += line.height + self._size * _ROW_GAP
        painter.end()

    @property
    def latex(self) -> str:
        """The formula as LaTeX."""
        lines = (" ".join(each.latex or each.plain for each in row) for row in self._rows)
        return (
            " \\\\\n".join(lines).replace("−", "-").replace("·", r"\cdot").replace("×", r"\times")
        )

    @property
    def _size(self) -> float:
        return float(QFontInfo(self.font()).pixelSize()) * _LARGER

    def _start(self, line: _Line) -> float:
        if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            return max(0.0, (self.width() - line.width) / 2)
        if self.alignment() & Qt.AlignmentFlag.AlignRight:
            return max(0.0, self.width() - line.width)
        return 0.0

    def _height(self, lines: Sequence[_Line]) -> int:
        gaps = max(0, len(lines) - 1) * self._size * _ROW_GAP
        return int(sum(each.height for each in lines) + gaps + 1.5)

    def _box(self, segment: Segment) -> _Box:
        by = _SMALLER if segment.small else 1.0
        font = QFont(self.font())
        font.setItalic(segment.shade is Shade.GRADIENT)
        font.setPixelSize(max(1, round(self._size * by / (1.0 if segment.latex else _LARGER))))
        if segment.latex:
            try:
                made = typeset(segment.latex, round(self._size * by, 2), display=True)
            except FormulaError:
                made = None
            if made is not None:
                return _Box(segment, font, made, made.width, made.ascent, made.descent)
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(segment.plain)
        return _Box(segment, font, None, width, metrics.ascent(), metrics.descent())

    def _lines(self, available: float) -> list[_Line]:
        if self._aligned:
            columns = self._columns()
            widest = max((each.width for each in columns), default=0.0)
            if widest * _LEAST_SHRUNK <= available:
                by = min(1.0, available / max(widest, 1.0))
                return [replace(each, shrunk=by) for each in columns]
        return [line for row in self._measured for line in self._broken(row, available)]

    def _columns(self) -> list[_Line]:
        gap = self._size * _GAP
        count = max(map(len, self._measured), default=0)
        widths = [
            max((row[at].width for row in self._measured if at < len(row)), default=0.0)
            for at in range(count)
        ]
        starts = [sum(widths[:at]) + at * gap for at in range(count)]
        return [
            _line((starts[at] + (widths[at] - box.width) / 2, box) for at, box in enumerate(row))
            for row in self._measured
        ]

    def _broken(self, row: Sequence[_Box], available: float) -> Iterator[_Line]:
        """Yield a row as lines, broken before a sign such as = where that helps."""
        gap, x = self._size * _GAP, 0.0
        line: list[tuple[float, _Box]] = []
        for group in _groups(row):
            width = sum(box.width for box in group) + gap * len(group)
            if line and x + width - gap > available:
                yield _line(line)
                line, x = [], self._size * _INDENT
            for box in group:
                if line and x + box.width > available:
                    yield _line(line)
                    line, x = [], self._size * _INDENT
                line.append((x, box))
                x += box.width + gap
        if line:
            last = _line(line)
            yield replace(last, shrunk=min(1.0, available / max(last.width, 1.0)))

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def _copy_latex(self) -> None:
        QGuiApplication.clipboard().setText(self.latex)


def _line(boxes: Iterator[tuple[float, _Box]] | Sequence[tuple[float, _Box]]) -> _Line:
    placed = tuple(boxes)
    ascent = max((box.ascent for _, box in placed), default=0.0)
    return _Line(placed, ascent, max((box.descent for _, box in placed), default=0.0))


def _groups(row: Sequence[_Box]) -> list[list[_Box]]:
    """Cut a row before each sign that says that two things are equal."""
    groups: list[list[_Box]] = []
    for box in row:
        if not groups or box.segment.plain in _RELATIONS:
            groups.append([])
        groups[-1].append(box)
    return groups


def _colour(shade: Shade, palette: Palette) -> str:
    match shade:
        case Shade.VALUE:
            return palette.value
        case Shade.GRADIENT:
            return palette.gradient_on_panel
        case Shade.MUTED:
            return palette.muted_text
        case Shade.TEXT:
            return palette.text
