"""Formulas and conditions of a questionnaire in words: names for ids, labels for options, signs for operators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from questionnaires.text import Text, both
from questionnaires.types import Choice, MultiChoice, Questionnaire, Table

TOKEN: Final = re.compile(r"'[^']*'|[A-Za-z_][\w.]*|\d+(?:\.\d+)?|\*\*|[<>=!]=|\S")
SIGNS: Final = {
    "*": both("×"),
    "/": both("÷"),
    "**": both("^"),
    "-": both("−"),
    "==": both("="),
    "!=": both("≠"),
    ">=": both("≥"),
    "<=": both("≤"),
    "and": Text("且", "and"),
    "or": Text("或", "or"),
    "not": Text("非", "not"),
    "in": Text("属于", "is among"),
    "if": Text("，如果", ", if"),
    "else": Text("，否则", ", else"),
    "raw": both(""),
    "year": Text("报告年度", "the reporting year"),
    "level": Text("等级", "level"),
}


@dataclass(frozen=True)
class Piece:
    """A part of an expression; `name` says that it is the name of a figure or an option."""

    text: Text
    name: bool = False


def pieces(questionnaire: Questionnaire, source: str) -> tuple[Piece, ...]:
    """Return an expression of `questionnaire` as parts to show one after another."""
    tokens = TOKEN.findall(source)
    labels = dict(_labels(questionnaire, tokens))
    return tuple(_piece(questionnaire, token, labels) for token in tokens)


def _piece(questionnaire: Questionnaire, token: str, labels: dict[str, Text]) -> Piece:
    if token.startswith("'"):
        word = token.strip("'")
        return Piece(labels.get(word, both(word)), name=True)
    if token in SIGNS:
        return Piece(SIGNS[token])
    name = _name(questionnaire, token)
    return Piece(name or both(token), name=name is not None)


def _labels(questionnaire: Questionnaire, tokens: list[str]) -> Iterator[tuple[str, Text]]:
    for token in tokens:
        question = questionnaire.questions.get(token)
        if isinstance(question, Choice | MultiChoice):
            yield from ((option.id, option.label) for option in questionnaire.options(question))


def _name(questionnaire: Questionnaire, id_: str) -> Text | None:
    known = questionnaire.questions.get(id_) or questionnaire.indicators.get(id_)
    if known:
        return known.name
    table = questionnaire.questions.get(id_.rsplit(".", 2)[0])
    return _cell(table, id_) if isinstance(table, Table) else None


def _cell(table: Table, id_: str) -> Text | None:
    *_, row_id, column_id = id_.split(".")
    row = next((row for row in table.rows if row.id == row_id), None)
    column = next((column for column in table.columns if column.id == column_id), None)
    if row is None or column is None:
        return None
    return Text(f"{row.label.zh}〔{column.label.zh}〕", f"{row.label.en} [{column.label.en}]")
