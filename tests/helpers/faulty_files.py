"""Graph files that must be refused: each with the place of its fault and words of its sentence."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

Node = dict[str, Any]

X: Node = {"id": "x", "gate": "input", "value": 2}
Y: Node = {"id": "y", "gate": "input", "value": 3}
F: Node = {"id": "f", "gate": "mul", "inputs": ["x", "y"]}
SIGMOID: Node = {
    "inputs": ["z"],
    "nodes": [
        {"id": "z", "gate": "input", "value": 0},
        {"id": "n", "gate": "neg", "inputs": ["z"]},
        {"id": "e", "gate": "exp", "inputs": ["n"]},
    ],
    "output": "e",
}


class Fault(NamedTuple):
    """A file that must be refused, and what the refusal must say."""

    name: str
    data: bytes
    where: str
    says: str


def document(*nodes: Node, **others: Any) -> dict[str, Any]:
    """Return a file with `nodes`, x · y where none are given, as plain data."""
    return {"format": "chainrule", "version": 1, "nodes": list(nodes or (X, Y, F)), **others}


def file(*nodes: Node, **others: Any) -> bytes:
    """Return the bytes of `document`."""
    return json.dumps(document(*nodes, **others)).encode()


def raw(old: str, new: str, *nodes: Node) -> bytes:
    """Return the bytes of `document` with a piece of its text replaced."""
    text = json.dumps(document(*nodes))
    assert old in text
    return text.replace(old, new, 1).encode()


def value(text: str) -> bytes:
    """Return a file in which x has the value that `text` writes."""
    return raw('"value": 2', f'"value": {text}')


def without(key: str) -> bytes:
    """Return a file that lacks a key."""
    return json.dumps({name: each for name, each in document().items() if name != key}).encode()


def composite(name: str = "neg_exp", inputs: tuple[str, ...] = ("x",), **changes: Any) -> bytes:
    """Return a file whose node g is of a definition, that of `SIGMOID` with `changes`."""
    used = {"id": "g", "gate": name, "inputs": list(inputs)}
    return file(X, used, definitions={name: SIGMOID | changes})


def nested_definitions(count: int, copies: int) -> dict[str, Any]:
    """Return definitions of which each but the first uses `copies` of the one before."""
    definitions: dict[str, Any] = {"d0": SIGMOID}
    for level in range(1, count):
        uses = [{"id": f"u{i}", "gate": f"d{level - 1}", "inputs": ["z"]} for i in range(copies)]
        definitions[f"d{level}"] = {
            "inputs": ["z"],
            "nodes": [SIGMOID["nodes"][0], *uses],
            "output": "u0",
        }
    return definitions


def _using(name: str) -> Node:
    """Return a definition that contains a node of the definition called `name`."""
    inner = {"id": "i", "gate": name, "inputs": ["z"]}
    return {"inputs": ["z"], "nodes": [SIGMOID["nodes"][0], inner], "output": "i"}


TEXTS = [
    Fault("empty file", b"", "file", "is empty"),
    Fault("white space only", b" \n\t", "file", "is empty"),
    Fault("not JSON", b"hello", "line 1 column 1", "is not JSON"),
    Fault(
        "JSON with a fault", b'{"format":\n  "chainrule" "x"}', "line 2 column 15", "is not JSON"
    ),
    Fault("cut off", b'{"format": "chainrule", ', "line 1 column 25", "ends in the middle"),
    Fault("text after the end", file() + b"x", "line 1 column 183", "after the end"),
    Fault("a second graph", file() + b"\n" + file(), "line 2 column 1", "after the end"),
    Fault("not UTF-8", file().replace(b"mul", b"m\xff"), "line 1", "is not UTF-8"),
    Fault("UTF-16", file().decode().encode("utf-16"), "line 1", "is not UTF-8"),
    Fault("byte order mark", b"\xef\xbb\xbf" + file(), "line 1 column 1", "byte order mark"),
    Fault("brackets without end", b"[" * 100_000, "file", "nested too deeply"),
    Fault("deep brackets", b"[" * 100_000 + b"]" * 100_000, "file", "nested too deeply"),
    Fault("deep objects", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "file", "nested too deeply"),
    Fault("control character", raw('"mul"', '"m\nul"'), "line 1 column 155", "is not JSON"),
    Fault("array at the top", b"[]", "file", "must be an object"),
    Fault("number at the top", b"1", "file", "must be an object"),
    Fault("null at the top", b"null", "file", "must be an object"),
    Fault("half a character", raw('"mul"', r'"\ud800"'), "node 'f'", "surrogate"),
    Fault(
        "repeated key", raw('"nodes"', '"version": 1, "nodes"'), "file", "'version' stands twice"
    ),
    Fault(
        "key repeated in a node", raw('"value": 2', '"value": 2, "value": 3'), "node 'x'", "twice"
    ),
]

NUMBERS = [
    Fault("1e999", value("1e999"), "node 'x'", "beyond float64"),
    Fault("-1e999", value("-1e999"), "node 'x'", "beyond float64"),
    Fault("1e999 in a tensor", value("[1, [2e999]]"), "node 'x'", "value[1][0]"),
    Fault("integer of 400 digits", value("9" * 400), "node 'x'", "beyond float64"),
    Fault("integer of 5000 digits", value("-" + "9" * 5000), "node 'x'", "beyond float64"),
    Fault("integer of 309 digits", value("9" * 309), "node 'x'", "beyond float64"),
    Fault("bare NaN", value("NaN"), "node 'x'", 'write "nan" in quotes'),
    Fault("bare Infinity", value("[1, Infinity]"), "node 'x'", "value[1]: bare Infinity"),
    Fault("bare -Infinity", value("-Infinity"), "node 'x'", '"-inf"'),
    Fault("boolean", value("true"), "node 'x'", "not true"),
    Fault("boolean in a tensor", value("[1, false]"), "node 'x'", "value[1]"),
    Fault("null", value("null"), "node 'x'", "not null"),
    Fault("null in a tensor", value("[[1, null]]"), "node 'x'", "value[0][1]"),
    Fault("object", value("{}"), "node 'x'", "not an object"),
    Fault("text", value('"2"'), "node 'x'", "not '2'"),
    Fault("another word for not-a-number", value('["NaN"]'), "node 'x'", "value[0]"),
    Fault("ragged rows", value("[[1, 2], [3]]"), "node 'x'", "ragged"),
    Fault("ragged rows deeper in", value("[[[1], [2]], [[1], [2, 3]]]"), "node 'x'", "value[1][1]"),
    Fault("row beside a number", value("[1, [2]]"), "node 'x'", "ragged"),
    Fault("number beside a row", value("[[1], 2]"), "node 'x'", "ragged"),
    Fault("empty array", value("[]"), "node 'x'", "empty"),
    Fault("empty rows", value("[[], []]"), "node 'x'", "empty"),
    Fault("too many axes", value("[" * 40 + "1" + "]" * 40), "node 'x'", "more than 32 axes"),
    Fault("ragged seed", file(seed=[[1], [2, 3]]), "seed", "ragged"),
    Fault("seed of words", file(seed="ones"), "seed", "must be a number"),
    Fault("empty seed", file(seed=[]), "seed", "empty"),
    Fault("null seed", file(seed=None), "seed", "not null"),
]

HEADERS = [
    Fault("no format", without("format"), "format", "is missing"),
    Fault("another format", file(format="gimp"), "format", "must be"),
    Fault("format of another type", file(format=1), "format", "must be"),
    Fault("no version", without("version"), "version", "is missing"),
    Fault("newer version", file(version=2), "version", "2 is newer"),
    Fault("much newer version", file(version=2**70), "version", "is newer"),
    Fault("version nought", file(version=0), "version", "0 never was"),
    Fault("negative version", file(version=-1), "version", "-1 never was"),
    Fault("version with a point", file(version=1.0), "version", "must be an integer"),
    Fault("version in quotes", file(version="1"), "version", "must be an integer"),
    Fault("boolean version", file(version=True), "version", "must be an integer"),
    Fault("no nodes", without("nodes"), "nodes", "is missing"),
    Fault("nodes by name", file(nodes={"x": X}), "nodes", "must be an array"),
    Fault("title of another type", file(title=5), "title", "must be text"),
    Fault("null title", file(title=None), "title", "must be text"),
    Fault("description of another type", file(description=[]), "description", "must be text"),
    Fault("unknown output", file(output="q"), "output", "'q'"),
    Fault("output of another type", file(output=["f"]), "output", "must be text"),
    Fault("null output", file(output=None), "output", "must be text"),
    Fault("null frames", file(frames=None), "frames", "leave the key out"),
    Fault("infinite view", raw('"version"', '"view": {"zoom": 1e999}, "version"'), "view", "zoom"),
]

NODES = [
    Fault("node that is no object", file(X, 5), "nodes[1]", "must be an object"),  # type: ignore[arg-type]  # the fault
    Fault("no id", file(X, {"gate": "neg", "inputs": ["x"]}), "nodes[1]", "id is missing"),
    Fault("id of another type", file({**X, "id": 5}), "nodes[0]", "id must be text"),
    Fault("empty id", file({**X, "id": ""}), "node ''", "is not a name"),
    Fault("id with a blank", file({**X, "id": "a b"}), "node 'a b'", "is not a name"),
    Fault("id that starts with a digit", file({**X, "id": "1x"}), "node '1x'", "is not a name"),
    Fault("id with a new line", file({**X, "id": "a\nb"}), r"node 'a\nb'", "is not a name"),
    Fault("keyword as id", file({**X, "id": "lambda"}), "node 'lambda'", "word of Python"),
    Fault("very long id", file({**X, "id": "x" * 10_000}), "node", "200 characters"),
    Fault("repeated id", file(X, X), "node 'x'", "two nodes"),
    Fault(
        "ids that are one name to Python",
        file({**X, "id": "\u00b5"}, {**X, "id": "\u03bc"}),
        "node '\u03bc'",
        "to Python the same name",
    ),
    Fault("no gate", file({"id": "x", "value": 1}), "node 'x'", "gate is missing"),
    Fault("unknown gate", file(X, {**F, "gate": "mull"}), "node 'f'", "did you mean 'mul'"),
    Fault("gate of another type", file({**X, "gate": 1}), "node 'x'", "gate must be text"),
    Fault("unknown input", file(X, F), "node 'f'", "'y', but there is no such node"),
    Fault("input of another type", file(X, {**F, "inputs": [1, 2]}), "node 'f'", "inputs[0]"),
    Fault("inputs in one text", file(X, {**F, "inputs": "xy"}), "node 'f'", "must be an array"),
    Fault("one input for two", file(X, {**F, "inputs": ["x"]}), "node 'f'", "2 or more inputs"),
    Fault("no inputs", file(X, {"id": "f", "gate": "mul"}), "node 'f'", "0 are given"),
    Fault(
        "two inputs for one",
        file(X, {"id": "e", "gate": "exp", "inputs": ["x", "x"]}),
        "node 'e'",
        "takes 1 input,",
    ),
    Fault("inputs on a leaf", file(X, {**Y, "inputs": ["x"]}), "node 'y'", "is a leaf"),
    Fault("no value on a leaf", file({"id": "x", "gate": "parameter"}), "node 'x'", "is missing"),
    Fault("value on a gate", file(X, Y, {**F, "value": 6}), "node 'f'", "remove the key value"),
    Fault(
        "cycle of three",
        file(
            X,
            {"id": "a", "gate": "add", "inputs": ["x", "c"]},
            {"id": "b", "gate": "neg", "inputs": ["a"]},
            {"id": "c", "gate": "neg", "inputs": ["b"]},
        ),
        "node",
        "a -> b -> c -> a",
    ),
    Fault(
        "node that reads itself",
        file(X, {"id": "a", "gate": "add", "inputs": ["x", "a"]}),
        "node 'a'",
        "a -> a",
    ),
    Fault("label of another type", file({**X, "label": 1}), "node 'x'", "label must be text"),
    Fault("position of three", file({**X, "position": [1, 2, 3]}), "node 'x'", "two numbers"),
    Fault("position in words", file({**X, "position": ["1", "2"]}), "node 'x'", "two numbers"),
    Fault("boolean position", file({**X, "position": [True, 0]}), "node 'x'", "two numbers"),
    Fault("null position", file({**X, "position": None}), "node 'x'", "must be an array"),
    Fault("position far out", file({**X, "position": [0, -2e9]}), "node 'x'", "within ±1e+09"),
    Fault(
        "infinite position",
        raw('"value": 2', '"value": 2, "position": [1e999, 0]'),
        "node 'x'",
        "position[0]",
    ),
    Fault(
        "deep extras",
        raw('"value": 2', '"value": 2, "more": ' + "[" * 200 + "]" * 200),
        "node 'x'",
        "nested more than 100 deep",
    ),
]


def _scaled(params: Any) -> bytes:
    return file(X, {"id": "s", "gate": "mul_constant", "inputs": ["x"], "params": params})


PARAMS = [
    Fault("params of another type", _scaled([1]), "node 's'", "params must be an object"),
    Fault("null params", _scaled(None), "node 's'", "params must be an object"),
    Fault("missing parameter", _scaled({}), "node 's'", "needs the parameter 'c'"),
    Fault("unknown parameter", _scaled({"c": 1, "d": 2}), "node 's'", "no parameter 'd'"),
    Fault("parameter of another type", _scaled({"c": "1"}), "node 's'", "must be a finite number"),
    Fault("boolean parameter", _scaled({"c": True}), "node 's'", "must be a finite number"),
    Fault("not-a-number parameter", _scaled({"c": "nan"}), "node 's'", "must be a finite number"),
    Fault("params on add", file(X, Y, {**F, "params": {"c": 1}}), "node 'f'", "no parameters"),
    Fault("params on a leaf", file({**X, "params": {"c": 1}}), "node 'x'", "no parameters"),
    Fault(
        "axis with a point",
        file(X, {"id": "s", "gate": "sum", "inputs": ["x"], "params": {"axis": 1.5}}),
        "node 's'",
        "'axis' must be an integer",
    ),
]

DEFINITIONS = [
    Fault("definitions in an array", file(definitions=[]), "definitions", "must be an object"),
    Fault("null definitions", file(definitions=None), "definitions", "must be an object"),
    Fault(
        "definition as text", file(definitions={"d": "x"}), "definition 'd'", "must be an object"
    ),
    Fault("named like a gate", composite("sigmoid"), "definition 'sigmoid'", "name of a gate"),
    Fault("named like a leaf", composite("input"), "definition 'input'", "name of a gate"),
    Fault("no name", composite(""), "definition ''", "empty name"),
    Fault("no inputs", file(definitions={"d": {}}), "definition 'd'", "inputs is missing"),
    Fault("port that is no id", composite(inputs=("x",), nodes=[]), "definition", "no leaf inside"),
    Fault(
        "port that is a number",
        file(definitions={"d": SIGMOID | {"inputs": [1]}}),
        "definition 'd'",
        "inputs[0]",
    ),
    Fault(
        "port that is a gate",
        file(definitions={"d": SIGMOID | {"inputs": ["n"]}}),
        "definition 'd'",
        "no leaf inside",
    ),
    Fault(
        "port twice",
        file(definitions={"d": SIGMOID | {"inputs": ["z", "z"]}}),
        "definition 'd'",
        "twice",
    ),
    Fault("no output inside", composite(output="q"), "definition 'neg_exp'", "'q'"),
    Fault("too many inputs", composite(inputs=("x", "x")), "node 'g'", "takes 1 input"),
    Fault(
        "params on a composite",
        file(
            X,
            {"id": "g", "gate": "d", "inputs": ["x"], "params": {"c": 1}},
            definitions={"d": SIGMOID},
        ),
        "node 'g'",
        "takes no params",
    ),
    Fault(
        "bad value inside",
        composite(nodes=[{"id": "z", "gate": "input", "value": [[1], []]}]),
        "node 'z' of definition 'neg_exp'",
        "ragged",
    ),
    Fault(
        "bare NaN inside",
        raw(
            '"nodes"',
            '"definitions": {"d": {"inputs": [], "nodes": [{"id": "z", "value": NaN}]}}, "nodes"',
        ),
        "node 'z' of definition 'd'",
        "bare NaN",
    ),
    Fault("definition in itself", file(definitions={"d": _using("d")}), "definition 'd'", "d -> d"),
    Fault(
        "definitions in each other",
        file(definitions={"a": _using("b"), "b": _using("a")}),
        "definition",
        "contains itself",
    ),
    Fault(
        "explosion",
        file(
            X,
            {"id": "g", "gate": "d29", "inputs": ["x"]},
            definitions=nested_definitions(30, 2),
        ),
        "node 'g'",
        "more than 1,000,000 gates",
    ),
    Fault(
        "definitions in too many levels",
        file(definitions=nested_definitions(150, 1)),
        "definition 'd100'",
        "more than 100 levels",
    ),
]

FAULTS = [*TEXTS, *NUMBERS, *HEADERS, *NODES, *PARAMS, *DEFINITIONS]
