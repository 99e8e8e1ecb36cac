"""The native file format: strict reading, deterministic and atomic writing, migrations."""

from chainrule.files.reading import loads
from chainrule.files.storage import read_graph, write_bytes, write_graph
from chainrule.files.writing import dumps

__all__ = ["dumps", "loads", "read_graph", "write_bytes", "write_graph"]
