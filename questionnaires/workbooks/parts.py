"""A stored answer taken apart into the cells of a workbook, and put together again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from questionnaires.types import AnyQuestion, Checklist, Ladder, MultiChoice, Questionnaire, Table

Part: TypeAlias = tuple[str, ...]
"""`value`, `level`, `degree`, `na`, `note`; (`na`, GROUP), (`clause`, GROUP, CLAUSE), (`pick`, OPTION), (`cell`, ROW, COLUMN)."""
Parts: TypeAlias = dict[Part, Any]
PICKED: Final = "yes"
NO_REASON: Final = "（理由待填 / reason to follow）"
"""Stands for a reason that the respondent still owes, since an empty cell says that nothing was answered."""


class BothError(ValueError):
    """Something is answered and called not applicable as well; `part` is the reason."""

    def __init__(self, part: Part) -> None:
        super().__init__(".".join(part))
        self.part = part


def parts_of(question: AnyQuestion, value: Any, note: str = "") -> Parts:
    """Return the filled cells of an answer as it is stored (None: none) and of its note."""
    noted: Parts = {("note",): note} if note else {}
    if value is None:
        return noted
    if isinstance(value, Mapping) and "na" in value:
        return noted | {("na",): value["na"] or NO_REASON}
    return noted | _of_answer(question, value)


def _of_answer(question: AnyQuestion, value: Any) -> Parts:
    match question:
        case Ladder():
            return {(key,): str(part) for key, part in value.items()}
        case Checklist():
            return _of_checklist(value)
        case MultiChoice():
            return {("pick", option): PICKED for option in value}
        case Table():
            return {("cell", row, column): one for row, cells in value.items() for column, one in cells.items()}
    return {("value",): value}


def _of_checklist(value: Mapping[str, Mapping[str, str]]) -> Parts:
    parts: Parts = {}
    for group, clauses in value.items():
        if "na" in clauses:
            parts["na", group] = clauses["na"] or NO_REASON
        else:
            parts |= {("clause", group, clause): degree for clause, degree in clauses.items()}
    return parts


def answer_of(questionnaire: Questionnaire, question: AnyQuestion, parts: Mapping[Part, Any]) -> tuple[Any, str]:
    """Return the answer as it is stored (None: none) and the note. Raises `BothError`."""
    given = {part: value for part, value in parts.items() if part != ("note",)}
    if ("na",) in given and len(given) > 1:
        raise BothError(("na",))
    return _answer(questionnaire, question, given) if given else None, parts.get(("note",), "")


def _answer(questionnaire: Questionnaire, question: AnyQuestion, given: Mapping[Part, Any]) -> Any:
    if ("na",) in given:
        return {"na": _reason(given["na",])}
    match question:
        case Ladder():
            return _ladder(questionnaire, given)
        case Checklist():
            return _checklist(given)
        case MultiChoice():
            return [one.id for one in questionnaire.options(question) if ("pick", one.id) in given]
        case Table(rows=rows, columns=columns):
            return _table([row.id for row in rows], [column.id for column in columns], given)
    return given["value",]


def _reason(text: str) -> str:
    return "" if text == NO_REASON else text


def _ladder(questionnaire: Questionnaire, given: Mapping[Part, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {"level": int(given[("level",)])} if ("level",) in given else {}
    if ("degree",) in given:
        answer["degree"] = given["degree",]
    elif answer.get("level") and len(questionnaire.degrees) == 1:
        answer["degree"] = questionnaire.degrees[0].id
    return answer


def _checklist(given: Mapping[Part, Any]) -> dict[str, dict[str, str]]:
    answer: dict[str, dict[str, str]] = {}
    for part, value in given.items():
        if part[0] == "clause":
            answer.setdefault(part[1], {})[part[2]] = value
    for part, value in given.items():
        if part[0] == "na":
            if part[1] in answer:
                raise BothError(part)
            answer[part[1]] = {"na": _reason(value)}
    return answer


def _table(rows: list[str], columns: list[str], given: Mapping[Part, Any]) -> dict[str, dict[str, Any]]:
    found = {
        row: {column: given["cell", row, column] for column in columns if ("cell", row, column) in given}
        for row in rows
    }
    return {row: cells for row, cells in found.items() if cells}
