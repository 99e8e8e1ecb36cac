"""A gate and its derivatives as people write them: × and − in place of * and -."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chainrule.expression.notation import Binding, Piece, enclosed, number, written
from chainrule.gates.documentation.plain_math import plain_math
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Kind
from chainrule.graph.node import Node

_SIGNS = {"add": " + ", "mul": " × "}
_POWER = re.compile(r"\*\*(\d+)")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def spelled(kind: Kind, inputs: Sequence[Piece]) -> str:
    """Write a gate as people do; sums and products of more than two inputs with their signs too."""
    sign = _SIGNS.get(kind.name)
    if sign is None or len(inputs) < 2:
        return _as_people_write(written(kind, inputs).text)
    first, *others = inputs
    # A sum may begin with a negative number.
    least = Binding.SUM if kind.name == "add" else Binding.ATOM
    return sign.join((enclosed(first, least), *(enclosed(each, Binding.ATOM) for each in others)))


def spelled_derivative(node: Node, port: int, inputs: Sequence[str], output: str) -> str:
    """Write the local derivative of a gate by one input, in the names of its inputs and output.

    "" where there is no formula for each of its ports, as for a composite gate.
    """
    kind = node.kind
    if not isinstance(kind, Gate) or len(kind.derivatives) != node.ports:
        return ""
    names = {**dict(zip(kind.ports, inputs, strict=True)), "f": output, **_settings(kind)}
    return plain_math(kind.derivatives[port], names)


def _settings(kind: Kind) -> Mapping[str, str]:
    settings = {info.name: getattr(kind, info.name) for info in kind.parameters()}
    return {
        name: number(setting).replace("-", "−")
        for name, setting in settings.items()
        if isinstance(setting, float)
    }


def _as_people_write(text: str) -> str:
    raised = _POWER.sub(lambda match: match[1].translate(_POWERS), text)
    return raised.replace("*", " × ").replace("/", " / ").replace("-", "−")
