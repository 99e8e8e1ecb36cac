"""Reroute points in files: read where they are sound, and otherwise kept as they are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chainrule.files import dumps, loads
from chainrule.graph.edits import SetRoutes
from chainrule.graph.routes import route_of

X = {"id": "x", "gate": "input", "value": 1}


def with_routes(routes: Any, **more: Any) -> bytes:
    gate = {"id": "q", "gate": "add", "inputs": ["x", None], "routes": routes, **more}
    return json.dumps({"format": "chainrule", "version": 1, "nodes": [X, gate]}).encode()


def written(data: bytes) -> Any:
    return json.loads(data)["nodes"][1].get("routes")


def test_points_are_read_by_port() -> None:
    graph = loads(with_routes({"0": [[1, 2.5], [3, 4]]}))
    assert route_of(graph, "q", 0) == ((1.0, 2.5), (3.0, 4.0))
    assert written(dumps(graph)) == {"0": [[1, 2.5], [3, 4]]}


@pytest.mark.parametrize(
    "routes",
    [
        None,
        7,
        {},
        [[1, 2]],
        {"0": []},
        {"0": [[1, 2, 3]]},
        {"0": [[1, "2"]]},
        {"0": [[True, 2]]},
        {"0": [[1e300, 2]]},
        {"00": [[1, 2]]},
        {"1": [[1, 2]]},
        {"2": [[1, 2]]},
        {"x": [[1, 2]]},
        {"0": [[1, 2]], "1": [[1, 2]]},
    ],
)
def test_malformed_points_are_kept_and_ignored(routes: Any) -> None:
    graph = loads(with_routes(routes))
    assert route_of(graph, "q", 0) == ()
    assert json.loads(dumps(graph))["nodes"][1]["routes"] == routes


def test_new_points_take_the_place_of_malformed_ones() -> None:
    graph = loads(with_routes({"7": 8}))
    inverse = SetRoutes({("q", 0): ((1.0, 2.0),)}).apply(graph)
    assert written(dumps(graph)) == {"0": [[1, 2]]}
    inverse.apply(graph)
    assert written(dumps(graph)) == {"7": 8}
