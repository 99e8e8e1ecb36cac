"""A dual number: an array and its tangent, which NumPy's functions carry along together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NoReturn, TypeAlias, cast, final

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from chainrule.arrays import Shape
from chainrule.errors import GateError

Rule: TypeAlias = Callable[..., Any]

# What a ufunc's method, and what any other function of NumPy, does to dual numbers; filled by the
# modules beside this one.
UFUNC_RULES: Final[dict[tuple[Any, str], Rule]] = {}
FUNCTION_RULES: Final[dict[Any, Rule]] = {}

_LINEAR_METHODS: Final = frozenset(
    (
        *("reshape", "transpose", "swapaxes", "sum", "mean", "cumsum", "ravel", "flatten"),
        *("squeeze", "repeat", "take", "copy", "diagonal", "trace"),
    )
)
_PLAIN_METHODS: Final = frozenset(["argmax", "argmin", "argsort", "any", "all", "nonzero"])
_OTHER_METHODS: Final[Mapping[str, Any]] = {
    "max": np.max,
    "min": np.min,
    "prod": np.prod,
    "var": np.var,
    "std": np.std,
    "clip": np.clip,
    "dot": np.dot,
    "cumprod": np.cumprod,
}


@final
class Dual(NDArrayOperatorsMixin):
    """The number a + b ε with ε² = 0: `value` a, and `tangent` b of the same shape.

    A function f takes it to f(a) + f′(a) b ε, so that what is computed with dual numbers is
    computed together with its derivative in the direction b: forward mode. A gate's `forward` and
    `backward` run on it unchanged, as on an array or a number, as long as they call NumPy's
    functions, operators and the methods of arrays. Comparisons, signs, roundings and positions
    come out as plain arrays: they are chosen, not differentiated. A function without a rule raises
    GateError, and so does everything that would drop the tangent silently, such as np.asarray.
    """

    __slots__ = ("tangent", "value")

    def __init__(self, value: Any, tangent: Any) -> None:
        self.value: Any = value
        self.tangent: Any = tangent

    @property
    def shape(self) -> Shape:
        """The sizes of the axes."""
        return self.value.shape

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return self.value.ndim

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return self.value.size

    @property
    def dtype(self) -> np.dtype[np.float64]:
        """The type of the numbers: always float64."""
        return self.value.dtype

    @property
    def T(self) -> Dual:  # noqa: N802  NumPy's name
        """The transpose."""
        return Dual(self.value.T, self.tangent.T)

    @property
    def mT(self) -> Dual:  # noqa: N802  NumPy's name
        """The transpose of the last two axes."""
        return Dual(np.swapaxes(self.value, -1, -2), np.swapaxes(self.tangent, -1, -2))

    def astype(self, dtype: Any, **_: Any) -> Any:
        """Return it itself for floats, and plain numbers for what has no derivative."""
        if np.dtype(dtype) == np.float64:
            return Dual(np.array(self.value)[()], np.array(self.tangent)[()])
        return np.asarray(self.value).astype(dtype)[()]

    def __len__(self) -> int:
        return len(self.value)

    def __getitem__(self, key: Any) -> Dual:
        return Dual(self.value[key], self.tangent[key])

    def __setitem__(self, key: Any, item: Any) -> None:
        self.value[key] = value_in(item)
        self.tangent[key] = tangent_in(item)

    def __getattr__(self, name: str) -> Any:
        if name in _LINEAR_METHODS:
            return _Linear(self, name)
        if name in _PLAIN_METHODS:
            return getattr(self.value, name)
        if name in _OTHER_METHODS:
            function = _OTHER_METHODS[name]
            return lambda *args, **kwargs: function(self, *args, **kwargs)  # pyright: ignore[reportUnknownLambdaType, reportUnknownVariableType] -- an array's method takes anything
        raise AttributeError(f"dual numbers have no attribute {name!r}; add it to gates/dual")

    def __repr__(self) -> str:
        return f"Dual({self.value!r}, {self.tangent!r})"

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError(
            "a dual number can't become a plain array, which would lose its tangent; "
            "call NumPy's functions on it, or values_of(x) for what is chosen by its numbers"
        )

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        rule = UFUNC_RULES.get((ufunc, method))
        if rule is None:
            name = ufunc.__name__ if method == "__call__" else f"{ufunc.__name__}.{method}"
            raise _unknown(f"np.{name}")
        out = kwargs.pop("out", (None,))[0]
        where = kwargs.pop("where", True) if method == "__call__" else True
        result = rule(*inputs, **kwargs)
        return result if out is None else stored(out, result, where)

    def __array_function__(
        self, func: Any, types: Iterable[type], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> Any:
        rule = FUNCTION_RULES.get(func)
        if rule is None:
            raise _unknown(f"{func.__module__}.{func.__name__}".replace("numpy", "np", 1))
        others = {name: each for name, each in kwargs.items() if name != "out"}
        result, out = rule(*args, **others), kwargs.get("out")
        return result if out is None else stored(out, result, True)


@final
class _Linear:
    """A method of an array that does the same to the tangent as to the value."""

    def __init__(self, dual: Dual, name: str) -> None:
        self._dual, self._name = dual, name

    def __call__(self, *args: Any, **kwargs: Any) -> Dual:
        value, tangent = self._dual.value, self._dual.tangent
        return Dual(
            getattr(value, self._name)(*args, **kwargs),
            getattr(tangent, self._name)(*args, **kwargs),
        )


def value_in(operand: Any) -> Any:
    """Return the plain numbers of an operand, whatever it is; of a list, of all in it."""
    if isinstance(operand, Dual):
        return operand.value
    if isinstance(operand, list | tuple):
        found = [value_in(each) for each in cast("list[Any]", operand)]
        return tuple(found) if isinstance(operand, tuple) else found
    return operand


def tangent_in(operand: Any) -> Any:
    """Return the tangent of an operand; zeros of its shape for what has none."""
    if isinstance(operand, Dual):
        return operand.tangent
    if isinstance(operand, list | tuple):
        found = [tangent_in(each) for each in cast("list[Any]", operand)]
        return tuple(found) if isinstance(operand, tuple) else found
    return np.zeros_like(operand, dtype=np.float64)[()]


def has_tangent(operand: Any) -> bool:
    """Say whether an operand is a dual number, or a list that holds one."""
    if isinstance(operand, list | tuple):
        return any(map(has_tangent, cast("list[Any]", operand)))
    return isinstance(operand, Dual)


def stored(out: Any, result: Any, where: Any) -> Any:
    """Write `result` into the buffer `out` and return that; a number becomes a new one."""
    if not isinstance(out, Dual):
        if isinstance(result, Dual):
            raise GateError(
                "a dual number can't be written into a plain array; "
                "make the buffer by np.zeros_like(upstream, shape=…)"
            )
        np.copyto(out, result, where=where)
        return out
    target = out.value
    if np.isscalar(target):
        return result if isinstance(result, Dual) else Dual(result, tangent_in(result))
    np.copyto(target, value_in(result), where=where)
    np.copyto(out.tangent, tangent_in(result), where=where)
    return out


def _unknown(name: str) -> GateError:
    return GateError(
        f"{name} has no forward-mode rule; use functions that have one, or add it to gates/dual"
    )
