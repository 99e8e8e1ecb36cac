"""Exports: figures and programs made from a graph, one format a file."""

from chainrule.export.catalogue import all_exporters, get_exporter, known_suffixes
from chainrule.export.exporter import Exporter
from chainrule.export.options import Background, FigureOptions

__all__ = [
    "Background",
    "Exporter",
    "FigureOptions",
    "all_exporters",
    "get_exporter",
    "known_suffixes",
]
