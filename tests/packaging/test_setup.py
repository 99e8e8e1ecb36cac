"""The set-up names Debian's packages rightly, and does and says no more than is needed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libz.so.1": "zlib1g",
}


def run(commands: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run commands in a shell that has the functions of the set-up, as its callers do."""
    return subprocess.run(
        ["bash", "-c", f"set -euo pipefail; source packaging/setup.sh; {commands}"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        text=True,
    )


def command(folder: Path, name: str, script: str) -> None:
    """Put a command into a folder, in place of the system's own."""
    path = folder / name
    path.write_text(f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def screen_tools(folder: Path) -> None:
    """Put into a folder what the tests in a window need."""
    for name in ("Xvfb", "xdotool", "openbox"):
        command(folder, name, "exit 1")


def path_with(folder: Path) -> str:
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize(("library", "package"), PACKAGES.items())
def test_the_package_of_a_library_follows_debians_names(library: str, package: str) -> None:
    assert run(f"debian_package {library}").stdout.split() == [package]


def test_two_libraries_of_one_package_ask_for_it_once() -> None:
    libraries = "$'libglib-2.0.so.0\\nlibgthread-2.0.so.0'"
    assert run(f"debian_packages {libraries}").stdout.split() == ["libglib2.0-0"]


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [("", "", ""), ("", "test", "test"), ("test", "test", "test"), ("test", "lint", "lint,test")],
)
def test_extras_once_installed_stay(first: str, second: str, both: str) -> None:
    assert run(f"union '{first}' '{second}'").stdout.strip() == both


def test_libraries_that_are_not_found_are_named_once(tmp_path: Path) -> None:
    line = r"\tlibEGL.so.1 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x00)\n"
    command(tmp_path, "ldd", f"printf '{line}{line}'; exit 1")
    found = run("missing_libraries offscreen", PATH=path_with(tmp_path))
    assert (found.returncode, found.stdout.split()) == (0, ["libEGL.so.1"])


def test_where_nothing_is_missing_nothing_is_said_or_installed(tmp_path: Path) -> None:
    command(tmp_path, "ldd", r"printf '\tlibc.so.6 => /lib/libc.so.6 (0x00)\n'")
    command(tmp_path, "apt-get", "echo called >&2; exit 1")
    done = run("ensure_qt_libraries offscreen", PATH=path_with(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_failed_installation_says_the_exact_command_and_stops(tmp_path: Path) -> None:
    command(tmp_path, "apt-get", "exit 100")
    command(tmp_path, "sudo", '[[ "$1" == -n ]] && exit 0; exec "$@"')
    failed = run("install_packages libegl1 libgl1; echo went on", PATH=path_with(tmp_path))
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert failed.stderr.splitlines()[-1].endswith(
        "apt-get install --yes --no-install-recommends libegl1 libgl1"
    )


def test_a_stale_list_of_packages_is_fetched_anew(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    command(
        tmp_path,
        "apt-get",
        f'echo "$1" >>"{log}"; [[ "$1" == update || -f "{tmp_path}/updated" ]] || exit 100\n'
        f'if [[ "$1" == update ]]; then touch "{tmp_path}/updated"; fi',
    )
    command(tmp_path, "sudo", '[[ "$1" == -n ]] && exit 0; exec "$@"')
    assert run("install_packages libegl1", PATH=path_with(tmp_path)).returncode == 0
    assert log.read_text(encoding="utf-8").split() == ["install", "update", "install"]


# Lets the set-up not see a command, wherever it is.
WITHOUT_XVFB = 'command() { [[ "$*" != "-v Xvfb" ]] && builtin command "$@"; };'


def test_where_there_is_a_screen_nothing_is_said_or_installed(tmp_path: Path) -> None:
    screen_tools(tmp_path)
    command(tmp_path, "ldd", r"printf '\tlibc.so.6 => /lib/libc.so.6 (0x00)\n'")
    command(tmp_path, "apt-get", "echo called >&2; exit 1")
    done = run("prepare_screen", PATH=path_with(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_all_that_a_screen_lacks_is_installed_at_once(tmp_path: Path) -> None:
    screen_tools(tmp_path)
    command(tmp_path, "ldd", r"printf '\tlibxcb-icccm.so.4 => not found\n'")
    command(tmp_path, "apt-get", f'echo "$@" >>"{tmp_path}/calls"')
    command(tmp_path, "sudo", '[[ "$1" == -n ]] && exit 0; exec "$@"')
    done = run(f"{WITHOUT_XVFB} prepare_screen", PATH=path_with(tmp_path))
    assert done.returncode == 0
    assert (tmp_path / "calls").read_text(encoding="utf-8").splitlines() == [
        "install --yes --no-install-recommends xvfb libxcb-icccm4"
    ]


def test_where_no_screen_can_be_had_this_is_said_and_all_else_goes_on(tmp_path: Path) -> None:
    screen_tools(tmp_path)
    command(tmp_path, "ldd", r"printf '\tlibc.so.6 => /lib/libc.so.6 (0x00)\n'")
    command(tmp_path, "apt-get", "exit 100")
    command(tmp_path, "sudo", '[[ "$1" == -n ]] && exit 0; exec "$@"')
    done = run(f"{WITHOUT_XVFB} prepare_screen; echo went on", PATH=path_with(tmp_path))
    assert (done.returncode, done.stdout) == (0, "went on\n")
    first, *_, command_that_does, last = done.stderr.splitlines()
    assert first.endswith("the tests in tests/e2e, which work the program in a window, need xvfb")
    assert command_that_does.endswith("apt-get install --yes --no-install-recommends xvfb")
    assert last.endswith("these tests fail until then; all others are run")


def test_the_program_takes_one_file_at_most() -> None:
    refused = subprocess.run(
        ["bash", "packaging/run.sh", "one", "two"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert refused.returncode == 2
    assert "usage: bash packaging/run.sh [FILE]" in refused.stderr
