"""Answers drawn at random: every kind, gaps, N/A, and those that are only begun."""

from __future__ import annotations

import datetime
from random import Random
from typing import Any

from questionnaires.types import (
    AnyQuestion,
    Checklist,
    Choice,
    Day,
    FreeText,
    Ladder,
    MultiChoice,
    Number,
    Questionnaire,
    Table,
)

WORDS = [
    "合同 2025-014",
    "=1+1",
    "O'Brien & Söhne <b>",
    "_x0041_ 与 _x000D_",
    "第一行\n第二行",
    "'07",
    "1e5",
    "喆堃玥珺",
    "@SUM(A1)",
    "🙂",
]


def random_answers(questionnaire: Questionnaire, random: Random) -> dict[str, Any]:
    drawn = {name: random_answer(questionnaire, one, random) for name, one in questionnaire.questions.items()}
    return {name: value for name, value in drawn.items() if value is not None}


def random_notes(questionnaire: Questionnaire, random: Random) -> dict[str, str]:
    return {name: random.choice(WORDS) for name in questionnaire.questions if random.random() < 0.2}


def random_answer(questionnaire: Questionnaire, question: AnyQuestion, random: Random) -> Any:
    if random.random() < 0.1:
        return None
    if question.na and random.random() < 0.2:
        return {"na": random.choice(["", *WORDS])}
    degrees = [degree.id for degree in questionnaire.degrees]
    match question:
        case Ladder():
            return _ladder(question, degrees, random)
        case Checklist():
            return _checklist(question, degrees, random)
        case Number():
            return _figure(question.min, question.max, question.decimals, random)
        case Choice():
            return random.choice([one.id for one in questionnaire.options(question)])
        case MultiChoice():
            return _several(questionnaire, question, random)
        case Day():
            return (question.min or datetime.date(2025, 1, random.randint(1, 31))).isoformat()
        case Table():
            return _table(question, random)
    return random.choice(WORDS)[: question.max_length if isinstance(question, FreeText) else 500]


def _ladder(question: Ladder, degrees: list[str], random: Random) -> dict[str, Any]:
    level = random.randint(0, len(question.levels))
    begun = len(degrees) > 1 and random.random() < 0.1
    return {"level": level} if begun or not level else {"level": level, "degree": random.choice(degrees)}


def _figure(low: float | None, high: float | None, decimals: int, random: Random) -> float | int:
    least = -1e6 if low is None else low
    most = max(least + 1, least + 1e6) if high is None else high
    drawn = random.choice([least, most, random.uniform(least, most), min(max(0.3, least), most)])
    figure = min(max(round(drawn, decimals), least), most)
    return float(figure) if decimals else round(figure)


def _checklist(question: Checklist, degrees: list[str], random: Random) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for group in question.groups:
        if group.na and random.random() < 0.2:
            found[group.id] = {"na": random.choice(["", "没有"])}
            continue
        clauses = {one.id: random.choice(["none", *degrees]) for one in group.clauses if random.random() < 0.8}
        if clauses:
            found[group.id] = clauses
    return found or None


def _several(questionnaire: Questionnaire, question: MultiChoice, random: Random) -> list[str] | None:
    options = [one.id for one in questionnaire.options(question)]
    if question.exclusive and random.random() < 0.3:
        return [question.exclusive[0]]
    free = [one for one in options if one not in question.exclusive]
    picked = set(random.sample(free, random.randint(1, min(len(free), question.max or len(free)))))
    return [one for one in options if one in picked]


def _table(table: Table, random: Random) -> dict[str, Any] | None:
    found = {}
    for row in table.rows:
        cells: dict[str, Any] = {}
        for column in table.columns:
            if random.random() < 0.2:
                continue
            if column.kind == "choice":
                cells[column.id] = random.choice([one.id for one in column.options])
            elif column.kind == "text":
                cells[column.id] = random.choice(WORDS)[: column.max_length]
            else:
                low = table.min if row.min is None else row.min
                high = table.max if row.max is None else row.max
                decimals = table.decimals if row.decimals is None else row.decimals
                cells[column.id] = _figure(low, high, decimals, random)
        if cells:
            found[row.id] = cells
    return found or None
