"""All exporters, by the suffix of the file: those of the library, and those of other packages.

A package adds one with an entry point in the group `chainrule.exporters`: its name is the suffix
without the dot, its value a class derived from Exporter. It is imported when it is needed.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from chainrule.errors import ExportError
from chainrule.export.exporter import Exporter
from chainrule.export.formats.svg import SvgExporter

GROUP = "chainrule.exporters"

_BUILT_IN: tuple[Exporter, ...] = (SvgExporter(),)


def get_exporter(suffix: str) -> Exporter:
    """Return the exporter for files that end in `suffix`, such as `.svg`; case doesn't matter.

    Raises ExportError that names the known suffixes, or says why a known one can't be used.
    """
    wanted = "." + suffix.lower().removeprefix(".")
    for exporter in _BUILT_IN:
        if wanted in exporter.suffixes:
            return exporter
    found = _entry_points().get(wanted)
    if found is not None:
        return _load(found)
    known = ", ".join(known_suffixes())
    given = f"can't export to {wanted}" if wanted != "." else "the file has no extension"
    raise ExportError(f"{given}; choose a name that ends in one of {known}")


def all_exporters() -> tuple[Exporter, ...]:
    """Return every exporter that can be used here, in the order of names.

    What is not installed whole is left out; `get_exporter` says what is wrong with it.
    """
    exporters = {exporter.name: exporter for exporter in _BUILT_IN}
    for entry_point in _entry_points().values():
        try:
            exporter = _load(entry_point)
        except ExportError:
            continue
        exporters.setdefault(exporter.name, exporter)
    return tuple(exporters[name] for name in sorted(exporters))


def known_suffixes() -> tuple[str, ...]:
    """Return all suffixes that something is installed for, without importing it."""
    built_in = {suffix for exporter in _BUILT_IN for suffix in exporter.suffixes}
    return tuple(sorted(built_in | set(_entry_points())))


def _entry_points() -> dict[str, EntryPoint]:
    return {f".{each.name.lower()}": each for each in entry_points(group=GROUP)}


def _load(entry_point: EntryPoint) -> Exporter:
    try:
        made = entry_point.load()()
    except (ImportError, AttributeError, TypeError) as error:
        raise ExportError(
            f"the exporter for .{entry_point.name} can't be loaded ({error}); "
            f"install {entry_point.value.partition('.')[0]} again"
        ) from error
    if not isinstance(made, Exporter):
        raise ExportError(
            f"{entry_point.value} is no exporter; it must be a class derived from "
            "chainrule.export.Exporter"
        )
    return made
