"""What can stand at a node: the abstract Kind, and the parameters that kinds declare."""

from __future__ import annotations

import dataclasses
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar, Self, TypeAlias, cast, final

from chainrule.errors import ParameterError

LONGEST_TEXT = 200

Setting: TypeAlias = float | int | bool | str | tuple[int, ...] | tuple[float, ...] | None


class Group(Enum):
    """The groups of the palette, in their order there."""

    INPUTS = "Inputs"
    ARITHMETIC = "Arithmetic"
    SELECTION = "Selection"
    ELEMENTARY = "Elementary"
    TRIGONOMETRY = "Trigonometry"
    ACTIVATION = "Activation"
    REDUCTION = "Reduction"
    MATRICES = "Matrices"
    SHAPING = "Shaping"
    LOSS = "Losses"
    LAYER = "Layers"
    CONVOLUTION = "Convolution and pooling"
    COMPOSITE = "Composite"


@final
@dataclass(frozen=True)
class ParameterType:
    """How a parameter's value is checked: `parse` raises ValueError on what it can't take.

    `choices` has the words of a parameter that takes one of a few; it is empty for all others.
    """

    name: str
    wants: str
    parse: Callable[[object], Setting]
    choices: tuple[str, ...] = ()


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number


def _integer(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError
    return value


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _integers(value: object) -> tuple[int, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError
    return tuple(_integer(item) for item in cast("list[object]", value))


def _axes(value: object) -> int | tuple[int, ...] | None:
    if value is None:
        return None
    return _integer(value) if isinstance(value, int) else _integers(value)


def _permutation(value: object) -> tuple[int, ...] | None:
    return None if value is None else _integers(value)


def _size_or_sizes(value: object) -> int | tuple[int, ...]:
    return _integer(value) if isinstance(value, int) else _integers(value)


def _numbers(value: object) -> tuple[float, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError
    return tuple(_number(item) for item in cast("list[object]", value))


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError
    return value


def choice(*words: str) -> ParameterType:
    """Return the type of a parameter that is one of `words`."""

    def parse(value: object) -> str:
        if value not in words:
            raise ValueError
        return cast("str", value)

    listed = ", ".join(f'"{word}"' for word in words[:-1])
    return ParameterType("choice", f'{listed} or "{words[-1]}"', parse, words)


NUMBER = ParameterType("number", "a finite number", _number)
INTEGER = ParameterType("integer", "an integer", _integer)
BOOLEAN = ParameterType("boolean", "true or false", _boolean)
AXES = ParameterType("axes", "an integer, an array of integers, or null for all axes", _axes)
SIZES = ParameterType("sizes", "an array of integers", _integers)
SIZE_OR_SIZES = ParameterType(
    "size or sizes", "an integer, or an array with one for each axis", _size_or_sizes
)
SIZES_OR_NULL = ParameterType(
    "sizes or null", "an integer, an array with one for each axis, or null", _axes
)
NUMBERS = ParameterType("numbers", "an array of finite numbers", _numbers)
TEXT = ParameterType("text", "a text in quotes", _text)
PERMUTATION = ParameterType(
    "permutation", "an array of integers, or null to reverse the axes", _permutation
)


def parameter(default: Any, type_: ParameterType, says: str, *, required: bool = False) -> Any:
    """Declare a field of a kind as its parameter, with a default, a type and one sentence.

    The default of a `required` parameter is only what a new gate starts with in an editor; files
    and programs must state it.
    """
    return field(default=default, metadata={"type": type_, "says": says, "required": required})


@final
@dataclass(frozen=True)
class ParameterInfo:
    """What a palette, an inspector or a reader of files must know of one parameter."""

    name: str
    type: ParameterType
    default: Setting
    says: str
    required: bool


class Kind(ABC):
    """One kind of node. Instances are frozen dataclasses whose fields are the kind's parameters.

    `name` is the name in files, `summary` one sentence for people, `aliases` other words under
    which a search finds it. The last `optional` ports may be left out; a `variadic` kind takes as
    many more as one likes.
    """

    name: ClassVar[str]
    group: ClassVar[Group]
    summary: ClassVar[str]
    aliases: ClassVar[tuple[str, ...]] = ()
    variadic: ClassVar[bool] = False
    optional: ClassVar[int] = 0

    @property
    @abstractmethod
    def port_names(self) -> tuple[str, ...]:
        """The names of the input ports, the optional ones last; a `variadic` kind takes more."""

    @property
    @abstractmethod
    def symbol(self) -> str:
        """What stands inside the circle, as short as on a blackboard."""

    @property
    def least_ports(self) -> int:
        """How many inputs it needs, which is what a new node has."""
        return len(self.port_names) - self.optional

    def takes_ports(self, count: int) -> bool:
        """Say whether it can have `count` inputs."""
        return self.least_ports <= count and (self.variadic or count <= len(self.port_names))

    @property
    def says_ports(self) -> str:
        """How many inputs it takes, in words: `2 inputs`, `2 or 3 inputs`, `2 or more inputs`."""
        return ports_in_words(len(self.port_names), self.optional, self.variadic)

    @classmethod
    def parameters(cls) -> tuple[ParameterInfo, ...]:
        """The kind's parameters in the order of their declaration."""
        if not dataclasses.is_dataclass(cls):
            return ()
        return tuple(
            ParameterInfo(each.name, default=cast("Setting", each.default), **each.metadata)
            for each in dataclasses.fields(cls)
            if each.metadata
        )

    @classmethod
    def create(cls, settings: Mapping[str, object] | None = None) -> Self:
        """Make an instance from plain settings, such as the `params` of a file.

        Raises ParameterError for an unknown name, a value of the wrong type, or a required
        parameter that is missing.
        """
        settings = settings or {}
        known = {each.name: each for each in cls.parameters()}
        for name in settings:
            if name not in known:
                raise ParameterError(_unknown_parameter(cls.name, name, list(known)))
        for name, info in known.items():
            if info.required and name not in settings:
                raise ParameterError(f"{cls.name} needs the parameter {name!r}; add it")
        parsed = {name: _parsed(cls.name, known[name], value) for name, value in settings.items()}
        return cls(**parsed)

    def settings(self) -> dict[str, Setting]:
        """The parameters that are required or differ from their defaults, by name."""
        return {
            each.name: getattr(self, each.name)
            for each in self.parameters()
            if each.required or getattr(self, each.name) != each.default
        }


def ports_in_words(most: int, optional: int = 0, variadic: bool = False) -> str:
    """Say how many inputs a kind takes that has so many ports."""
    least = most - optional
    if variadic:
        return f"{least} or more inputs"
    between = "" if not optional else f"{least} or " if optional == 1 else f"{least} to "
    return f"{between}{most} input{'' if most == 1 else 's'}"


def _unknown_parameter(kind: str, name: str, known: list[str]) -> str:
    if not known:
        return f"{kind} takes no parameters, but {name!r} is given; remove it"
    return f"{kind} has no parameter {name!r}; it takes {', '.join(known)}"


def _parsed(kind: str, info: ParameterInfo, value: object) -> Setting:
    try:
        return info.type.parse(value)
    except (ValueError, OverflowError):
        raise ParameterError(
            f"{kind}: parameter {info.name!r} must be {info.type.wants}, not {_shown(value)}"
        ) from None


def _shown(value: object) -> str:
    text = _WORDS[value] if value is None or isinstance(value, bool) else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


# As files write them.
_WORDS = {None: "null", True: "true", False: "false"}
