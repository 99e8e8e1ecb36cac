"""Where the files that come with the program are: fonts, icons and example graphs.

A wheel carries them inside the package, in `chainrule_desktop/assets`; a checkout keeps them in the
top-level folder `assets`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, final

import msgspec
from PySide6.QtGui import QFontDatabase

_FONT_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf")


@cache
def assets_folder() -> Path:
    """The folder that holds all assets.

    Raises FileNotFoundError where neither the package nor a checkout has one: an installation
    that is not whole.
    """
    package = Path(str(files("chainrule_desktop")))
    candidates = (package / "assets", package.parents[1] / "assets")
    for folder in candidates:
        if (folder / "icons").is_dir():
            return folder
    raise FileNotFoundError(
        "the program's own icons and fonts are missing; install Chainrule again, "
        f"they belong in {candidates[0]}"
    )


def asset_path(*parts: str) -> Path:
    """The path of one asset, for instance `asset_path("icons", "save.svg")`.

    Raises FileNotFoundError where there is none of that name.
    """
    path = assets_folder().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"there is no asset {'/'.join(parts)} in {assets_folder()}")
    return path


def asset_bytes(*parts: str) -> bytes:
    """The content of one asset; raises FileNotFoundError as `asset_path` does."""
    return asset_path(*parts).read_bytes()


EXAMPLE_GROUPS: Final = {
    "First graphs": (
        *("add-then-multiply", "sum-of-squares"),
        *("sigmoid-neuron-staged", "sigmoid-neuron-gate"),
    ),
    "How gradients flow": (
        *("local-rules", "gate-patterns", "branches-add", "two-paths", "staged-function"),
    ),
    "Vectors and matrices": ("vector-scale", "relu-vector", "linear-scores", "matrix-product"),
    "Jacobians": ("jacobian-of-a-product", "jacobian-of-a-batch"),
    "Losses": ("svm-loss", "svm-loss-gate", "softmax-loss", "softmax-loss-gate"),
    "Networks": (
        *("two-layer-network", "convolutional-network"),
        *("batch-normalisation", "batch-normalisation-gate", "torch-containers"),
        "self-attention",
    ),
    "Training": ("line-fit", "moons-network", "spiral-classifier"),
    "Practice": ("exercise-backward", "exercise-branches"),
}
"""The names of the example graphs, from one product to whole networks, under their headings."""

EXAMPLES: Final = tuple(name for names in EXAMPLE_GROUPS.values() for name in names)
"""The names of the example graphs in the order of the lecture."""


def example_files() -> list[Path]:
    """The example graphs that come with the program, in the order in which a lecture takes them."""
    places = {name: place for place, name in enumerate(EXAMPLES)}
    found = assets_folder().joinpath("examples").glob("*.chainrule")
    return sorted(found, key=lambda path: (places.get(path.stem, len(places)), path.name))


@final
class About(msgspec.Struct):
    """What an example says of itself in its file."""

    title: str = ""
    description: str = ""


def about_example(path: Path) -> About:
    """Read title and description alone, which is quick; a damaged file is called after its name."""
    try:
        about = msgspec.json.decode(path.read_bytes(), type=About)
    except (OSError, ValueError):
        about = About()
    about.title = about.title or path.stem.replace("-", " ").capitalize()
    return about


def load_fonts() -> list[str]:
    """Make the bundled fonts known to Qt and return their families, each once.

    Needs a QGuiApplication. A font that can't be read is left out: Qt then falls back to the
    system's.
    """
    families: dict[str, None] = {}
    for name in _FONT_FILES:
        font_id = QFontDatabase.addApplicationFont(str(asset_path("fonts", name)))
        families.update(dict.fromkeys(QFontDatabase.applicationFontFamilies(font_id)))
    return list(families)
