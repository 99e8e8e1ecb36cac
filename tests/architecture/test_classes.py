"""A class is abstract or final, and what is written once is not overridden."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.source_tree import (
    Function,
    Module,
    classes,
    decorators,
    expect_none,
    last_name,
    modules,
    parse_module,
)

ABSTRACT_BASES = {"ABC", "Protocol"}
# Python itself closes these; of exceptions, a tree is the point.
EXEMPT_BASES = {"Enum", "IntEnum", "StrEnum", "Flag", "NamedTuple", "TypedDict", "Exception"}


@dataclass(frozen=True)
class Class:
    """A class of the project with what it defines itself."""

    place: str
    node: ast.ClassDef

    @property
    def bases(self) -> list[str]:
        return [last_name(base) for base in self.node.bases]

    @property
    def is_final(self) -> bool:
        return "final" in decorators(self.node)

    def methods(self, *, abstract: bool) -> set[str]:
        return {
            member.name
            for member in self.node.body
            if isinstance(member, Function) and _is_abstract(member) == abstract
        }

    def assigned(self) -> set[str]:
        """The names that the class body gives a value: these satisfy an abstract property."""
        targets: list[ast.expr] = []
        for member in self.node.body:
            if isinstance(member, ast.Assign):
                targets += member.targets
            elif isinstance(member, ast.AnnAssign):
                targets.append(member.target)
        return {target.id for target in targets if isinstance(target, ast.Name)}


def _is_abstract(method: Function) -> bool:
    return bool(decorators(method) & {"abstractmethod", "abstractproperty"})


class Hierarchy:
    """All classes of some modules by name, and the rules on them."""

    def __init__(self, sources: Iterable[Module]) -> None:
        self._classes = {
            node.name: Class(f"{module.place(node.lineno)} {node.name}", node)
            for module in sources
            for node in classes(module)
        }

    def neither_abstract_nor_final(self) -> Iterator[str]:
        for class_ in self._classes.values():
            if not (class_.is_final or self._is_exempt(class_) or self._is_abstract(class_)):
                yield class_.place

    def overridden(self) -> Iterator[str]:
        """Yield every method that replaces one which a class above it has written."""
        for class_ in self._classes.values():
            own = class_.methods(abstract=False)
            for ancestor in self._ancestors(class_):
                for name in sorted(own & ancestor.methods(abstract=False)):
                    if not _is_special(name):
                        yield f"{class_.place}.{name} overrides {ancestor.node.name}.{name}"

    def _is_exempt(self, class_: Class) -> bool:
        bases = {base for each in (class_, *self._ancestors(class_)) for base in each.bases}
        return bool(bases & EXEMPT_BASES)

    def _is_abstract(self, class_: Class) -> bool:
        return bool(set(class_.bases) & ABSTRACT_BASES or self._left_open(class_))

    def _left_open(self, class_: Class) -> set[str]:
        """Return the abstract methods that neither the class nor one above it has written."""
        inherited: set[str] = set()
        for base in class_.bases:
            if base in self._classes:
                inherited |= self._left_open(self._classes[base])
        written = class_.methods(abstract=False) | class_.assigned()
        return (inherited - written) | class_.methods(abstract=True)

    def _ancestors(self, class_: Class) -> Iterator[Class]:
        for base in class_.bases:
            if base in self._classes:
                yield self._classes[base]
                yield from self._ancestors(self._classes[base])


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def project() -> Hierarchy:
    return Hierarchy(modules("engine", "desktop"))


def test_every_class_is_abstract_or_final() -> None:
    expect_none(project().neither_abstract_nor_final())


def test_no_written_method_is_overridden() -> None:
    expect_none(project().overridden())


def test_an_open_class_is_found_and_an_abstract_one_is_not() -> None:
    hierarchy = _sample(
        "class Shape(ABC):\n    @abstractmethod\n    def area(self): ...\n"
        "class Flat(Shape):\n    def volume(self): return 0\n"
        "@final\nclass Disc(Flat):\n    def area(self): return 3\n"
        "class Square(Flat):\n    def area(self): return 1\n"
    )
    assert list(hierarchy.neither_abstract_nor_final()) == ["engine/sample.py:9 Square"]


def test_an_overridden_method_is_found_and_an_abstract_one_that_is_written_is_not() -> None:
    hierarchy = _sample(
        "class Shape(ABC):\n    @abstractmethod\n    def area(self): ...\n"
        "    def name(self): return 'shape'\n"
        "@final\nclass Disc(Shape):\n    def area(self): return 3\n"
        "    def name(self): return 'disc'\n"
    )
    assert list(hierarchy.overridden()) == ["engine/sample.py:6 Disc.name overrides Shape.name"]


def _sample(text: str) -> Hierarchy:
    return Hierarchy([parse_module(Path("engine/sample.py"), text)])
