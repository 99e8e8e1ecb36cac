"""What the cards of the start view say of examples and of files."""

from __future__ import annotations

from pathlib import Path
from typing import final

import msgspec

from chainrule_desktop.panels.graph_card import CardWords


@final
class _About(msgspec.Struct):
    """What a card says, from the file of its example."""

    title: str = ""
    description: str = ""


def words_of_example(path: Path) -> CardWords:
    """Return title and first sentence of an example; reading these alone is quick."""
    about = _about(path)
    title = about.title or path.stem.replace("-", " ").capitalize()
    says = _first_sentence(about.description)
    return CardWords(title, says, f"Example: {title}", about.description)


def words_of_file(path: Path, *, missing: bool) -> CardWords:
    """Return name and folder of a file that was used before."""
    if missing:
        says = f"is no longer in {_shown(path.parent)}"
        return CardWords(path.name, says, f"{path.name}, missing", f"There is no {path} any more.")
    return CardWords(path.name, _shown(path.parent), f"Recent file: {path.name}", str(path))


def _shown(folder: Path) -> str:
    """Write a folder as people do, their home as ~."""
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except ValueError:
        return str(folder)


def _about(path: Path) -> _About:
    """Read title and description alone, which is quick; a damaged file has neither."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_About)
    except (OSError, ValueError):
        return _About()


def _first_sentence(text: str) -> str:
    head, found, _ = text.partition(". ")
    return f"{head}." if found else text
