"""`chainrule FILE`: the editor is found by its entry point and gets all words."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from chainrule.cli import open as opening
from chainrule.cli.main import main

seen: list[list[str]] = []


def fake_editor(words: list[str]) -> int:
    seen.append(words)
    return 0


def offer(monkeypatch: pytest.MonkeyPatch, *targets: str) -> None:
    found = EntryPoints(EntryPoint("desktop", target, "test") for target in targets)
    monkeypatch.setattr(opening, "entry_points", lambda **_: found)


@pytest.fixture(autouse=True)
def forget() -> None:
    seen.clear()


def test_the_editor_gets_the_file_and_its_own_options(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offer(monkeypatch, f"{__name__}:fake_editor")
    path = tmp_path / "eval"
    path.touch()
    words = [str(path), "--screenshot", "out.png", "--theme", "dark"]
    monkeypatch.setattr(EntryPoint, "load", lambda _: fake_editor)
    assert main(words) == 0
    assert main([]) == 0
    assert main(["--theme", "light"]) == 0
    assert seen == [words, [], ["--theme", "light"]]


def test_without_the_editor_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    offer(monkeypatch)
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("chainrule: editor: desktop: is not installed")


def test_an_editor_that_can_not_be_loaded_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    offer(monkeypatch, "there_is_no_such_module:main")
    assert main([]) == 2
    assert "there_is_no_such_module" in capsys.readouterr().err


def test_a_command_that_is_no_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["none.chainrule"]) == 2
    assert "neither a file nor a command" in capsys.readouterr().err
