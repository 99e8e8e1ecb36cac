"""The wheel holds both packages and all assets, and they are found where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.architecture.source_tree import ROOT, tracked_files

# What the wheel puts where, as pyproject.toml says it.
PLACES = {
    "engine/chainrule/": "chainrule/",
    "desktop/chainrule_desktop/": "chainrule_desktop/",
    "assets/": "chainrule_desktop/assets/",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    name = subprocess.run(
        [sys.executable, "-c", build, str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return folder / name.stdout.split()[-1]


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


# Pictures of the README are of no use to the program.
LEFT_OUT = "assets/screenshots/"


def place_in_wheel(path: Path) -> str | None:
    name = path.as_posix()
    if name.startswith(LEFT_OUT):
        return None
    for source, target in PLACES.items():
        if name.startswith(source):
            return target + name.removeprefix(source)
    return None


def test_every_tracked_module_and_asset_is_in_the_wheel(names: set[str]) -> None:
    expected = {place for place in map(place_in_wheel, tracked_files()) if place is not None}
    assert expected
    assert expected - names == set()


def test_pictures_of_the_readme_are_not_in_the_wheel(names: set[str]) -> None:
    assert not [name for name in names if "screenshots" in name]


def test_only_the_two_packages_and_the_metadata_are_in_the_wheel(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    metadata = {top for top in tops if top.endswith(".dist-info")}
    assert len(metadata) == 1
    assert tops - metadata == {"chainrule", "chainrule_desktop"}


def test_the_licences_are_in_the_wheel(names: set[str]) -> None:
    licences = {name.split("/licenses/")[1] for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "assets/fonts/LICENSE.txt", "assets/icons/LICENSE.txt"}


def test_an_installed_program_finds_its_assets(wheel: Path, tmp_path: Path) -> None:
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    find = "from chainrule_desktop.resources import assets_folder; print(assets_folder())"
    found = subprocess.run(
        [sys.executable, "-P", "-c", find],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert Path(found.stdout.strip()) == tmp_path / "chainrule_desktop" / "assets"
