"""The script of a graph's playback: its order, captions of steps, and where playing stops.

It is the section `playback` of a file:

    {"order": ["a", "b"], "captions": [{"step": "forward", "node": "a", "text": "…"}],
     "breakpoints": ["e"], "threshold": 10}
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast, final

from chainrule.graph.node import Header, NodeId
from chainrule.graph.sections import section_of

SECTION: Final = "playback"
STEPS: Final = ("start", "end", "forward", "seed", "backward")
"""The words for what a caption belongs to: before the first step and behind the last one, both
without a node, or a step of a node."""

_OWN_KEYS = frozenset(("order", "captions", "breakpoints", "threshold"))

Json: TypeAlias = Any
CaptionKey: TypeAlias = tuple[str, NodeId | None]


def _no_captions() -> Mapping[CaptionKey, str]:
    return MappingProxyType({})


def _no_extras() -> Mapping[str, Any]:
    return MappingProxyType({})


@final
@dataclass(frozen=True, slots=True)
class Script:
    """How a graph shall be played; ids that the graph doesn't have mean nothing.

    `order` are gates in the order in which they shall be computed, as far as each comes after its
    inputs. `captions` has the text for a step: its word and its node. Playing stops after a step
    of a gate in `breakpoints`, and where a gradient's size is over `threshold`.
    """

    order: tuple[NodeId, ...] = ()
    captions: Mapping[CaptionKey, str] = field(default_factory=_no_captions)
    breakpoints: frozenset[NodeId] = frozenset()
    threshold: float | None = None
    extras: Mapping[str, Any] = field(default_factory=_no_extras)

    def with_caption(self, step: CaptionKey, text: str) -> Script:
        """Return the script with another caption at a step; "" for none."""
        captions = {**self.captions}
        captions.pop(step, None)
        if text:
            captions[step] = text
        return replace(self, captions=MappingProxyType(captions))

    def with_breakpoints(self, ids: frozenset[NodeId]) -> Script:
        """Return the script that stops at other gates."""
        return replace(self, breakpoints=ids)

    def renamed(self, old: NodeId, new: NodeId) -> Script:
        """Return the script that knows a node by its new id."""

        def now(each: NodeId | None) -> NodeId | None:
            return new if each == old else each

        return replace(
            self,
            order=tuple(new if each == old else each for each in self.order),
            captions=MappingProxyType(
                {(step, now(node)): text for (step, node), text in self.captions.items()}
            ),
            breakpoints=frozenset(new if each == old else each for each in self.breakpoints),
        )


def script_of(header: Header) -> Script:
    """Return the script in a header, without what is malformed in it."""
    fields = _fields(section_of(header, SECTION))
    captions: dict[CaptionKey, str] = {}
    for entry in _list(fields.get("captions")):
        key, text = _caption(_fields(entry))
        if key is not None and text:
            captions[key] = text
    extras = {key: each for key, each in fields.items() if key not in _OWN_KEYS}
    return Script(
        tuple(_texts(fields.get("order"))),
        MappingProxyType(captions),
        frozenset(_texts(fields.get("breakpoints"))),
        _threshold(fields.get("threshold")),
        MappingProxyType(extras),
    )


def script_json(script: Script) -> Json:
    """Return the section of a file that holds a script; None for an empty one."""
    content: dict[str, Json] = {}
    if script.order:
        content["order"] = [*script.order]
    if script.captions:
        content["captions"] = [
            {"step": step, **({} if node is None else {"node": node}), "text": text}
            for (step, node), text in script.captions.items()
        ]
    if script.breakpoints:
        content["breakpoints"] = sorted(script.breakpoints)
    if script.threshold is not None:
        content["threshold"] = script.threshold
    return {**content, **script.extras} or None


def _caption(fields: Mapping[str, Json]) -> tuple[CaptionKey | None, str]:
    step, node, text = fields.get("step"), fields.get("node"), fields.get("text")
    if step not in STEPS or not isinstance(text, str):
        return None, ""
    if step in ("start", "end"):
        return (step, None), text
    return ((step, node), text) if isinstance(node, str) else (None, "")


def _threshold(value: Json) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and value >= 0 else None


def _texts(value: Json) -> list[str]:
    return [each for each in _list(value) if isinstance(each, str)]


def _list(value: Json) -> list[Json]:
    return cast("list[Json]", value) if isinstance(value, list) else []


def _fields(value: Json) -> dict[str, Json]:
    return cast("dict[str, Json]", value) if isinstance(value, dict) else {}
