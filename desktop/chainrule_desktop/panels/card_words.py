"""What the cards of the start view say of examples and of files."""

from __future__ import annotations

from pathlib import Path

from chainrule_desktop.panels.graph_card import CardWords
from chainrule_desktop.resources import about_example


def words_of_example(path: Path) -> CardWords:
    """Return title and first sentence of an example; reading these alone is quick."""
    about = about_example(path)
    says = _first_sentence(about.description)
    return CardWords(about.title, says, f"Example: {about.title}", about.description)


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


def _first_sentence(text: str) -> str:
    head, found, _ = text.partition(". ")
    return f"{head}." if found else text
