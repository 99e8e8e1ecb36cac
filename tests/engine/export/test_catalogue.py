"""Finding exporters by suffix, also those of other packages."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from chainrule.errors import ExportError
from chainrule.export import all_exporters, catalogue, get_exporter, known_suffixes
from chainrule.export.formats.svg import SvgExporter


def install(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    """Let entry points with these names and values be all that is installed."""
    points = [EntryPoint(name, value, catalogue.GROUP) for name, value in values.items()]
    monkeypatch.setattr(catalogue, "entry_points", lambda group: points)


@pytest.mark.parametrize("suffix", [".svg", "svg", ".SVG"])
def test_a_suffix_is_found_in_any_spelling(suffix: str) -> None:
    assert isinstance(get_exporter(suffix), SvgExporter)


def test_the_desktops_formats_are_found_by_their_entry_points() -> None:
    assert {".pdf", ".png", ".svg"} <= set(known_suffixes())
    assert {"PDF", "PNG", "SVG"} <= {each.name for each in all_exporters()}


@pytest.mark.parametrize("suffix", [".doc", ""])
def test_an_unknown_suffix_is_refused_with_the_known_ones(suffix: str) -> None:
    with pytest.raises(ExportError, match=r"ends in one of .*\.pdf, \.png, \.svg"):
        get_exporter(suffix)


def test_an_entry_point_of_another_package_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, vec="chainrule.export.formats.svg:SvgExporter")
    assert known_suffixes() == (".svg", ".vec")
    assert isinstance(get_exporter(".vec"), SvgExporter)


def test_an_exporter_that_cannot_be_imported_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, png="no_such_package.png:PngExporter")
    with pytest.raises(ExportError, match=r"No module named 'no_such_package'.*install"):
        get_exporter(".png")
    assert [each.name for each in all_exporters()] == ["SVG"]


def test_what_is_no_exporter_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, odd="builtins:dict")
    with pytest.raises(ExportError, match="builtins:dict is no exporter"):
        get_exporter(".odd")


def test_an_svg_figure_does_not_import_qt() -> None:
    code = (
        "import sys; from chainrule.export import get_exporter, known_suffixes;"
        "get_exporter('.svg'); known_suffixes(); sys.exit('PySide6' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
