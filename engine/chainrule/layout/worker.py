"""The process that lays out a large graph: `python -m chainrule.layout.worker`.

A problem comes in on standard input, its positions go out on standard output.
"""

from __future__ import annotations

import sys

from chainrule.layout.message import decode_problem, encode_positions
from chainrule.layout.stable import tidied


def main() -> None:
    """Answer one problem."""
    problem = decode_problem(sys.stdin.buffer.read())
    sys.stdout.buffer.write(encode_positions(tidied(problem)))


if __name__ == "__main__":
    main()
