"""The arguments of the editor; nothing here needs Qt, so that a wrong one is told at once."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import final

_LEAST_SIDE, _MOST_SIDE = 320, 8192
_MOST_SCALE = 8.0
_THEMES = ("light", "dark", "high-contrast-light", "high-contrast-dark")


@final
@dataclass(frozen=True, slots=True)
class Arguments:
    """What the editor was asked for on the command line."""

    file: Path | None
    screenshot: Path | None
    theme: str | None
    size: tuple[int, int] | None
    scale: float | None


def parse_arguments(words: Sequence[str]) -> Arguments:
    """Return what `words` ask for; raise SystemExit with status 2 and a line on standard error."""
    parser = argparse.ArgumentParser(
        prog="chainrule", description="Open the editor on a graph.", allow_abbrev=False
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the graph to open")
    parser.add_argument(
        "--screenshot",
        type=Path,
        metavar="OUT.png",
        help="draw the window into a picture, without a display, and end",
    )
    parser.add_argument("--theme", choices=_THEMES, help="look like that this time")
    parser.add_argument("--size", type=_size, metavar="WxH", help="the window's width and height")
    parser.add_argument(
        "--scale", type=_scale, metavar="N", help="draw everything N times as large"
    )
    return Arguments(**vars(parser.parse_args(list(words))))


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write it as 1280x800")
    width, height = (int(each) for each in found.groups())
    if not all(_LEAST_SIDE <= side <= _MOST_SIDE for side in (width, height)):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no window's size; both sides must be {_LEAST_SIDE} to {_MOST_SIDE}"
        )
    return width, height


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number; write 2 for example") from None
    if not 0.5 <= scale <= _MOST_SCALE:
        raise argparse.ArgumentTypeError(f"the scale must be 0.5 to {_MOST_SCALE:g}, not {text}")
    return scale
