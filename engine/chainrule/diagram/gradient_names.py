"""How a gradient is called: ∂L/∂x, the short dx of course notes, the adjoint x̄, or ∇ₓ L."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, final

from chainrule.gates.documentation.plain_math import GREEK

_MACRON: Final = "\u0304"
_INDEXED: Final = re.compile(r"([^\W\d_]+)_?(\d+)")
_LETTERS: Final = {letter: command for command, letter in GREEK.items()}
_DIGITS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


@final
class Notation(StrEnum):
    """How the gradient of a quantity is written."""

    LEIBNIZ = "leibniz"
    SHORT = "short"
    ADJOINT = "adjoint"
    NABLA = "nabla"


def gradient_text(notation: Notation, output: str, name: str) -> str:
    """Return the gradient of `name` on one line of text."""
    match notation:
        case Notation.LEIBNIZ:
            return f"∂{output}/∂{name}"
        case Notation.SHORT:
            return f"d{name}"
        case Notation.ADJOINT:
            return name[:1] + _MACRON + name[1:]
        case Notation.NABLA:
            return f"∇{name} {output}"


def gradient_latex(notation: Notation, output: str, name: str) -> str:
    """Return the gradient of `name` as LaTeX; both names are as people see them."""
    of, by = latex_name(output), latex_name(name)
    match notation:
        case Notation.LEIBNIZ:
            return local_latex(output, name)
        case Notation.SHORT:
            return f"d {by}"
        case Notation.ADJOINT:
            return rf"\overline{{{by}}}"
        case Notation.NABLA:
            return rf"\nabla_{{{by}}} {of}"


def local_latex(of: str, by: str) -> str:
    """Return a local gradient as LaTeX, which every notation writes as a derivative."""
    return rf"\frac{{\partial {latex_name(of)}}}{{\partial {latex_name(by)}}}"


def local_text(of: str, by: str) -> str:
    """Return a local gradient on one line of text."""
    return f"∂{of}/∂{by}"


def latex_name(name: str) -> str:
    """Return a node's name as LaTeX: w₀ and w0 as w_{0}, σ as its letter, words upright."""
    plain = name.translate(_DIGITS)
    indexed = _INDEXED.fullmatch(plain)
    if indexed is not None:
        return f"{latex_name(indexed.group(1))}_{{{indexed.group(2)}}}"
    if len(plain) == 1 and plain.isalpha():
        return _LETTERS.get(plain, plain)
    return rf"\mathrm{{{_escaped(name)}}}"


def _escaped(name: str) -> str:
    """Return a label so that nothing in it is read as a command."""
    return "".join(_ESCAPES.get(sign, sign) for sign in name)


_ESCAPES: Final = {
    **{sign: f"\\{sign}" for sign in "_%#&${}"},
    "\\": r"\backslash ",
    "^": r"\wedge ",
    "~": r"\sim ",
    " ": r"\ ",
}
