"""A formula of the trace with the numbers put in: conditions decided, totals spelt out, signs as people write them."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from app.services.numbers import grouped
from app.services.wording import SIGNS, pieces
from questionnaires.types import Questionnaire, Table
from scoring.result import TraceStep

Shown = tuple[str, float]
"""A part of a formula as text, and how tightly it binds."""

_IF, _OR, _AND, _NOT, _COMPARED, _NEGATIVE, _SUM, _PRODUCT, _POWER, _ATOM = range(10)
_OPERATORS: Final[dict[type[ast.AST], tuple[str, int]]] = {
    ast.Add: ("+", _SUM),
    ast.Sub: ("−", _SUM),
    ast.Mult: ("×", _PRODUCT),
    ast.Div: ("÷", _PRODUCT),
    ast.Pow: ("^", _POWER),
}
_COMPARISONS: Final[dict[type[ast.AST], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
}
_ARITHMETIC: Final[dict[type[ast.AST], Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_RELATIONS: Final[dict[type[ast.AST], Callable[[float, float], bool]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_TOLERANCE: Final = 1e-9


def filled(
    questionnaire: Questionnaire, step: TraceStep, language: str, answers: Mapping[str, Any] | None = None
) -> str:
    """Return the formula of a step with numbers in place of names; with the `answers`, totals as the sum of their cells."""
    source = str(step.detail.get("formula") or "")
    if not source:
        return ""
    tree = ast.parse(source.replace("\n", " "), mode="eval").body
    return _Writer(questionnaire, step, language, answers or {}).text(tree)[0]


class _Writer:
    def __init__(
        self, questionnaire: Questionnaire, step: TraceStep, language: str, answers: Mapping[str, Any]
    ) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.answers = answers
        self.known = {name: number for name, number in step.inputs if number is not None}
        self.chosen: Mapping[str, Any] = step.detail.get("answers") or {}
        self.decided = step.output is not None

    def text(self, node: ast.expr) -> Shown:
        """Return a part of the formula with its numbers."""
        match node:
            case ast.Constant():
                return self._constant(node.value)
            case ast.Name() | ast.Attribute():
                return self._named(ast.unparse(node))
            case ast.BinOp():
                return self._operation(node)
            case ast.IfExp():
                return self._choice(node)
            case ast.Call():
                return self._call(node)
        return self._condition(node)

    def _constant(self, value: object) -> Shown:
        return _figure(value) if isinstance(value, int | float) else (self._word(repr(value)), _ATOM)

    def _inside(self, node: ast.expr, least: float) -> str:
        text, binding = self.text(node)
        return f"({text})" if binding < least else text

    def _operation(self, node: ast.BinOp) -> Shown:
        sign, binding = _OPERATORS[type(node.op)]
        if isinstance(node.op, ast.Add):
            kept = [side for side in (node.left, node.right) if not self._is_nothing(side)]
            if len(kept) < 2:
                return self.text(kept[0] if kept else node.right)
        left = self._inside(node.left, _NEGATIVE if binding == _SUM else binding)
        right = self._inside(node.right, binding if isinstance(node.op, ast.Add | ast.Mult) else binding + 1)
        return f"{left} {sign} {right}", binding

    def _is_nothing(self, node: ast.expr) -> bool:
        """Whether a part is a choice that came to 0: an option that was not taken up, not a figure."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self._is_nothing(node.left) and self._is_nothing(node.right)
        return isinstance(node, ast.IfExp) and self.text(node)[0] == "0" and not _names(self._taken(node))

    def _taken(self, node: ast.IfExp) -> ast.expr:
        return node.body if self._truth(node.test) else node.orelse

    def _choice(self, node: ast.IfExp) -> Shown:
        if self._truth(node.test) is not None:
            return self.text(self._taken(node))
        parts = (self.text(node.body)[0], self._word("if"), self.text(node.test)[0], self._word("else"))
        return " ".join((*parts, self.text(node.orelse)[0])), _IF

    def _call(self, node: ast.Call) -> Shown:
        name = ast.unparse(node.func)
        if name == "raw":
            return self.text(node.args[0])
        if name == "total":
            return self._total(ast.unparse(node.args[0]))
        parts = [self.text(one)[0] for one in node.args]
        return (f"|{parts[0]}|" if name == "abs" else f"{name}({', '.join(parts)})"), _ATOM

    def _total(self, column: str) -> Shown:
        """Return the cells of a column as a sum, where they are known and come to the total; else the total."""
        known = self.known.get(column)
        if known is None:
            return self._named(column)
        cells = [cell for cell in self._cells(column) if cell]
        if len(cells) < 2 or abs(sum(cells) - known) > _TOLERANCE * max(1.0, abs(known)):
            return _figure(known)
        signed = (f" {'−' if cell < 0 else '+'} {_figure(abs(cell))[0]}" for cell in cells[1:])
        return _figure(cells[0])[0] + "".join(signed), _SUM

    def _cells(self, column: str) -> list[float]:
        table, _, name = column.rpartition(".")
        question, given = self.questionnaire.questions.get(table), self.answers.get(table)
        if not isinstance(question, Table) or not isinstance(given, dict):
            return []
        cells = [given.get(row.id, {}).get(name) for row in question.rows]
        return [float(cell) for cell in cells if isinstance(cell, int | float)]

    def _condition(self, node: ast.expr) -> Shown:
        match node:
            case ast.UnaryOp(op=ast.USub()):
                return f"−{self._inside(node.operand, _PRODUCT)}", _NEGATIVE
            case ast.BoolOp():
                sign, binding = ("and", _AND) if isinstance(node.op, ast.And) else ("or", _OR)
                joined = f" {self._word(sign)} ".join(self._inside(one, binding) for one in node.values)
                return joined, binding
            case ast.UnaryOp(op=ast.Not()):
                return f"{self._word('not')} {self._inside(node.operand, _NOT)}", _NOT
            case ast.Compare():
                token = _COMPARISONS[type(node.ops[0])]
                shown = SIGNS[token].get(self.language) if token in SIGNS else token
                left, right = self._inside(node.left, _SUM), self._inside(node.comparators[0], _SUM)
                return f"{left} {shown} {right}", _COMPARED
        return ast.unparse(node), _ATOM

    def _named(self, name: str) -> Shown:
        return _figure(self.known[name]) if name in self.known else (self._word(name), _ATOM)

    def _word(self, token: str) -> str:
        return "".join(piece.text.get(self.language) for piece in pieces(self.questionnaire, token))

    def _truth(self, node: ast.expr) -> bool | None:
        """Return whether a condition held, None where the trace does not tell."""
        match node:
            case ast.BoolOp(op=ast.And()):
                return _all([self._truth(one) for one in node.values])
            case ast.BoolOp(op=ast.Or()):
                found = _all([_not(self._truth(one)) for one in node.values])
                return _not(found)
            case ast.UnaryOp(op=ast.Not()):
                return _not(self._truth(node.operand))
            case ast.Compare(ops=[op], comparators=[right]):
                return self._compared(node.left, op, right)
        return None

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> bool | None:
        for question, option in ((left, right), (right, left)):
            name = ast.unparse(question)
            if isinstance(option, ast.Constant) and isinstance(option.value, str) and name in self.chosen:
                given = self.chosen[name]
                held = option.value in (given or ()) if isinstance(op, ast.In) else option.value == given
                return not held if isinstance(op, ast.NotEq) else bool(held)
        first, second = self._number(left), self._number(right)
        if first is None or second is None:
            return False if self.decided else None  # a comparison with what does not apply does not hold
        relation = _RELATIONS.get(type(op))
        return relation(round(first, 9), round(second, 9)) if relation else None

    def _number(self, node: ast.expr) -> float | None:
        match node:
            case ast.Constant(value=int() | float() as value):
                return float(value)
            case ast.Name() | ast.Attribute():
                return self.known.get(ast.unparse(node))
            case ast.BinOp() if type(node.op) in _ARITHMETIC:
                return self._calculated(node)
            case ast.Call(func=ast.Name(id="abs" | "raw" | "total" as name)):
                inner = self._number(node.args[0])
                return abs(inner) if inner is not None and name == "abs" else inner
        return None

    def _calculated(self, node: ast.BinOp) -> float | None:
        left, right = self._number(node.left), self._number(node.right)
        if left is None or right is None or (right == 0 and isinstance(node.op, ast.Div)):
            return None
        return _ARITHMETIC[type(node.op)](left, right)


def _names(node: ast.expr) -> bool:
    return any(isinstance(one, ast.Name) for one in ast.walk(node))


def _figure(value: float) -> Shown:
    """Return a number with four decimals at most, a small one with six significant digits."""
    rounded = round(value, 4) if abs(value) >= 1 else float(f"{value:.6g}")
    return (grouped(rounded), _ATOM) if value >= 0 else (f"−{grouped(-rounded)}", _NEGATIVE)


def _all(truths: list[bool | None]) -> bool | None:
    return False if False in truths else None if None in truths else True


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth
