"""Grades as files: CSV for a gradebook, and the JSON that autograders of courses read.

The JSON is the results.json of Gradescope, as its documentation of autograders specifies it: score,
tests with name, score, max_score, status and output. Others read that, too. Nothing is sent
anywhere.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from chainrule.practice.grading import Graded
from chainrule.practice.marking import Mark
from chainrule.practice.tables import safe_cell

_DIGITS = 4


def results_json(graded: Graded) -> bytes:
    """Return the results.json of one file; one that was refused has no points and says why."""
    content: dict[str, Any] = {
        "score": _points(graded.score),
        "max_score": _points(graded.most),
        "output": graded.refused or graded.note or "Graded by the key.",
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "tests": [_test(name, mark) for name, mark in graded.named()],
    }
    return f"{json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2)}\n".encode()


def _test(name: str, mark: Mark) -> dict[str, Any]:
    answered = f"Answer: {mark.text}\n" if mark.text else ""
    return {
        "name": name,
        "score": _points(mark.score),
        "max_score": _points(mark.points),
        "status": "passed" if mark.is_full else "failed",
        "output": f"{answered}{sentence_of(mark)}",
        "visibility": "visible",
    }


def sentence_of(mark: Mark) -> str:
    """Say in a sentence what became of a blank."""
    return mark.says or "Right."


def grades_csv(grades: Sequence[Graded]) -> bytes:
    """Return a table with a row for each file: its score, and for each blank three columns.

    These are the points, what was typed, and what was wrong with it. Files with other exercises
    have columns of their own.
    """
    names = [*dict.fromkeys(name for each in grades for name in each.names)]
    head = ["file", "score", "max_score", "note"]
    for name in names:
        head += [name, f"{name}: answer", f"{name}: what was wrong"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([safe_cell(each) for each in head])
    for graded in grades:
        marks = dict(graded.named())
        row = [graded.file, _number(graded.score), _number(graded.most)]
        row.append(graded.refused or graded.note)
        for name in names:
            row += _cells(marks.get(name))
        writer.writerow([safe_cell(each) for each in row])
    # A name that is no UTF-8, as other systems write them, must not cost a class its table.
    return out.getvalue().encode("utf-8", "backslashreplace")


def _cells(mark: Mark | None) -> list[str]:
    if mark is None:
        return ["", "", ""]
    return [_number(mark.score), mark.text, "" if mark.is_full else sentence_of(mark)]


def _points(points: float) -> float | int:
    """Return points with few digits, whole ones as such."""
    rounded = round(points, _DIGITS)
    return int(rounded) if rounded == int(rounded) else rounded


def _number(points: float) -> str:
    return str(_points(points))
