"""The functions that formulas may call, over columns with gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.columns import KNOWN, OUT_OF_SCOPE, Floats, Number, checked, combine, constant, divide, select


@dataclass(frozen=True, slots=True)
class Function:
    """What is called, and with how many arguments."""

    apply: Callable[[list[Number]], Number]
    fewest: int = 1
    most: int = 1


def power(base: Number, exponent: Number) -> Number:
    """Raise to a power; what leaves the real or the finite numbers is UNDEFINED."""
    return checked(combine(_full_power, base, exponent))


def power_of(base: Number, exponent: float) -> Number:
    """Raise to a constant; the common exponents by operations that are exact to the last bit."""
    exact = _EXACT.get(exponent)
    if exact is None:
        return power(base, constant(exponent))
    return checked(Number(exact(base.value), base.state))


_EXACT: Final[dict[float, Callable[[Floats], Floats]]] = {
    0.5: np.sqrt,
    1.0: np.positive,
    2.0: np.square,
    -1.0: np.reciprocal,
}


def _full_power(base: Floats, exponent: Floats) -> Floats:
    first, second = np.broadcast_arrays(base, exponent)
    result: Floats = np.power(np.ascontiguousarray(first), np.ascontiguousarray(second))
    return result


def _unary(function: Callable[[Floats], Floats]) -> Function:
    return Function(lambda numbers: checked(Number(function(numbers[0].value), numbers[0].state)))


def _logarithm(values: Floats) -> Floats:
    return np.log(np.ascontiguousarray(values))


def _fold(operation: Callable[[Floats, Floats], Floats]) -> Callable[[list[Number]], Number]:
    def apply(numbers: list[Number]) -> Number:
        result = numbers[0]
        for number in numbers[1:]:
            result = combine(operation, result, number)
        return result

    return apply


_sum: Final = _fold(np.add)


def total(numbers: Iterable[Number]) -> Number:
    """Return the sum of those in scope; none: 0."""
    result = constant(0.0)
    for number in numbers:
        out = number.state == OUT_OF_SCOPE
        result = combine(np.add, result, Number(np.where(out, 0.0, number.value), select(out, KNOWN, number.state)))
    return result


FUNCTIONS: Final[dict[str, Function]] = {
    "min": Function(_fold(np.minimum), 1, 100),
    "max": Function(_fold(np.maximum), 1, 100),
    "sum": Function(_sum, 1, 100),
    "mean": Function(lambda numbers: divide(_sum(numbers), constant(len(numbers))), 1, 100),
    "abs": _unary(np.abs),
    "sqrt": _unary(np.sqrt),
    "log": _unary(_logarithm),
    "exp": _unary(np.exp),
}
