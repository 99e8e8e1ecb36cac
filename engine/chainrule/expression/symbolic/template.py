r"""Formulas whose ports and output are named only when they are shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

from chainrule.gates.documentation.plain_math import GREEK, plain_math

OUTPUT: Final = "output"
_PORT: Final = re.compile(r"\b(?:port[a-j]+|output)\b")
_DIGITS: Final = str.maketrans("0123456789", "abcdefghij")
_INDEXED: Final = re.compile(r"([^\W\d_]+)_?(\d+)")
_LETTERS: Final = {letter: command for command, letter in GREEK.items()}


def port_token(number: int) -> str:
    """Return the word that stands for a port, of letters alone: porta, portb, …, portba."""
    return f"port{str(number).translate(_DIGITS)}"


@final
@dataclass(frozen=True, slots=True)
class Template:
    """A formula with words in the place of its ports and of the output."""

    text: str

    def latex(self, ports: Sequence[str], output: str) -> str:
        """Return it as LaTeX; the name w0 becomes w_{0}, σ the command for that letter."""
        names = {token: latex_name(name) for token, name in _tokens(ports, output).items()}
        return _PORT.sub(lambda found: names[found.group()], self.text)

    def plain(self, ports: Sequence[str], output: str) -> str:
        """Return it as one line of text, with names as they are shown."""
        return plain_math(self.text, _tokens(ports, output))

    @property
    def mentions_output(self) -> bool:
        """Whether it is written in terms of the output."""
        return OUTPUT in _PORT.findall(self.text)


def latex_name(name: str) -> str:
    """Return a node's name as LaTeX."""
    indexed = _INDEXED.fullmatch(name)
    if indexed is not None:
        return f"{latex_name(indexed.group(1))}_{{{indexed.group(2)}}}"
    if len(name) == 1:
        return _LETTERS.get(name, name)
    escaped = name.replace("_", r"\_")
    return rf"\mathrm{{{escaped}}}"


def _tokens(ports: Sequence[str], output: str) -> dict[str, str]:
    return {port_token(n): name for n, name in enumerate(ports)} | {OUTPUT: output}
