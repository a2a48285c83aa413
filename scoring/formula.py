"""The language of formulas and conditions: a small whitelist of Python's expressions, compiled once to closures over columns.

Nothing is ever handed to `eval`. A source is parsed to a tree, every node is checked against the whitelist, and names are looked up in a
`Vocabulary` while compiling; the closures then ask a `Context` for columns. A single assessment is a column of length one.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from scoring import columns
from scoring.columns import Bools, Floats, Number, Truth
from scoring.functions import FUNCTIONS, power, power_of
from scoring.syntax import DOT, FormulaError, Source, day_number

MAX_DEPTH: Final = 40
MAX_NUMBER: Final = 1e15
MAX_EXPONENT: Final = 100.0


class Vocabulary(Protocol):
    """What ids mean while compiling."""

    def is_number(self, name: str) -> bool: ...
    def has_raw(self, name: str) -> bool: ...
    def is_question(self, name: str) -> bool: ...
    def is_linked(self, name: str) -> bool: ...
    def is_date(self, name: str) -> bool: ...
    def options(self, name: str) -> tuple[str, ...] | None: ...
    def picks(self, name: str) -> tuple[str, ...] | None: ...
    def cells(self, name: str) -> tuple[str, ...]: ...


class Context(Protocol):
    """Where the columns come from while evaluating."""

    def number(self, name: str) -> Number: ...
    def raw(self, name: str) -> Number: ...
    def answered(self, name: str) -> Truth: ...
    def linked(self, name: str) -> Truth: ...
    def chosen(self, name: str, option: int) -> Truth: ...
    def picked(self, name: str, option: int) -> Truth: ...


NumberOf = Callable[[Context], Number]
TruthOf = Callable[[Context], Truth]


@dataclass(frozen=True, slots=True)
class Formula:
    """A compiled arithmetic expression.

    `names` are all ids that it reads (of a total the cells), `shown` those written in it; `values` and `raws` those that stand for a number
    or a raw value.
    """

    source: str
    names: tuple[str, ...]
    shown: tuple[str, ...]
    values: frozenset[str]
    raws: frozenset[str]
    evaluate: NumberOf


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition; names as for a formula."""

    source: str
    names: tuple[str, ...]
    shown: tuple[str, ...]
    values: frozenset[str]
    raws: frozenset[str]
    evaluate: TruthOf


class Variables:
    """The vocabulary of formulas that name nothing but the given variables (such as `level`)."""

    def __init__(self, *variables: str) -> None:
        self._numbers = frozenset(variables)
        self._questions: dict[str, tuple[str, ...]] = {}

    def is_number(self, name: str) -> bool:
        return name in self._numbers

    def is_question(self, name: str) -> bool:
        return name in self._questions

    def options(self, name: str) -> tuple[str, ...] | None:
        return self._questions.get(name)

    def cells(self, name: str) -> tuple[str, ...]:
        return self._questions.get(name, ())

    has_raw = is_question
    is_linked = is_question
    is_date = is_question
    picks = options


def names(source: str) -> tuple[str, ...]:
    """Return the ids that a formula or condition names, in order of first use, without functions. Raises FormulaError."""
    return Source(source).names()


def compile_formula(source: str, vocabulary: Vocabulary) -> Formula:
    """Return a compiled arithmetic expression. Raises FormulaError."""
    parsed = Source(source)
    compiler = _Compiler(parsed, vocabulary)
    evaluate = compiler.number(parsed.tree, 0)
    return Formula(source, *compiler.names(), frozenset(compiler.values), frozenset(compiler.raws), evaluate)


def compile_condition(source: str, vocabulary: Vocabulary, compare: Compare = columns.compare) -> Condition:
    """Return a compiled condition in which numbers are compared as given. Raises FormulaError."""
    parsed = Source(source)
    compiler = _Compiler(parsed, vocabulary, compare)
    evaluate = compiler.truth(parsed.tree, 0)
    return Condition(source, *compiler.names(), frozenset(compiler.values), frozenset(compiler.raws), evaluate)


