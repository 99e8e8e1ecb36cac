"""Writes assets/gates.md anew: `python -m tests.golden.gates_reference`."""

from __future__ import annotations

from pathlib import Path

from chainrule.gates.documentation.reference import reference

REFERENCE = Path(__file__).parents[2] / "assets" / "gates.md"

if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
