"""Frames and notes: they stay sound while nodes come, go and change their names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from chainrule.files import dumps, loads
from chainrule.graph.comments import (
    Comments,
    Frame,
    Hue,
    Note,
    comments_of,
    with_comments,
)
from chainrule.graph.edits import RemoveNodes, Rename, set_comments
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header
from chainrule.graph.selection import merge, subgraph
from tests.helpers.graph_strategies import described, graphs
from tests.helpers.random_graphs import build

INNER = {"title": "inner", "colour": "blue", "nodes": ["q"]}
OUTER = {"title": "all", "colour": "red", "nodes": ["x", "y", "q"]}


def framed(*frames: object, notes: object = None) -> GateGraph:
    graph = build({"x": 1.0, "y": 2.0}, {"q": ("add", "x", "y"), "f": ("exp", "q")})
    graph.header = replace(graph.header, frames=[*frames], notes=notes)
    return graph


def titles(graph: GateGraph) -> list[str]:
    return [frame.title for frame in comments_of(graph.header).frames]


def members(graph: GateGraph) -> list[tuple[str, ...]]:
    return [frame.nodes for frame in comments_of(graph.header).frames]


@given(graphs())
def test_what_is_sound_is_read_and_everything_stays_in_the_file(graph: GateGraph) -> None:
    again = loads(dumps(graph))
    assert described(again) == described(graph)
    assert comments_of(again.header) == comments_of(graph.header)


@given(graphs())
def test_writing_what_was_read_reads_as_the_same(graph: GateGraph) -> None:
    comments = comments_of(graph.header)
    anew = with_comments(Header(), comments)
    assert comments_of(anew) == comments


@pytest.mark.parametrize(
    "value",
    [
        "text",
        {"title": "x"},
        [1, None, "x"],
        [{"title": 1, "nodes": []}],
        [{"title": "t", "nodes": "x"}],
        [{"title": "t", "nodes": [1]}],
        [{"title": "t", "colour": 3, "nodes": []}],
    ],
)
def test_a_malformed_frame_is_ignored_and_kept_beside_new_ones(value: Any) -> None:
    header = Header(frames=value)
    assert comments_of(header).frames == ()
    new = with_comments(header, Comments((Frame("t", ("x",)),)))
    assert titles_of(new) == ["t"]
    assert new.frames[1:] == (value if isinstance(value, list) else [value])


def titles_of(header: Header) -> list[str]:
    return [frame.title for frame in comments_of(header).frames]


@pytest.mark.parametrize(
    "note",
    [
        {"text": "t"},
        {"text": 1, "position": [0, 0]},
        {"text": "t", "position": [0]},
        {"text": "t", "position": [0, "1"]},
        {"text": "t", "position": [True, 0]},
        {"text": "t", "position": [0, 1e300]},
    ],
)
def test_a_malformed_note_is_ignored(note: object) -> None:
    assert comments_of(Header(notes=[note])).notes == ()


def test_a_colour_that_is_not_known_is_kept_and_shown_grey() -> None:
    (frame,) = comments_of(Header(frames=[{"colour": "mauve", "nodes": ["x"]}])).frames
    assert frame.hue is Hue.GREY
    assert with_comments(Header(), Comments((frame,))).frames[0]["colour"] == "mauve"


def test_unknown_keys_of_frames_and_notes_stay() -> None:
    frame, note = {**INNER, "later": 1}, {"text": "t", "position": [0.5, 1], "later": 2}
    graph = framed(frame, notes=[note])
    comments = comments_of(graph.header)
    moved = replace(comments.notes[0], position=(3.0, 4.0))
    set_comments(graph, replace(comments, notes=(moved,))).apply(graph)
    assert graph.header.frames == [frame]
    assert graph.header.notes == [{"text": "t", "position": [3, 4], "later": 2}]


def test_a_file_has_one_frame_and_one_note_a_line() -> None:
    graph = framed(INNER, OUTER, notes=[{"text": "é", "position": [0, 1]}])
    assert b"""
  "frames": [
    {"title": "inner", "colour": "blue", "nodes": ["q"]},
    {"title": "all", "colour": "red", "nodes": ["x", "y", "q"]}
  ],
  "notes": [
    {"text": "\xc3\xa9", "position": [0, 1]}
  ]
}
""" in dumps(graph)


def test_a_renamed_node_stays_in_its_frames() -> None:
    graph = framed(INNER, OUTER)
    Rename("q", "sum").apply(graph)
    assert members(graph) == [("sum",), ("x", "y", "sum")]


def test_removed_nodes_leave_their_frames_and_come_back_into_them() -> None:
    graph = framed(INNER, OUTER)
    back = RemoveNodes(("q",)).apply(graph)
    assert members(graph) == [("x", "y")]
    back.apply(graph)
    assert members(graph) == [("q",), ("x", "y", "q")]
    assert back.changes().comments


def test_the_last_frame_to_go_leaves_nothing_in_the_header() -> None:
    graph = framed(INNER)
    RemoveNodes(("q",)).apply(graph)
    assert graph.header.frames is None


def test_a_part_takes_the_frames_that_it_holds_and_the_notes_that_are_chosen() -> None:
    notes = [{"text": text, "position": [0, 0]} for text in "ab"]
    part = subgraph(framed(INNER, OUTER, notes=notes), ("q", "x"), notes=(1,))
    assert titles(part) == ["inner"]
    assert [note.text for note in comments_of(part.header).notes] == ["b"]


def test_pasted_frames_are_around_the_new_nodes_and_notes_move_with_them() -> None:
    graph = framed(INNER, notes=[{"text": "n", "position": [1, 2]}])
    before = described(graph)
    edit, _ = merge(graph, subgraph(graph, ("q",), notes=(0,)), (10.0, 20.0))
    inverse = edit.apply(graph)
    assert members(graph) == [("q",), ("q2",)]
    assert comments_of(graph.header).notes[1] == Note("n", (11.0, 22.0))
    inverse.apply(graph)
    assert described(graph) == before
