"""A contender: the editor's searches, from what is typed to the rows painted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from tests.benchmarks import canvas, search

canvas.prepare_qt()

from PySide6.QtCore import QPoint  # noqa: E402  Qt's platform is chosen first
from PySide6.QtWidgets import QApplication, QLineEdit  # noqa: E402

from chainrule_desktop.canvas.view import CanvasView  # noqa: E402
from chainrule_desktop.document.document import Document  # noqa: E402
from chainrule_desktop.document.drawing import Drawing  # noqa: E402
from chainrule_desktop.document.editing import Editor  # noqa: E402
from chainrule_desktop.document.selection import Selection  # noqa: E402
from chainrule_desktop.search.matching import Entry, Index, matched_letters  # noqa: E402
from chainrule_desktop.search.popup import SearchPopup, Wording  # noqa: E402
from chainrule_desktop.search.row import LazyRows, Row  # noqa: E402
from chainrule_desktop.theme import Theme, ThemeMode, prepare_style  # noqa: E402
from tests.benchmarks.measure import Figures, hand_in, median_ms, once_ms  # noqa: E402
from tests.benchmarks.workload import file_of, make_gates  # noqa: E402

_COMMAND_KEYS = ("t", "tidy", "tl", "layuot", "graph node", "zzzz")
_VERBS = ("Tidy", "Copy", "Align", "Show", "Hide", "Select", "Zoom to", "Export", "Insert", "Find")
_OBJECTS = ("Layout", "Selection", "Gate", "Wire", "Value", "Node", "Grid", "Picture", "Frame")


@final
class Bench:
    """An open window with a large graph, and a hand that types."""

    def __init__(self) -> None:
        self.app = QApplication([])
        prepare_style(self.app)
        self.theme = Theme(self.app, ThemeMode.LIGHT)
        self.theme.apply()
        document = Document()
        editor = Editor(document, Selection(document))
        self.view = CanvasView(editor, Drawing(document), self.theme)
        self.view.resize(canvas.WIDTH, canvas.HEIGHT)
        self.view.show()
        document.open(canvas.write_file(file_of(make_gates(search.NODES))))
        self.app.processEvents()

    def open_gates(self) -> None:
        self.view.adding.ask((0.0, 0.0))
        self.app.processEvents()

    def open_nodes(self) -> None:
        self.view.finding.open()
        self.app.processEvents()

    def open_commands(self) -> None:
        index = Index(Entry(title, says=f"What {title} does.") for title in _titles())

        def rows(typed: str) -> LazyRows:
            found = index.find(typed)
            titles = [index.entries[row].title for row in found]
            return LazyRows(
                len(found),
                lambda at: Row(titles[at], list, letters=matched_letters(titles[at], typed)),
            )

        popup = SearchPopup(self.view, self.theme)
        popup.begin(Wording("Commands", "", ""), rows, QPoint())
        self.app.processEvents()

    def times(self, keys: Iterable[str]) -> list[float]:
        (popup,) = (each for each in self.view.findChildren(SearchPopup) if each.isVisible())
        (field,) = popup.findChildren(QLineEdit)

        def type_anew(text: str) -> None:
            field.clear()
            self.app.processEvents()
            field.setText(text)
            self.app.processEvents()

        def clear() -> None:
            field.clear()
            self.app.processEvents()
            field.setText(" ")
            self.app.processEvents()

        # The way to the empty field is not the key that is asked for.
        emptied = median_ms(clear) / 2
        times = [median_ms(lambda text=text: type_anew(text)) - emptied for text in keys]
        popup.end()
        return times


def measure() -> Figures:
    """Return the figures of all searches."""
    bench = Bench()
    figures: Figures = {}
    for what, begin, keys in (
        ("gates", bench.open_gates, search.KEYS),
        (f"{search.NODES:,} nodes", bench.open_nodes, search.NODE_KEYS),
        (f"{search.COMMANDS} commands", bench.open_commands, _COMMAND_KEYS),
    ):
        figures[f"open the search of {what}"] = once_ms(begin)
        times = bench.times(keys)
        for text, taken in zip(keys, times, strict=True):
            figures[f"{what}: “{text}”"] = taken
        figures[f"{what}: {search.SLOWEST}"] = max(times)
    return figures


def _titles() -> list[str]:
    names = [f"{verb} {each}" for verb in _VERBS for each in _OBJECTS]
    return [f"{name} {n}" if n else name for n in range(4) for name in names][: search.COMMANDS]


if __name__ == "__main__":
    hand_in(measure())
