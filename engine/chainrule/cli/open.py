"""`chainrule FILE`: hands over to the editor, which the engine knows only by its entry point."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

from chainrule.cli.complaints import complain

GROUP = "chainrule.applications"
NAME = "desktop"


def run(words: list[str]) -> int:
    """Open the editor with `words`, a file and the editor's own options; return its exit status."""
    file = next((word for word in words[:1] if not word.startswith("-")), None)
    if file is not None and not Path(file).exists():
        complain(file, "file", "is neither a file nor a command; see chainrule --help")
        return 2
    if file is not None and Path(file).is_dir():
        complain(file, "file", "is a directory; name a graph file inside it")
        return 2
    found = entry_points(group=GROUP, name=NAME)
    if not found:
        complain("editor", "desktop", "is not installed; install Chainrule with its desktop")
        return 2
    try:
        application = next(iter(found)).load()
    except (ImportError, AttributeError) as error:
        complain("editor", "desktop", f"can't be loaded ({error}); install Chainrule again")
        return 2
    return application(words) or 0
