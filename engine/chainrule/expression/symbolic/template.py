r"""Formulas whose ports and output are named only when they are shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

from chainrule.gates.documentation.plain_math import plain_math

OUTPUT: Final = "output"
_PORT: Final = re.compile(r"\b(?:port[a-j]+|output)\b")
_DIGITS: Final = str.maketrans("0123456789", "abcdefghij")


def port_token(number: int) -> str:
    """Return the word that stands for a port, of letters alone: porta, portb, …, portba."""
    return f"port{str(number).translate(_DIGITS)}"


@final
@dataclass(frozen=True, slots=True)
class Template:
    """A formula with words in the place of its ports and of the output."""

    text: str

    def latex(self, ports: Sequence[str], output: str) -> str:
        """Return it as LaTeX with names that are LaTeX themselves, such as w_{0}."""
        names = _tokens(ports, output)
        return _PORT.sub(lambda found: names[found.group()], self.text)

    def plain(self, ports: Sequence[str], output: str) -> str:
        """Return it as one line of text, with names as they are shown."""
        return plain_math(self.text, _tokens(ports, output))

    @property
    def mentions_output(self) -> bool:
        """Whether it is written in terms of the output."""
        return OUTPUT in _PORT.findall(self.text)


def _tokens(ports: Sequence[str], output: str) -> dict[str, str]:
    return {port_token(n): name for n, name in enumerate(ports)} | {OUTPUT: output}
