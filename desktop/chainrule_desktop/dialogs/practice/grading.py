"""Grade Files: answer files marked in the background, their results in a table and in files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import cast, final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from chainrule.errors import ChainruleError, FileError
from chainrule.files import write_bytes
from chainrule.practice.grading import (
    Graded,
    Key,
    grade_file,
    read_key,
    refused,
    results_names,
    short_name,
)
from chainrule.practice.reports import grades_csv, results_json, sentence_of
from chainrule.practice.tables import Table
from chainrule_desktop.dialogs.labels import fault_label, text_label
from chainrule_desktop.dialogs.practice.frame import ask_for_files, ask_where_to_write, complain
from chainrule_desktop.dialogs.practice.tables import view_of
from chainrule_desktop.messages import count, explain
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Progress, Task, Tasks
from chainrule_desktop.theme import ScreenFit

_NO_KEY = (
    "Without a key each file is graded by its own graph, which whoever sent it may have changed."
)


def ask_files_to_grade(
    parent: QWidget, settings: Settings, chosen: Callable[[Sequence[Path]], object]
) -> None:
    """Ask for answer files and hand them to `chosen`."""
    mode = QFileDialog.FileMode.ExistingFiles
    ask_for_files(parent, settings, "Grade Files", mode, chosen)


def grade_all(files: Sequence[Path], key: Path | None, progress: Progress) -> list[Graded]:
    """Grade files one after the other; those that can't be are among them, with the reason."""
    known = None if key is None else read_key(str(key))
    grades: list[Graded] = []
    for done, file in enumerate(files):
        progress.report(done, len(files))
        grades.append(_graded(file, known))
    return grades


def _graded(file: Path, key: Key | None) -> Graded:
    try:
        return grade_file(str(file), key)
    except FileError as error:
        return refused(str(file), error, key)