_BINARY: Final[dict[type[ast.operator], Callable[[Number, Number], Number]]] = {
    ast.Add: lambda left, right: columns.combine(np.add, left, right),
    ast.Sub: lambda left, right: columns.combine(np.subtract, left, right),
    ast.Mult: lambda left, right: columns.combine(np.multiply, left, right),
    ast.Div: columns.divide,
}

Relation = Callable[[Number, Number], Truth]
Compare = Callable[[Callable[[Floats, Floats], Bools], Number, Number], Truth]


def _relations(compare: Compare) -> dict[type[ast.cmpop], Relation]:
    return {
        ast.Eq: lambda left, right: compare(np.equal, left, right),
        ast.NotEq: lambda left, right: columns.negate(compare(np.equal, left, right)),
        ast.Lt: lambda left, right: compare(np.less, left, right),
        ast.LtE: lambda left, right: compare(np.less_equal, left, right),
        ast.Gt: lambda left, right: compare(np.greater, left, right),
        ast.GtE: lambda left, right: compare(np.greater_equal, left, right),
    }


_RELATIONS: Final[dict[Compare, dict[type[ast.cmpop], Relation]]] = {
    columns.compare: _relations(columns.compare),
    columns.compare_known: _relations(columns.compare_known),
}


class _Compiler:
    """Turns a checked tree into closures, from the top down: the place of a node says whether it must be a number or a truth."""

    def __init__(self, source: Source, vocabulary: Vocabulary, compare: Compare = columns.compare) -> None:
        self._source = source
        self._vocabulary = vocabulary
        self._relations = _RELATIONS[compare]
        self._totals: dict[str, tuple[str, ...]] = {}
        self.values: set[str] = set()
        self.raws: set[str] = set()

    def number(self, node: ast.expr, depth: int) -> NumberOf:
        self._shallow(node, depth)
        match node:
            case ast.Constant():
                made = self._constant(node)
            case ast.Name():
                made = self._named(node)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
                made = self._signed(node, depth)
            case ast.BinOp():
                made = self._binary(node, depth)
            case ast.IfExp():
                made = self._conditional(node, depth)
            case ast.Call():
                made = self._call(node, depth)
            case _:
                raise self._source.error(node, "number-expected", "a number is expected here")
        return made

    def truth(self, node: ast.expr, depth: int) -> TruthOf:
        self._shallow(node, depth)
        match node:
            case ast.BoolOp():
                return self._joined(node, depth)
            case ast.UnaryOp(op=ast.Not()):
                operand = self.truth(node.operand, depth + 1)
                return lambda context: columns.negate(operand(context))
            case ast.Compare():
                return self._comparison(node, depth)
            case ast.Call(func=ast.Name(id="answered")):
                name = self._only_name(node)
                if not self._vocabulary.is_question(name):
                    raise self._source.error(node, "unknown-name", f"there is no question “{name}”")
                return lambda context: context.answered(name)
            case ast.Call(func=ast.Name(id="linked")):
                name = self._only_name(node)
                if not self._vocabulary.is_linked(name):
                    raise self._source.error(node, "unknown-name", f"“{name}” has no link")
                return lambda context: context.linked(name)
        raise self._source.error(node, "condition-expected", "a condition is expected here")

    def _shallow(self, node: ast.expr, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise self._source.error(node, "too-deep", f"a formula is nested at most {MAX_DEPTH} deep")

    def _constant(self, node: ast.Constant) -> NumberOf:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._source.error(node, "number-expected", "a number is expected here")
        if not abs(value) <= MAX_NUMBER:
            raise self._source.error(node, "number-too-large", f"numbers go up to {MAX_NUMBER:g}")
        column = columns.constant(float(value))
        return lambda _: column

    def _named(self, node: ast.Name) -> NumberOf:
        name = self._source.identifier(node)
        if not self._vocabulary.is_number(name):
            raise self._source.error(node, "unknown-name", f"“{name}” is not the id of anything with a number")
        self.values.add(name)
        return lambda context: context.number(name)

    def _signed(self, node: ast.UnaryOp, depth: int) -> NumberOf:
        operand = self.number(node.operand, depth + 1)
        return operand if isinstance(node.op, ast.UAdd) else lambda context: _negative(operand(context))

    def _binary(self, node: ast.BinOp, depth: int) -> NumberOf:
        left = self.number(node.left, depth + 1)
        if isinstance(node.op, ast.Pow):
            return self._power(left, node, depth)
        operation = _BINARY.get(type(node.op))
        if operation is None:
            raise self._source.error(node, "not-allowed", "only + - * / and ** are operators here")
        right = self.number(node.right, depth + 1)
        return lambda context: operation(left(context), right(context))

    def _power(self, left: NumberOf, node: ast.BinOp, depth: int) -> NumberOf:
        parts = list(ast.walk(node.right))
        if any(isinstance(part, ast.Pow) for part in parts):
            raise self._source.error(node.right, "power-too-large", "an exponent may not contain another power")
        right = self.number(node.right, depth + 1)
        if any(isinstance(part, ast.Name) for part in parts):
            return lambda context: power(left(context), right(context))
        with np.errstate(all="ignore"):
            exponent = float(right(_NOWHERE).value[0])
        if not abs(exponent) <= MAX_EXPONENT:
            raise self._source.error(node.right, "power-too-large", f"exponents go up to {MAX_EXPONENT:g}")
        return lambda context: power_of(left(context), exponent)

    def _conditional(self, node: ast.IfExp, depth: int) -> NumberOf:
        condition = self.truth(node.test, depth + 1)
        then = self.number(node.body, depth + 1)
        otherwise = self.number(node.orelse, depth + 1)
        return lambda context: _choose(condition(context), then, otherwise, context)

    def _call(self, node: ast.Call, depth: int) -> NumberOf:
        if not isinstance(node.func, ast.Name):
            raise self._source.error(node, "not-allowed", "only the functions of the format can be called")
        name = node.func.id.replace(DOT, ".")
        if name in {"raw", "total"}:
            return self._raw(node) if name == "raw" else self._total(node)
        function = FUNCTIONS.get(name)
        if function is None:
            raise self._source.error(node, "unknown-function", f"there is no function “{name}”")
        if node.keywords or not function.fewest <= len(node.args) <= function.most:
            raise self._source.error(node, "wrong-arguments", f"“{name}” does not take these arguments")
        arguments = tuple(self.number(argument, depth + 1) for argument in node.args)
        return lambda context: function.apply([argument(context) for argument in arguments])

    def _raw(self, node: ast.Call) -> NumberOf:
        name = self._only_name(node)
        if not self._vocabulary.has_raw(name):
            raise self._source.error(node, "unknown-name", f"“{name}” is not an indicator with a raw value")
        self.raws.add(name)
        return lambda context: context.raw(name)

    def _total(self, node: ast.Call) -> NumberOf:
        name = self._only_name(node)
        cells = self._totals[name] = self._vocabulary.cells(name)
        if not cells:
            raise self._source.error(node, "unknown-name", f"“{name}” is not a column of figures, TABLE.COLUMN")
        self.values.update(cells)
        return lambda context: context.number(name)

    def names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return all ids read, of a total its cells, and the ids as written."""
        shown = self._source.names()
        return tuple(dict.fromkeys(one for name in shown for one in self._totals.get(name, (name,)))), shown

    def _only_name(self, node: ast.Call) -> str:
        if node.keywords or len(node.args) != 1 or not isinstance(node.args[0], ast.Name):
            raise self._source.error(node, "wrong-arguments", "exactly one id is expected between the brackets")
        return self._source.identifier(node.args[0])

    def _joined(self, node: ast.BoolOp, depth: int) -> TruthOf:
        parts = tuple(self.truth(value, depth + 1) for value in node.values)
        join = columns.both if isinstance(node.op, ast.And) else columns.either

        def evaluate(context: Context) -> Truth:
            result = parts[0](context)
            for part in parts[1:]:
                result = join(result, part(context))
            return result

        return evaluate

    def _comparison(self, node: ast.Compare, depth: int) -> TruthOf:
        sides = [node.left, *node.comparators]
        links = [self._relation(node.ops[i], sides[i], sides[i + 1], depth + 1) for i in range(len(node.ops))]
        if len(links) == 1:
            return links[0]
        return lambda context: columns.both(links[0](context), _all(links[1:], context))

    def _relation(self, operator: ast.cmpop, left: ast.expr, right: ast.expr, depth: int) -> TruthOf:
        if isinstance(operator, ast.In | ast.NotIn):
            return self._membership(operator, left, right)
        if isinstance(left, ast.Name) and _is_text(right):
            return self._with_text(operator, left, right, depth)
        if isinstance(right, ast.Name) and _is_text(left):
            return self._with_text(_MIRRORED.get(type(operator), type(operator))(), right, left, depth)
        relation = self._relations.get(type(operator))
        if relation is None:
            raise self._source.error(left, "not-allowed", "only == != < <= > >= and in are comparisons here")
        first, second = self.number(left, depth), self.number(right, depth)
        return lambda context: relation(first(context), second(context))

    def _with_text(self, operator: ast.cmpop, left: ast.Name, right: ast.expr, depth: int) -> TruthOf:
        name, text = self._source.identifier(left), _text(right)
        if self._vocabulary.is_date(name):
            return self._with_date(operator, left, right, depth)
        option = self._index(name, text, self._vocabulary.options(name), left, right)
        if not isinstance(operator, ast.Eq | ast.NotEq):
            raise self._source.error(left, "not-allowed", "a choice is compared with == or != only")
        if isinstance(operator, ast.Eq):
            return lambda context: context.chosen(name, option)
        return lambda context: columns.negate(context.chosen(name, option))

    def _with_date(self, operator: ast.cmpop, left: ast.Name, right: ast.expr, depth: int) -> TruthOf:
        day = day_number(_text(right))
        relation = self._relations.get(type(operator))
        if day is None or relation is None:
            raise self._source.error(right, "bad-date", "a date is compared with a day such as '2025-01-31'")
        column, number = columns.constant(day), self.number(left, depth)
        return lambda context: relation(number(context), column)

    def _membership(self, operator: ast.cmpop, left: ast.expr, right: ast.expr) -> TruthOf:
        if not (_is_text(left) and isinstance(right, ast.Name)):
            raise self._source.error(left, "not-allowed", "“in” asks whether an option is picked: 'option' in question")
        name = self._source.identifier(right)
        option = self._index(name, _text(left), self._vocabulary.picks(name), right, left)
        if isinstance(operator, ast.In):
            return lambda context: context.picked(name, option)
        return lambda context: columns.negate(context.picked(name, option))

    def _index(self, name: str, text: str, options: tuple[str, ...] | None, at: ast.AST, at_text: ast.AST) -> int:
        if options is None:
            raise self._source.error(at, "unknown-name", f"“{name}” is not a question with options of this kind")
        if text not in options:
            raise self._source.error(at_text, "unknown-option", f"“{name}” has no option “{text}”")
        return options.index(text)


class _Nowhere:
    """The context of an expression without names."""

    def number(self, name: str) -> Number:
        raise KeyError(name)

    def answered(self, name: str) -> Truth:
        raise KeyError(name)

    linked = answered

    def chosen(self, name: str, option: int) -> Truth:
        raise KeyError(name, option)

    raw = number
    picked = chosen


_NOWHERE: Final = _Nowhere()

_MIRRORED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _text(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _choose(condition: Truth, then: NumberOf, otherwise: NumberOf, context: Context) -> Number:
    """Evaluate only the side that is needed where all rows take the same."""
    if columns.every(condition.yes):
        return then(context)
    if columns.every(condition.no):
        return otherwise(context)
    return columns.choose(condition, then(context), otherwise(context))


def _negative(number: Number) -> Number:
    return Number(-number.value, number.state)


def _all(links: list[TruthOf], context: Context) -> Truth:
    result = links[0](context)
    for link in links[1:]:
        result = columns.both(result, link(context))
    return result


__all__ = [
    "Condition",
    "Context",
    "Formula",
    "FormulaError",
    "Variables",
    "Vocabulary",
    "compile_condition",
    "compile_formula",
    "names",
]
