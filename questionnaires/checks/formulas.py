from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from questionnaires.compiling import compile_model
from questionnaires.description import Expression, Record, marker
from questionnaires.faults import Fault, did_you_mean
from questionnaires.references import Leaf, leaves, unknown
from questionnaires.text import Text
from questionnaires.types import Consistency, Measure, Questionnaire, Table
from questionnaires.years import Years, timed
from scoring.formula import FormulaError, Variables, Vocabulary, compile_condition, compile_formula, names
from scoring.vocabulary import INDUSTRY, NO_YEAR, YEAR, Ids

PROBLEMS: Final[Mapping[str, str]] = {
    "syntax": "读不成一个公式",
    "too-long": "公式太长",
    "too-complex": "公式的组成部分太多",
    "too-deep": "公式嵌套太深",
    "bad-name": "不是合格的标识",
    "number-expected": "此处应为数值",
    "condition-expected": "此处应为条件",
    "unknown-name": "此处的标识不能这样用",
    "number-too-large": "数字过大",
    "power-too-large": "指数过大",
    "not-allowed": "用了公式语言以外的写法",
    "unknown-function": "没有这个函数",
    "wrong-arguments": "函数的参数不对",
    "bad-date": "日期只能与 '2025-01-31' 这样的日期比较",
    "unknown-option": "没有这个选项",
}
_NAME: Final = r"([a-z][a-z0-9_.]*)"
_COMPARED: Final = (
    re.compile(rf"{_NAME}\s*[!=]=\s*['\"](?P<option>[^'\"]*)['\"]"),
    re.compile(rf"['\"](?P<option>[^'\"]*)['\"]\s*(?:[!=]=|(?:not\s+)?in)\s*{_NAME}"),
)


def expressions(questionnaire: Questionnaire) -> Iterator[tuple[Leaf, Expression]]:
    """Yield every formula and condition."""
    for part in (questionnaire, *questionnaire.sections):
        yield from _expressions(part)


def _expressions(part: Record) -> Iterator[tuple[Leaf, Expression]]:
    for leaf in leaves(part):
        if expression := marker(leaf.markers, Expression):
            yield leaf, expression


def formulas_read(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for every formula that cannot be read, or that names what does not exist."""
    ids = Ids(compile_model(questionnaire))
    known = _known(questionnaire, ids)
    for leaf, expression in expressions(questionnaire):
        if expression.by_years:
            continue
        yield from _without_years(leaf) or _read(leaf, expression, ids, known)
    years = Years(questionnaire)
    parts: list[Measure | Consistency] = [*questionnaire.measures.values(), *questionnaire.consistency.values()]
    for part in parts:
        for leaf, expression in _expressions(part):
            wrong = _without_years(leaf) if not part.years else _strangers(leaf, years)
            yield from wrong or _first(
                list(_read(replace(leaf, value=years.at(leaf.value, year)), expression, ids, known))
                for year in part.years or (None,)
            )


def _first(found: Iterable[list[Fault]]) -> list[Fault]:
    """Return the faults of the first year that has any."""
    return next(filter(None, found), [])


def _without_years(leaf: Leaf) -> list[Fault]:
    """Return the fault of a `t` where nothing goes by years."""
    return [leaf.place.fault("no-years", source=leaf.value)] if timed(leaf.value) else []


def _strangers(leaf: Leaf, years: Years) -> list[Fault]:
    """Return the faults of names with a year that do not go by years."""
    return [unknown(leaf.place, "yearly", name, set(years)) for name in years.strangers(leaf.value)]


def _known(questionnaire: Questionnaire, ids: Ids) -> set[str]:
    measures = {name for one in questionnaire.measures.values() for name in (one.id, *one.ids.values())}
    parameters = {one.id for one in questionnaire.parameters}
    plain = {*questionnaire.questions, *questionnaire.indicators, *_cells(questionnaire)}
    return {*plain, *measures, *parameters, *ids.columns, YEAR, INDUSTRY, NO_YEAR}


def _read(leaf: Leaf, expression: Expression, ids: Ids, known: set[str]) -> Iterator[Fault]:
    try:
        strangers = [name for name in names(leaf.value) if name not in known | expression.local]
    except FormulaError as error:
        yield _unread(leaf, error)
        return
    yield from (unknown(leaf.place, "name", name, known | expression.local) for name in strangers)
    if not strangers:
        yield from _compiled(leaf, expression, ids)


def _compiled(leaf: Leaf, expression: Expression, ids: Ids) -> Iterator[Fault]:
    vocabulary: Vocabulary = Variables(*expression.local) if expression.local else ids
    try:
        (compile_condition if expression.condition else compile_formula)(leaf.value, vocabulary)
    except FormulaError as error:
        wrong = list(_wrong_options(leaf, ids)) if error.code == "unknown-option" else []
        yield from wrong or [_unread(leaf, error)]


def _wrong_options(leaf: Leaf, ids: Ids) -> Iterator[Fault]:
    for pattern in _COMPARED:
        for match in pattern.finditer(leaf.value):
            name, option = match[1] if match[1] != match["option"] else match[2], match["option"]
            options = ids.options(name) or ids.picks(name) or ()
            if options and option not in options:
                yield leaf.place.fault(
                    "unknown-option", question=name, option=option, hint=did_you_mean(option, options)
                )


def _unread(leaf: Leaf, error: FormulaError) -> Fault:
    where = Text(f"（第 {error.column} 个字符）", f" (column {error.column})")
    problem = Text(PROBLEMS.get(error.code, error.detail) + where.zh, error.detail + where.en)
    return leaf.place.fault("formula-syntax", problem=problem, source=leaf.value)


def _cells(questionnaire: Questionnaire) -> Iterator[str]:
    for question in questionnaire.questions.values():
        if isinstance(question, Table):
            yield from (f"{question.id}.{row.id}.{column.id}" for row in question.rows for column in question.columns)
