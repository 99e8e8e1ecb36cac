"""The table of format versions: which function brings a file of one version to the next.

A new version gets a module `from_vN.py` here with one function on plain data, a line in `_STEPS`,
and files in `tests/files/vN/` that are kept for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chainrule.errors import FileError
from chainrule.files.fields import Fields
from chainrule.files.places import short

FORMAT = "chainrule"
CURRENT_VERSION = 1

# Version 1 is the first, so nothing is older yet.
_STEPS: Mapping[int, Callable[[Fields], Fields]] = {}


def migrate(document: Fields) -> Fields:
    """Return `document` as the present version would say it.

    Raises FileError for another format, for a newer version and for one that never was.
    """
    _check_format(document)
    version = _version(document)
    while version < CURRENT_VERSION:
        document = _STEPS[version](document)
        version += 1
    return document


def _check_format(document: Fields) -> None:
    if "format" not in document:
        raise FileError("format", f'is missing; a graph file says "format": "{FORMAT}"')
    if document["format"] != FORMAT:
        raise FileError("format", f'must be "{FORMAT}", not {short(document["format"])}')


def _version(document: Fields) -> int:
    if "version" not in document:
        raise FileError("version", f"is missing; add it, the integer {CURRENT_VERSION}")
    version = document["version"]
    if type(version) is not int:
        raise FileError("version", f"must be an integer, not {short(version)}")
    if version > CURRENT_VERSION:
        raise FileError(
            "version",
            f"{short(version)} is newer than this program reads ({CURRENT_VERSION}); "
            "use a newer Chainrule",
        )
    if version < CURRENT_VERSION and version not in _STEPS:
        raise FileError(
            "version", f"{short(version)} never was; the present version is {CURRENT_VERSION}"
        )
    return version
