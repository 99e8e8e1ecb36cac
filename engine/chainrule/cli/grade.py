"""`chainrule grade`: answers marked by recomputing every number, as a table, CSV and JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from chainrule.cli.complaints import complain, one_line
from chainrule.cli.table import table
from chainrule.errors import FileError
from chainrule.files import write_bytes
from chainrule.practice.grading import Graded, Key, grade_file, read_key, refused, results_names
from chainrule.practice.reports import grades_csv, results_json, sentence_of

WRONG = 1
BAD_INPUT = 2


def run(arguments: argparse.Namespace) -> int:
    """Print the marks of each file; return 2 if one was refused, 1 if an answer isn't right."""
    files: list[str] = arguments.files
    named: str | None = arguments.key
    try:
        results = _results_files(files, arguments.json)
    except FileError as error:
        complain("grade", error.where, error.problem)
        return BAD_INPUT
    try:
        key = None if named is None else read_key(named)
    except FileError as error:
        complain(named or "grade", error.where, error.problem)
        return BAD_INPUT
    grades, status = _graded(files, key)
    written = _write_results(grades, results) and _write_csv(grades, arguments.csv)
    return status if written else BAD_INPUT


def _graded(files: Sequence[str], key: Key | None) -> tuple[list[Graded], int]:
    grades: list[Graded] = []
    status = 0
    for file in files:
        try:
            graded = grade_file(file, key)
        except FileError as error:
            complain(file, error.where, error.problem)
            grades.append(refused(file, error, key))
            status = BAD_INPUT
        else:
            grades.append(graded)
            sys.stdout.write(_page(graded))
            if not graded.is_full:
                status = max(status, WRONG)
    return grades, status


def _page(graded: Graded) -> str:
    """Return one line for each blank, and what was wrong with it."""
    rows = [
        (
            name,
            one_line(mark.text) or "-",
            f"{mark.score:.4g}",
            f"{mark.points:.4g}",
            mark.verdict.value,
            one_line(sentence_of(mark)),
        )
        for name, mark in graded.named()
    ]
    head = ("number", "answer", "points", "of", "mark", "what was wrong")
    note = f"{graded.note}\n" if graded.note else ""
    title = f"{one_line(graded.file)}, {graded.score:.6g} of {graded.most:.6g} points"
    return f"{title}\n{note}{table(head, rows, right=(2, 3))}\n"


def _results_files(files: Sequence[str], out: str | None) -> list[Path]:
    """Return where the JSON of each file goes: OUT for one, or a file each in the folder OUT."""
    if out is None:
        return []
    place = Path(out)
    if place.is_dir():
        return [place / each for each in results_names(files)]
    if len(files) > 1:
        raise FileError("--json", f"{out!r} is for one file; name a folder for {len(files)} files")
    return [place]


def _write_results(grades: Sequence[Graded], places: Sequence[Path]) -> bool:
    """Write all that can be written, and say whether that was all."""
    pairs = zip(grades, places, strict=True) if places else ()
    missing = [place for graded, place in pairs if not _write(results_json(graded), str(place))]
    return not missing


def _write_csv(grades: Sequence[Graded], out: str | None) -> bool:
    return out is None or _write(grades_csv(grades), out)


def _write(data: bytes, out: str) -> bool:
    try:
        write_bytes(data, out)
    except FileError as error:
        complain(out, error.where, error.problem)
        return False
    return True