@final
class GradeDialog(QDialog):
    """Grades files by a key, and writes the results; nothing is sent anywhere."""

    def __init__(
        self,
        parent: QWidget,
        files: Sequence[Path],
        key: Path | None,
        settings: Settings,
        tasks: Tasks,
        said: Callable[[str], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Grade Files")
        self.resize(860, 600)
        ScreenFit(self)
        self._files, self._key = [*files], key
        self._settings, self._tasks, self._said = settings, tasks, said
        self._grades: list[Graded] = []
        self._task: Task | None = None
        self._by = text_label("")
        self._progress = QProgressBar()
        self._progress.setAccessibleName("Progress of grading")
        self._summary = QLabel()
        self._views = QSplitter(Qt.Orientation.Vertical)
        self._fault = fault_label()
        self._csv, self._json = QPushButton("Save &CSV…"), QPushButton("Save &JSON…")
        self._lay_out()
        self.grade()

    @property
    def grades(self) -> Sequence[Graded]:
        """The results, once there are some."""
        return self._grades

    def use_key(self, key: Path | None) -> None:
        """Grade anew by another key."""
        self._key = key
        self.grade()

    def grade(self) -> None:
        """Grade all files in the background."""
        if self._task is not None:
            self._task.cancel()
        by = _NO_KEY if self._key is None else f"Graded by the key {self._key.name}."
        self._by.setText(by)
        complain(self._fault, "")
        self._forget_grades()
        self._progress.setRange(0, len(self._files))
        self._progress.show()
        self._task = self._tasks.start(partial(grade_all, tuple(self._files), self._key))
        self._task.progressed.connect(self._show_progress)
        self._task.succeeded.connect(self._show_grades)
        self._task.failed.connect(self._show_failure)

    def save_csv(self, path: Path) -> None:
        """Write a table with a row for each file."""
        self._write({path: grades_csv(self._grades)})

    def save_json(self, place: Path) -> None:
        """Write the results.json of one file, or one for each into a folder."""
        if not place.is_dir():
            self._write({place: results_json(self._grades[0])})
            return
        try:
            names = results_names([each.file for each in self._grades])
        except FileError as error:
            complain(self._fault, explain(error))
            return
        pairs = zip(names, self._grades, strict=True)
        self._write({place / name: results_json(graded) for name, graded in pairs})

    @override
    def done(self, result: int, /) -> None:
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        choose, without = QPushButton("Choose &Key…"), QPushButton("&Without Key")
        choose.clicked.connect(self._ask_key)
        without.clicked.connect(lambda: self.use_key(None))
        above.addWidget(self._by, 1)
        for button in (choose, without):
            button.setAutoDefault(False)
            above.addWidget(button)
        below = QHBoxLayout()
        close = QPushButton("Cl&ose")
        close.clicked.connect(self.reject)
        self._csv.clicked.connect(self._ask_csv)
        self._json.clicked.connect(self._ask_json)
        for button in (self._csv, self._json):
            button.setAutoDefault(False)
            below.addWidget(button)
        below.addStretch()
        below.addWidget(close)
        close.setDefault(True)
        self._views.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addLayout(above)
        layout.addWidget(self._progress)
        layout.addWidget(self._summary)
        layout.addWidget(self._views, 1)
        layout.addWidget(self._fault)
        layout.addLayout(below)

    def _forget_grades(self) -> None:
        """Take away what another key gave, so that nobody takes it for what this one gives."""
        self._grades = []
        for button in (self._csv, self._json):
            button.setEnabled(False)
        self._summary.clear()
        for place in range(self._views.count()):
            self._replace(place, QWidget())

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _show_grades(self, grades: object) -> None:
        self._task = None
        self._grades = cast("list[Graded]", grades)
        self._progress.hide()
        for button in (self._csv, self._json):
            button.setEnabled(bool(self._grades))
        full = sum(each.is_full for each in self._grades)
        bad = sum(bool(each.refused) for each in self._grades)
        refused_ones = f", {count(bad, 'file')} refused" if bad else ""
        self._summary.setText(
            f"{count(len(self._grades), 'file')}, {full} with all points{refused_ones}"
        )
        self._replace(0, view_of(_overview(self._grades)))
        table = self._views.widget(0)
        if isinstance(table, QTableWidget):
            table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
            table.currentCellChanged.connect(self._show_one)
            table.setCurrentCell(0, 0)

    def _show_one(self, row: int, *_: int) -> None:
        """Show what became of each blank of a file."""
        if 0 <= row < len(self._grades):
            self._replace(1, view_of(_details(self._grades[row])))

    def _show_failure(self, error: object) -> None:
        self._task = None
        self._progress.hide()
        why = "" if self._key is None else f": the key {self._key.name} can't be used"
        self._by.setText(f"Nothing was graded{why}.")
        complain(self._fault, explain(cast(BaseException, error)))

    def _replace(self, place: int, widget: QWidget) -> None:
        sizes, before = self._views.sizes(), self._views.widget(place)
        # replaceWidget would leave the new one to Python, which ends it at once.
        self._views.insertWidget(place, widget)
        if before is not None:
            before.setParent(None)
            before.deleteLater()
            self._views.setSizes(sizes)

    def _write(self, files: dict[Path, bytes]) -> None:
        try:
            for path, data in files.items():
                write_bytes(data, path)
        except ChainruleError as error:
            complain(self._fault, explain(error))
            return
        complain(self._fault, "")
        self._said(f"Wrote {', '.join(path.name for path in [*files][:3])}")

    def _ask_key(self) -> None:
        mode = QFileDialog.FileMode.ExistingFile
        ask_for_files(self, self._settings, "Key", mode, self._take_key)

    def _take_key(self, paths: Sequence[Path]) -> None:
        self.use_key(paths[0])

    def _ask_csv(self) -> None:
        patterns = "Spreadsheet (*.csv)"
        ask_where_to_write(
            self, self._settings, "Save Grades", "grades.csv", patterns, self.save_csv
        )

    def _ask_json(self) -> None:
        if len(self._grades) == 1:
            patterns = "Results (*.json)"
            name = "results.json"
            ask_where_to_write(self, self._settings, "Save Results", name, patterns, self.save_json)
            return
        mode = QFileDialog.FileMode.Directory
        ask_for_files(self, self._settings, "Folder for the Results", mode, self._take_folder)

    def _take_folder(self, paths: Sequence[Path]) -> None:
        self.save_json(paths[0])


def _overview(grades: Sequence[Graded]) -> Table:
    rows = tuple(
        (short_name(each.file), f"{each.score:g}", f"{each.most:g}", each.refused)
        for each in grades
    )
    return Table("Files", ("file", "points", "of", "refused"), rows)


def _details(graded: Graded) -> Table:
    rows = tuple(
        (name, mark.text, f"{mark.score:.4g}", f"{mark.points:g}", sentence_of(mark))
        for name, mark in graded.named()
    )
    return Table("Answers", ("number", "answer", "points", "of", "what was wrong"), rows)
