"""The program as a whole: exit status, one line for each fault, and never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chainrule.cli import evaluate
from chainrule.cli import main as program
from chainrule.cli.main import main
from chainrule.errors import RunError
from tests.helpers.faulty_files import FAULTS, Fault, file


def run(
    *words: str | bytes, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "chainrule", *words]
    return subprocess.run(command, capture_output=True, env=env, timeout=60, check=False)


def status_of(code: str, *words: str) -> int:
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_faulty_file_gives_status_2_and_one_line(
    fault: Fault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "faulty.chainrule"
    path.write_bytes(fault.data)
    assert main(["eval", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"chainrule: {path}: {fault.where}")
    assert fault.says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["eval"], "chainrule: eval: arguments: "),
        (["eval", "--jsno", "f"], "chainrule: eval: arguments: unrecognized arguments: --jsno"),
        (["new", "x"], "chainrule: new: arguments: "),
        (["eval", "none.chainrule"], "chainrule: none.chainrule: file: does not exist"),
        (["eval", "."], "chainrule: .: file: is a directory"),
        (["eval", "a\nb"], "chainrule: a\\nb: file: "),
        (["."], "chainrule: .: file: is a directory"),
        (["evla"], "chainrule: evla: file: is neither a file nor a command"),
    ],
)
def test_a_bad_command_line_gives_status_2_and_one_line(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(says)
    assert err.count("\n") == 1


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {command} " in out for command in program.PARSERS)


@pytest.mark.parametrize("command", list(program.PARSERS))
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: chainrule {command} ")


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("chainrule ")


def test_an_interruption_gives_status_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(evaluate, "run", interrupt)
    assert main(["eval", "f"]) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        MemoryError(),
        RecursionError(),
        RunError("no output"),
    ],
    ids=repr,
)
def test_what_goes_wrong_on_the_way_is_one_line(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(evaluate, "run", fail)
    assert main(["eval", "f"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("chainrule: f: ")
    assert err.count("\n") == 1


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "g.chainrule"
    path.write_bytes(file(*({"id": f"x{i}", "gate": "input", "value": i} for i in range(5000))))
    command = [sys.executable, "-m", "chainrule", "eval", "--output", "x0", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_output_is_utf_8_wherever_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "σ.chainrule"
    path.write_bytes(file({"id": "σ", "gate": "input", "value": 1}))
    done = run("eval", str(path), env={"PYTHONIOENCODING": "ascii", "PATH": ""})
    assert done.returncode == 0
    assert "σ  " in done.stdout.decode("utf-8")


def test_a_file_name_that_is_no_text_is_escaped(tmp_path: Path) -> None:
    done = run("eval", bytes(tmp_path) + b"/\xff")
    assert done.returncode == 2
    assert rb"\udcff: file: does not exist" in done.stderr


def test_help_and_version_import_nothing_heavy() -> None:
    code = (
        "import sys; from chainrule.cli.main import main; main(['--help']);"
        "main(['eval', '--help']); main(['--version']);"
        "sys.exit(bool({'numpy', 'networkx', 'graphlay', 'msgspec', 'PySide6'} & set(sys.modules)))"
    )
    assert status_of(code) == 0


def test_evaluating_imports_neither_qt_nor_what_draws(tmp_path: Path) -> None:
    path = tmp_path / "g.chainrule"
    path.write_bytes(file())
    code = (
        "import sys; from chainrule.cli.main import main; main(['eval', sys.argv[1]]);"
        "sys.exit(bool({'PySide6', 'graphlay', 'chainrule.diagram'} & set(sys.modules)))"
    )
    assert status_of(code, str(path)) == 0
