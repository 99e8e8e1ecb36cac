"""The reference of all gates in Markdown, made from what the catalogue says of them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.documentation.torch_names import MADE_OF_GATES, TORCH_NAMES, gates_for
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Group, Kind, ParameterInfo

INTRODUCTION = """\
# Gates

Every kind of node that comes with Chainrule: what it computes, and what it does to the gradient.
The formulas are in the names of the inputs and parameters; `f` is the output. In files a gate
stands with the name of its heading, its inputs in the order of the list, and its parameters in
`params`; all of those may be left out that have a value here.

The layers of Torch are in a [table of their own](#the-layers-of-torch)."""

TORCH = """\
## The layers of Torch

The lecture lists these modules of Torch by name. A search in the palette finds the gates by these
names too."""


def reference() -> str:
    """Return the whole reference: groups as in the palette, then the table of Torch's names."""
    return "\n\n".join([INTRODUCTION, *_groups(), TORCH, _torch_table()]) + "\n"


def _groups() -> Iterator[str]:
    kinds = [kind for kind in all_kinds() if kind.__module__.startswith("chainrule.")]
    for group in Group:
        members = [kind for kind in kinds if kind.group is group]
        if members:
            yield f"## {group.value}"
            yield from map(_entry, members)


def _entry(kind: type[Kind]) -> str:
    parts = [f"### {kind.name}", kind.summary]
    if issubclass(kind, Gate):
        parts += [_told(kind), "\n".join(_facts(kind))]
    return "\n\n".join(parts)


def _told(kind: type[Gate]) -> str:
    """Return the gate's docstring, where the conventions stand, a paragraph to a line."""
    paragraphs = inspect.cleandoc(kind.__doc__ or "").split("\n\n")
    return "\n\n".join(" ".join(each.split()) for each in paragraphs).replace("*", r"\*")


def _facts(kind: type[Gate]) -> Iterator[str]:
    yield f"- Symbol: {kind().symbol}"
    yield f"- Inputs: {_inputs(kind)}"
    for each in kind.parameters():
        yield f"- Parameter {_parameter(each)}: {each.says}"
    yield f"- Formula: {_math(kind.formula)}"
    for port, derivative in zip(kind.ports, kind.derivatives, strict=True):
        yield f"- Derivative by `{port}`: {_math(derivative)}"
    yield f"- Rule: {kind.rule}"
    yield f"- Also found as: {', '.join(kind.aliases)}"


def _inputs(kind: type[Gate]) -> str:
    needed = len(kind.ports) - kind.optional
    named = [
        f"`{port}`" if place < needed else f"`{port}` (may be left out)"
        for place, port in enumerate(kind.ports)
    ]
    return ", ".join([*named, "and more"] if kind.variadic else named)


def _parameter(info: ParameterInfo) -> str:
    if info.required:
        return f"`{info.name}`, which must be given, {info.type.wants}"
    return f"`{info.name}` = `{json.dumps(info.default)}`, {info.type.wants}"


def _math(latex: str) -> str:
    # These fences keep Markdown away from underscores and stars.
    return f"$`{latex}`$"


def _torch_table() -> str:
    rows = [f"| {name} | {_torch_gates(name)} |" for name in sorted({*TORCH_NAMES, *MADE_OF_GATES})]
    return "\n".join(["| Torch | Chainrule |", "| --- | --- |", *rows])


def _torch_gates(name: str) -> str:
    if name in MADE_OF_GATES:
        return f"made of gates: [{MADE_OF_GATES[name]}](examples/{MADE_OF_GATES[name]}.chainrule)"
    return ", ".join(f"[`{kind.name}`](#{kind.name})" for kind in gates_for(name))
