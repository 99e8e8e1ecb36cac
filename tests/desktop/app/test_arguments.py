"""The editor's arguments are read strictly, each fault with one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule_desktop.app.arguments import parse_arguments


def test_nothing_is_needed() -> None:
    arguments = parse_arguments([])
    assert (arguments.file, arguments.screenshot, arguments.size) == (None, None, None)


def test_all_can_be_given() -> None:
    words = ["--screenshot", "a.png", "--theme", "dark", "--size", "800x600", "--scale", "2"]
    arguments = parse_arguments([*words, "graph.chainrule"])
    assert arguments.file == Path("graph.chainrule")
    assert arguments.screenshot == Path("a.png")
    assert (arguments.theme, arguments.size, arguments.scale) == ("dark", (800, 600), 2.0)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--theme", "pink"], "pink"),
        (["--size", "800"], "1280x800"),
        (["--size", "1x1"], "320 to 8192"),
        (["--scale", "0"], "0.5 to 8"),
        (["--scale", "nan"], "0.5 to 8"),
        (["--scale", "big"], "no number"),
        (["--unknown"], "--unknown"),
        (["one", "two"], "two"),
    ],
)
def test_a_fault_is_said_with_status_2(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        parse_arguments(words)
    assert stop.value.code == 2
    assert says in capsys.readouterr().err.splitlines()[-1]
