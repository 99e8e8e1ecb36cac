"""Who lacks what the tests in a window need is told so in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.screen import open_screen


def test_a_missing_tool_is_named_with_the_way_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for installed in ("Xvfb", "openbox"):
        (tmp_path / installed).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        pytest.raises(pytest.fail.Exception, match=r"xdotool must be installed.*test\.sh"),
        open_screen(tmp_path),
    ):
        pass
