"""Muted gates and pinned values in files: read where they say true, and otherwise kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chainrule.files import dumps, loads
from chainrule.graph.switches import SetMuted, SetPinned

X = {"id": "x", "gate": "input", "value": 1}


def file_with(x: dict[str, Any] | None = None, **q: Any) -> bytes:
    gate = {"id": "q", "gate": "add", "inputs": ["x", None], **q}
    return json.dumps(
        {"format": "chainrule", "version": 1, "nodes": [{**X, **(x or {})}, gate]}
    ).encode()


def node_of(data: bytes, index: int) -> Any:
    return json.loads(data)["nodes"][index]


def test_a_muted_gate_and_a_pinned_value_are_read_and_written() -> None:
    graph = loads(file_with({"pinned": True}, muted=True))
    assert graph.node("q").muted
    assert graph.node("x").pinned
    data = dumps(graph)
    assert node_of(data, 1)["muted"] is True
    assert node_of(data, 0)["pinned"] is True


def test_what_is_off_is_not_written() -> None:
    graph = loads(file_with(muted=True, pinned=True))
    SetMuted({"q": False}).apply(graph)
    SetPinned({"q": False}).apply(graph)
    assert node_of(dumps(graph), 1).keys() == {"id", "gate", "inputs"}


@pytest.mark.parametrize("value", [False, None, 1, "true", [True], {"muted": True}])
@pytest.mark.parametrize("key", ["muted", "pinned"])
def test_a_malformed_switch_is_kept_and_ignored(key: str, value: Any) -> None:
    graph = loads(file_with(**{key: value}))
    assert (graph.node("q").muted, graph.node("q").pinned) == (False, False)
    assert node_of(dumps(graph), 1)[key] == value


def test_a_muted_leaf_is_kept_and_ignored() -> None:
    graph = loads(file_with({"muted": True}))
    assert not graph.node("x").muted
    assert node_of(dumps(graph), 0)["muted"] is True


def test_a_switch_that_is_set_takes_the_place_of_a_malformed_one() -> None:
    graph = loads(file_with(muted="yes", routes=7))
    back = SetMuted({"q": True}).apply(graph)
    assert node_of(dumps(graph), 1)["muted"] is True
    assert node_of(dumps(graph), 1)["routes"] == 7
    back.apply(graph)
    assert node_of(dumps(graph), 1)["muted"] == "yes"
