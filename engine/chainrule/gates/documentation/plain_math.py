"""The LaTeX in which gates state their formulas, as one line of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, final

_TOKEN: Final = re.compile(r"\\[a-zA-Z]+|\\.|[a-zA-Z]+(?:\\_[a-zA-Z]+)*|[0-9.]+|\S")
_NAMES_OF_LETTERS: Final = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"),
    *("lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "varphi", "chi", "psi"),
    *("omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega"),
)
GREEK: Final = MappingProxyType(
    {
        rf"\{name}": letter
        for name, letter in zip(_NAMES_OF_LETTERS, "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True)
    }
)
"""The Greek letters that LaTeX has commands for."""

_COMMANDS: Final = MappingProxyType(
    {
        **GREEK,
        **{rf"\{name}": f" {name} " for name in ("log", "sin", "cos", "tan", "det")},
        **{rf"\{name}": f" {name} " for name in ("sinh", "cosh", "tanh")},
        **{rf"\{name}": f" {name} " for name in ("arcsin", "arccos", "arctan")},
        r"\cdot": " · ",
        r"\,": " ",
        r"\geq": " ≥ ",
        r"\leq": " ≤ ",
        r"\neq": " ≠ ",
        r"\odot": " ⊙ ",
        r"\times": " × ",
        r"\ldots": "…",
        r"\lfloor": "⌊",
        r"\rfloor": "⌋",
        r"\|": "‖",
        r"\left": "",
        r"\right": "",
    }
)
# What may have a range below it: Σⱼ.
_LARGE: Final = MappingProxyType({r"\sum": "Σ", r"\prod": "Π", r"\max": "max", r"\min": "min"})
_SPACED: Final = frozenset({r"\sum", r"\prod"})
_TAKING: Final = frozenset({r"\frac", r"\sqrt", r"\bar", r"\mathrm", r"\mathbf", "^", "_"})
_SIGNS: Final = MappingProxyType(
    {"+": " + ", "-": " − ", ",": ", ", "<": " < ", ">": " > ", "=": " = "}
)
_POWERS: Final = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_INDICES: Final = str.maketrans("0123456789ijklmnprst", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙₚᵣₛₜ")
_CALLED: Final = re.compile(r"\b(log|det|(?:arc)?(?:sin|cos|tan)|(?:sin|cos|tan)h) \(")
_SIMPLE: Final = re.compile(r"[\w.₀-₉⁰-⁹]+(\([^()]*\))?|\([^()]*\)")
_MACRON: Final = "\u0304"  # over the letter before it
_NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


def plain_math(latex: str, names: Mapping[str, str] = _NO_NAMES) -> str:
    r"""Write a gate's formula on one line: `\frac{1}{1 + e^{-x}}` becomes `1/(1 + exp(−x))`.

    `names` replaces the names of ports, of parameters and of the output `f` by others.
    """
    return _tidied("".join(_Reader(latex, names).pieces()))


@final
class _Reader:
    """Reads tokens from left to right; a group in braces is one piece."""

    def __init__(self, latex: str, names: Mapping[str, str]) -> None:
        self._tokens = _TOKEN.findall(latex)
        self._names = names
        self._at = 0

    def pieces(self) -> Iterator[str]:
        """Yield the text of one piece after the other, up to the end or a closing brace."""
        while self._at < len(self._tokens) and self._tokens[self._at] != "}":
            yield self._piece()

    def _piece(self) -> str:
        token = self._next()
        if token == "{":
            return self._group_rest()
        if token in _LARGE:
            return self._large(token)
        if token == "e" and self._peek() == "^":
            self._next()
            return f"exp({self._argument()})"
        if token in _TAKING:
            return self._taken(token)
        return _COMMANDS.get(token, self._names.get(token, _SIGNS.get(token, token)))

    def _taken(self, token: str) -> str:
        """Return a command with the argument, or the two, behind it."""
        argument = self._argument()
        if token == r"\frac":
            return f"{_enclosed(argument)}/{_enclosed(self._argument())}"
        if token == r"\sqrt":
            return f"√{_enclosed(argument)}"
        if token == r"\bar":
            return argument + _MACRON
        if token == "^":
            return _power(argument)
        return _index(argument) if token == "_" else argument

    def _large(self, token: str) -> str:
        """Return a sign such as Σ, with what stands below it."""
        space = " " * (token in _SPACED)
        if self._peek() == "_":
            self._next()
            return f"{space}{_LARGE[token]}{_index(self._argument())} "
        return space + _LARGE[token] + space

    def _argument(self) -> str:
        return _tidied(self._piece())

    def _group_rest(self) -> str:
        text = "".join(self.pieces())
        self._next()
        return _tidied(text)

    def _next(self) -> str:
        token = self._peek()
        self._at += 1
        return token.replace(r"\_", "_")

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""


def _index(text: str) -> str:
    """Write an index low where Unicode can, and else beside its name or in brackets."""
    if re.fullmatch("[0-9ijklmnprst]+", text):
        return text.translate(_INDICES)
    return f"_{text}" if text.isalnum() else f"[{text}]"


def _power(exponent: str) -> str:
    if exponent == "T":
        return "ᵀ"
    plain = exponent.replace("−", "-")
    return plain.translate(_POWERS) if re.fullmatch(r"-?\d+", plain) else f"^{_enclosed(exponent)}"


def _enclosed(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _tidied(text: str) -> str:
    text = _CALLED.sub(r"\1(", re.sub(r"\s+", " ", text).strip())
    # A sign that has nothing, a bracket, a comma or another sign before it belongs to what follows.
    text = re.sub(r"(^|[(\[,·×/≥≤<>=]\s?)− ", r"\1−", text)
    return re.sub(r"\s+([,)\]])", r"\1", re.sub(r"([(\[])\s+", r"\1", text))
