"""The program finds the files that come with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from chainrule_desktop import resources

FONT_FILES = sorted(path.name for path in resources.asset_path("fonts").glob("*.ttf"))


def test_an_asset_is_read_as_it_is() -> None:
    assert resources.asset_bytes("icons", "save.svg").startswith(b"<svg")


def test_an_asset_that_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/unicorn\.svg"):
        resources.asset_path("icons", "unicorn.svg")


def test_a_wheel_s_own_assets_come_before_those_of_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "desktop" / "chainrule_desktop"
    for folder in (package / "assets" / "icons", tmp_path / "assets" / "icons"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "files", lambda _: package)
    assert resources.assets_folder.__wrapped__() == package / "assets"


def test_a_checkout_has_its_assets_at_the_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "assets" / "icons").mkdir(parents=True)
    monkeypatch.setattr(resources, "files", lambda _: tmp_path / "desktop" / "chainrule_desktop")
    assert resources.assets_folder.__wrapped__() == tmp_path / "assets"


def test_an_installation_without_assets_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "files", lambda _: tmp_path / "desktop" / "chainrule_desktop")
    with pytest.raises(FileNotFoundError, match="install Chainrule again"):
        resources.assets_folder.__wrapped__()


def test_examples_are_graph_files_in_the_order_of_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "examples").mkdir()
    for name in ("b.chainrule", "a.chainrule", "notes.txt"):
        (tmp_path / "examples" / name).touch()
    monkeypatch.setattr(resources, "assets_folder", lambda: tmp_path)
    assert [path.name for path in resources.example_files()] == ["a.chainrule", "b.chainrule"]


def test_the_bundled_fonts_are_one_family(qtbot: QtBot) -> None:
    assert resources.load_fonts() == ["DejaVu Sans"]
    assert len(FONT_FILES) == 3


def test_the_font_has_the_signs_of_mathematics(qtbot: QtBot) -> None:
    resources.load_fonts()
    metrics = QFontMetrics(QFont("DejaVu Sans"))
    signs = "∂∇∑√×−·⊙≤∞αβγσλμθπ₀₁₂ᵀ"
    assert [sign for sign in signs if not metrics.inFontUcs4(ord(sign))] == []


@pytest.mark.parametrize("folder", ["fonts", "icons"])
def test_what_others_made_comes_with_its_licence(folder: str) -> None:
    assert "Permission" in resources.asset_path(folder, "LICENSE.txt").read_text(encoding="utf-8")


def test_every_example_has_its_place_in_the_lecture() -> None:
    assert [path.stem for path in resources.example_files()] == list(resources.EXAMPLES)
