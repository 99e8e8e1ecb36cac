"""Exercises: which numbers of a graph are hidden for a learner to find, and what was answered.

They are the sections `exercise` and `answers` of a file:

    {"title": "…", "blanks": [{"value": "q"}, {"gradient": "x", "points": 2}, {"wire": ["f", 0]}],
     "decimals": 2, "level": "add-mul", "seed": 7, "locked": true}
    [{"value": "q", "text": "3"}, {"wire": ["f", 0], "text": "-4", "shown": true}]

The right numbers are nowhere in there: the graph determines them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast, final

from typing_extensions import override

from chainrule.graph.changes import Changes
from chainrule.graph.edits import Edit
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NO_EXTRAS, Extras, Header, NodeId
from chainrule.graph.sections import section_of, with_section

SECTION: Final = "exercise"
ANSWERS: Final = "answers"
USUAL_DECIMALS: Final = 2
MOST_DECIMALS: Final = 8
LONGEST_ANSWER: Final = 2_000
"""More letters than that are no answer; they are dropped when a file is read."""

_OWN_KEYS = frozenset(("title", "blanks", "decimals", "level", "seed", "locked"))
_MOST_POINTS = 1e6

Json: TypeAlias = Any


@final
class Asked(StrEnum):
    """Which number is asked for; the values are keys of the file."""

    VALUE = "value"
    GRADIENT = "gradient"
    WIRE = "wire"


@final
@dataclass(frozen=True, slots=True)
class Blank:
    """A hidden number: the value or the gradient of a node, or what flows back along one wire.

    For a wire, `node` and `port` are where it ends.
    """

    asked: Asked
    node: NodeId
    port: int | None = None

    @property
    def is_gradient(self) -> bool:
        """Whether the number belongs to the backward pass."""
        return self.asked is not Asked.VALUE


def _no_points() -> Mapping[Blank, float]:
    return MappingProxyType({})


def _no_extras() -> Extras:
    return NO_EXTRAS


@final
@dataclass(frozen=True, slots=True)
class Exercise:
    """What is asked of a graph; blanks of nodes that it doesn't have mean nothing.

    `points` has what a blank is worth where that isn't one point. An answer may be rounded to
    `decimals`. `level` and `seed` say how it was made, if it was. In one that is `locked`, the
    editor lets blanks be filled and nothing else; that keeps honest people from slips, and is no
    protection of anything.
    """

    blanks: tuple[Blank, ...] = ()
    points: Mapping[Blank, float] = field(default_factory=_no_points)
    decimals: int = USUAL_DECIMALS
    title: str | None = None
    level: str | None = None
    seed: int | None = None
    locked: bool = False
    extras: Extras = field(default_factory=_no_extras)

    def worth(self, blank: Blank) -> float:
        """Return how many points a blank is worth."""
        return self.points.get(blank, 1.0)

    def with_blanks(self, blanks: Iterable[Blank]) -> Exercise:
        """Return the exercise that asks for other numbers."""
        return replace(self, blanks=tuple(dict.fromkeys(blanks)))

    def renamed(self, old: NodeId, new: NodeId) -> Exercise:
        """Return the exercise that knows a node by its new id."""
        points = {_renamed(blank, old, new): each for blank, each in self.points.items()}
        return replace(
            self,
            blanks=tuple(_renamed(each, old, new) for each in self.blanks),
            points=MappingProxyType(points),
        )


def _no_texts() -> Mapping[Blank, str]:
    return MappingProxyType({})


@final
@dataclass(frozen=True, slots=True)
class Answers:
    """What a learner typed, by blank, letter by letter; `shown` are those that were given away."""

    texts: Mapping[Blank, str] = field(default_factory=_no_texts)
    shown: frozenset[Blank] = frozenset()

    def with_answer(self, blank: Blank, text: str, *, shown: bool = False) -> Answers:
        """Return the answers with another one; "" takes it away. What was shown stays shown."""
        texts = {**self.texts}
        texts.pop(blank, None)
        if text:
            texts[blank] = text
        given_away = self.shown | {blank} if shown else self.shown
        return Answers(MappingProxyType(texts), given_away)

    def renamed(self, old: NodeId, new: NodeId) -> Answers:
        """Return the answers that know a node by its new id."""
        texts = {_renamed(blank, old, new): text for blank, text in self.texts.items()}
        shown = frozenset(_renamed(each, old, new) for each in self.shown)
        return Answers(MappingProxyType(texts), shown)


@final
@dataclass(frozen=True)
class SetExercise(Edit):
    """Ask for other numbers, and keep other answers: both sections as a file has them."""

    exercise: Json
    answers: Json

    @override
    def apply(self, graph: GateGraph) -> Edit:
        header = graph.header
        before = SetExercise(section_of(header, SECTION), section_of(header, ANSWERS))
        header = with_section(header, SECTION, self.exercise)
        graph.header = with_section(header, ANSWERS, self.answers)
        return before

    @override
    def changes(self) -> Changes:
        return Changes(blanks=True)


def exercise_of(header: Header) -> Exercise | None:
    """Return the exercise in a header, without what is malformed in it; None for none."""
    content = section_of(header, SECTION)
    if not isinstance(content, dict):
        return None
    fields = cast("dict[str, Json]", content)
    points: dict[Blank, float] = {}
    blanks: dict[Blank, None] = {}
    for entry in _entries(fields.get("blanks")):
        blank = _blank(entry)
        if blank is not None and blank not in blanks:
            blanks[blank] = None
            worth = _points(entry.get("points"))
            if worth is not None and worth != 1:
                points[blank] = worth
    return Exercise(
        tuple(blanks),
        MappingProxyType(points),
        _decimals(fields.get("decimals")),
        _text(fields.get("title")),
        _text(fields.get("level")),
        _whole(fields.get("seed")),
        fields.get("locked") is True,
        MappingProxyType({key: each for key, each in fields.items() if key not in _OWN_KEYS}),
    )


def exercise_json(exercise: Exercise | None) -> Json:
    """Return the section of a file that holds an exercise; None for none."""
    if exercise is None:
        return None
    content: dict[str, Json] = {}
    if exercise.title:
        content["title"] = exercise.title
    content["blanks"] = [
        {**_place(blank), **({"points": _short(worth)} if worth != 1 else {})}
        for blank in exercise.blanks
        for worth in (exercise.worth(blank),)
    ]
    content["decimals"] = exercise.decimals
    made = {"level": exercise.level, "seed": exercise.seed}
    content |= {key: value for key, value in made.items() if value is not None}
    if exercise.locked:
        content["locked"] = True
    return {**content, **exercise.extras}


def answers_of(header: Header) -> Answers:
    """Return the answers in a header, without what is malformed in them."""
    texts: dict[Blank, str] = {}
    shown: set[Blank] = set()
    for entry in _entries(section_of(header, ANSWERS)):
        blank, text = _blank(entry), entry.get("text")
        if blank is None:
            continue
        if isinstance(text, str) and text.strip() and len(text) <= LONGEST_ANSWER:
            texts[blank] = text.strip()
        if entry.get("shown") is True:
            shown.add(blank)
    return Answers(MappingProxyType(texts), frozenset(shown))


def answers_json(answers: Answers) -> Json:
    """Return the section of a file that holds answers; None for none."""
    blanks = dict.fromkeys((*answers.texts, *sorted(answers.shown, key=_place_text)))
    return [
        {
            **_place(blank),
            **({"text": answers.texts[blank]} if blank in answers.texts else {}),
            **({"shown": True} if blank in answers.shown else {}),
        }
        for blank in blanks
    ] or None


def _renamed(blank: Blank, old: NodeId, new: NodeId) -> Blank:
    return replace(blank, node=new) if blank.node == old else blank


def _blank(fields: Mapping[str, Json]) -> Blank | None:
    """Return the blank that an entry names by one of three keys."""
    named = [asked for asked in Asked if asked.value in fields]
    if len(named) != 1:
        return None
    (asked,) = named
    place = fields[asked.value]
    if asked is not Asked.WIRE:
        return Blank(asked, place) if isinstance(place, str) else None
    if not isinstance(place, list):
        return None
    match cast("list[Json]", place):
        case [str() as node, int() as port] if not isinstance(port, bool) and port >= 0:
            return Blank(asked, node, port)
        case _:
            return None


def _place(blank: Blank) -> dict[str, Json]:
    if blank.asked is Asked.WIRE:
        return {blank.asked.value: [blank.node, blank.port]}
    return {blank.asked.value: blank.node}


def _place_text(blank: Blank) -> str:
    return f"{blank.asked.value} {blank.node} {blank.port}"


def _points(value: Json) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= _MOST_POINTS else None


def _decimals(value: Json) -> int:
    number = _whole(value)
    return number if number is not None and 0 <= number <= MOST_DECIMALS else USUAL_DECIMALS


def _whole(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _entries(value: Json) -> list[dict[str, Json]]:
    items = cast("list[Json]", value) if isinstance(value, list) else []
    return [cast("dict[str, Json]", each) for each in items if isinstance(each, dict)]


def _short(number: float) -> float | int:
    """Return a whole number as such, as a file says it."""
    return int(number) if number == int(number) else number
