"""A recipe as the section `training` of a graph file, both ways.

    {"optimiser": {"name": "sgd", "learning_rate": 1}, "schedule": {"name": "linear", "steps": 100},
     "clip": {"norm": 1}, "data": {"generated": "moons", "rows": 100, "noise": 0.1, "seed": 0},
     "inputs": {"x1": {"columns": ["x1"]}, "y": {"columns": ["class"], "as": "signs"}},
     "prediction": "score", "label": "class", "decision": "sign",
     "batch": 20, "test_share": 0.2, "seed": 0, "steps": 200}

As data there may also be a table, {"columns": […], "rows": [[…], …], "classes": {"c": ["a", "b"]}},
a file, {"path": "rows.csv"}, or what a package ships, {"shipped": "penguins"}. What is malformed
means nothing, and the default stands for it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, replace
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar, cast

import numpy as np

from chainrule.arrays import Floats
from chainrule.errors import TrainingError
from chainrule.graph.node import Header
from chainrule.graph.sections import section_of
from chainrule.training.clipping import Clipping
from chainrule.training.encoding import Encoding, Feeding
from chainrule.training.metrics import Decision
from chainrule.training.optimisers import OPTIMISERS, Optimiser
from chainrule.training.recipes import Recipe
from chainrule.training.schedules import SCHEDULES, Schedule
from chainrule.training.sources import Generated, InFile, Kept, Shipped, Source
from chainrule.training.tables import DataTable

SECTION: Final = "training"
_OWN_KEYS: Final = frozenset(
    (
        *("optimiser", "schedule", "clip", "data", "inputs", "holds_data", "prediction", "label"),
        *("decision", "batch", "test_share", "seed", "steps"),
    )
)

Json: TypeAlias = Any
T = TypeVar("T")


def recipe_of(header: Header) -> Recipe | None:
    """Return the recipe in a header, without what is malformed; None where there is none."""
    section = section_of(header, SECTION)
    if not isinstance(section, dict):
        return None
    says = cast("dict[str, Json]", section)
    recipe = Recipe(
        optimiser=_chosen(OPTIMISERS, says.get("optimiser")),
        schedule=_chosen(SCHEDULES, says.get("schedule")),
        clipping=_clipping(_object(says.get("clip"))),
        source=_source(_object(says.get("data"))),
        feeds=_feeds(_object(says.get("inputs"))),
        holds_data=says.get("holds_data") is True,
        prediction=_text(says.get("prediction")),
        label=_text(says.get("label")),
        decision=_member(Decision, says.get("decision"), Decision.NONE),
        extras=MappingProxyType({k: each for k, each in says.items() if k not in _OWN_KEYS}),
    )
    steps = _whole(says.get("steps"), 1) if "steps" in says else recipe.steps
    share = _number(says.get("test_share"))
    return replace(
        recipe,
        batch=_whole(says.get("batch"), 1),
        test_share=share if share is not None and 0 <= share < 1 else 0.0,
        seed=_whole(says.get("seed"), 0) or 0,
        steps=steps,
    )


def recipe_json(recipe: Recipe) -> Json:
    """Return the section of a file that holds a recipe."""
    content: dict[str, Json] = {"optimiser": _settings(recipe.optimiser)}
    if _settings(recipe.schedule) != {"name": "constant"}:
        content["schedule"] = _settings(recipe.schedule)
    clip = {"value": recipe.clipping.value, "norm": recipe.clipping.norm}
    if any(each is not None for each in clip.values()):
        content["clip"] = {name: each for name, each in clip.items() if each is not None}
    if recipe.source is not None:
        content["data"] = _source_json(recipe.source)
    if recipe.feeds:
        content["inputs"] = {each: _feeding_json(f) for each, f in recipe.feeds.items()}
    for name in ("prediction", "label", "batch"):
        if getattr(recipe, name) is not None:
            content[name] = getattr(recipe, name)
    if recipe.decision is not Decision.NONE:
        content["decision"] = recipe.decision.value
    if recipe.holds_data:
        content["holds_data"] = True
    content |= {"test_share": recipe.test_share, "seed": recipe.seed, "steps": recipe.steps}
    return {**content, **recipe.extras}


def _settings(chosen: Optimiser | Schedule) -> Json:
    """Return the name of a rule, and those of its settings that are not as usual."""
    found: dict[str, Json] = {"name": chosen.name}
    for each in fields(chosen):
        value = getattr(chosen, each.name)
        if value != each.default or each.name == "learning_rate":
            found[each.name] = value
    return found


def _chosen(kinds: Sequence[type[T]], value: Json) -> T:
    """Return the rule that a section names, with its settings; the first one where it is none."""
    says = _object(value)
    kind: Any = next((k for k in kinds if getattr(k, "name", "") == says.get("name")), kinds[0])
    made: T = kind()
    for each in fields(kind):
        given = says.get(each.name)
        if each.default is not MISSING and _fits(given, each.default):
            try:
                made = replace(cast("Any", made), **{each.name: type(each.default)(given)})
            except TrainingError:
                continue  # out of its range: the default stands
    return made


def _fits(given: Json, default: object) -> bool:
    if isinstance(default, bool) or isinstance(given, bool):
        return isinstance(given, bool) and isinstance(default, bool)
    if isinstance(default, int):
        return isinstance(given, int)
    return _number(given) is not None


def _clipping(says: Mapping[str, Json]) -> Clipping:
    def limit(name: str) -> float | None:
        found = _number(says.get(name))
        return found if found is not None and found > 0 else None

    return Clipping(limit("value"), limit("norm"))


def _feeds(says: Mapping[str, Json]) -> Mapping[str, Feeding]:
    found: dict[str, Feeding] = {}
    for node, value in says.items():
        entry = _object(value)
        columns = tuple(_texts(entry.get("columns")))
        if columns:
            encoding = _member(Encoding, entry.get("as"), Encoding.NUMBER)
            found[node] = Feeding(columns, encoding)
    return MappingProxyType(found)


def _feeding_json(feeding: Feeding) -> Json:
    shown: dict[str, Json] = {"columns": [*feeding.columns]}
    if feeding.encoding is not Encoding.NUMBER:
        shown["as"] = feeding.encoding.value
    return shown


def _source(says: Mapping[str, Json]) -> Source | None:
    if isinstance(says.get("generated"), str):
        usual = Generated()
        rows, seed = _whole(says.get("rows"), 2), _whole(says.get("seed"), 0)
        noise = _number(says.get("noise"))
        return Generated(
            says["generated"],
            usual.rows if rows is None else rows,
            usual.noise if noise is None or noise < 0 else noise,
            usual.seed if seed is None else seed,
        )
    if isinstance(says.get("path"), str):
        return InFile(says["path"])
    if isinstance(says.get("shipped"), str):
        return Shipped(says["shipped"])
    table = _table(says)
    return None if table is None else Kept(table, _text(says.get("origin")) or "")


def _table(says: Mapping[str, Json]) -> DataTable | None:
    names = tuple(_texts(says.get("columns")))
    rows = [_row(each, len(names)) for each in _list(says.get("rows"))]
    sound = [row for row in rows if row]
    if not names or not sound or len(set(names)) < len(names) or len(sound) < len(rows):
        return None
    numbers = np.array(sound, np.float64)
    classes: dict[str, tuple[str, ...]] = {}
    for name, listed in _object(says.get("classes")).items():
        words = tuple(_texts(listed))
        if name not in names:
            continue
        if len(words) < len(_list(listed)) or not _are_places(numbers[:, names.index(name)], words):
            return None
        classes[name] = words
    return DataTable(names, numbers, MappingProxyType(classes))


def _are_places(column: Floats, words: Sequence[str]) -> bool:
    """Say whether every number of a column counts one of the words, from 0."""
    return bool(((column >= 0) & (column < len(words)) & (column == np.floor(column))).all())


def _row(value: Json, width: int) -> list[float]:
    numbers = [_number(each) for each in _list(value)]
    found = [each for each in numbers if each is not None]
    return found if len(found) == len(numbers) == width else []


def _source_json(source: Source) -> Json:
    match source:
        case Generated():
            return {
                "generated": source.name,
                "rows": source.rows,
                "noise": source.noise,
                "seed": source.seed,
            }
        case InFile():
            return {"path": source.path}
        case Shipped():
            return {"shipped": source.name}
        case Kept():
            table = source.table
            content: dict[str, Json] = {"columns": [*table.columns]}
            if table.classes:
                content["classes"] = {name: [*words] for name, words in table.classes.items()}
            if source.origin:
                content["origin"] = source.origin
            return {**content, "rows": [[_short(n) for n in row] for row in table.numbers.tolist()]}


def _short(number: float) -> float | int:
    return int(number) if number == int(number) and abs(number) < 1e15 else number


def _member(kind: Any, value: Json, usual: Any) -> Any:
    return kind(value) if value in [each.value for each in kind] else usual


def _number(value: Json) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def _whole(value: Json, least: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        return None
    return value


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) and value else None


def _texts(value: Json) -> list[str]:
    return [each for each in _list(value) if isinstance(each, str)]


def _list(value: Json) -> list[Json]:
    return cast("list[Json]", value) if isinstance(value, list) else []


def _object(value: Json) -> Mapping[str, Json]:
    return cast("dict[str, Json]", value) if isinstance(value, dict) else {}
