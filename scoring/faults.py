"""Every fault of a mapping of answers, so that a form and a command can list them all at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from scoring.model import ClauseGroup, Column, Model, Question
from scoring.syntax import day_number
from scoring.tables import NONE_MET, all_degrees

NA: Final = "na"
MAPPINGS: Final = (dict, Mapping)
"""What counts as a mapping; asking for a dict first is many times as fast."""
_LEVEL: Final = frozenset({"level"})
_LEVEL_AND_DEGREE: Final = frozenset({"level", "degree"})
Degrees = tuple[str, ...]


class Fault(NamedTuple):
    """What is wrong with one part of the answers: where (QUESTION, QUESTION.ROW.COLUMN …), a code, and plain values to explain it.

    Codes: unknown-question, unknown-group, unknown-clause, unknown-row, unknown-column, unknown-option, unknown-degree (`got`, `allowed`),
    wrong-shape (`got`, `expected`), not-a-number, not-finite, too-small (`got`, `least`), too-large (`got`, `most`), too-few, too-many
    (`got`, `least` or `most`), repeated, exclusive (`got`), bad-date, too-long (`got`, `most`), na-not-allowed, na-without-reason.
    """

    path: str
    code: str
    detail: dict[str, Any]


def faults(model: Model, answers: Mapping[str, Any]) -> list[Fault]:
    """Return all faults of stored answers, in their order; an empty list means that they can be scored."""
    questions = {question.id: question for question in model.questions}
    degrees = tuple(all_degrees(model.degrees))
    found: list[Fault] = []
    for name, answer in answers.items():
        question = questions.get(name)
        if question is None:
            found.append(Fault(str(name), "unknown-question", {"got": str(name), "allowed": list(questions)}))
        else:
            found += _answer(degrees, question, answer)
    return found


def answer_faults(model: Model, question: Question, answer: object) -> list[Fault]:
    """Return all faults of one question's answer."""
    return list(_answer(tuple(all_degrees(model.degrees)), question, answer))


def _answer(degrees: Degrees, question: Question, answer: object) -> Iterator[Fault]:
    if _is_na(answer):
        return _na(question.id, answer, allowed=question.na_allowed)
    return _KINDS[question.kind](degrees, question, answer)


def _is_na(answer: object) -> bool:
    return isinstance(answer, MAPPINGS) and NA in answer


def _na(path: str, answer: object, *, allowed: bool) -> Iterator[Fault]:
    assert isinstance(answer, Mapping)  # noqa: S101 — by _is_na
    if len(answer) > 1:
        yield Fault(path, "wrong-shape", {"got": _plain(answer), "expected": "na alone"})
    if not allowed:
        yield Fault(path, "na-not-allowed", {})
    elif not (isinstance(answer[NA], str) and answer[NA].strip()):
        yield Fault(path, "na-without-reason", {"got": _plain(answer[NA])})


def _ladder(degrees: Degrees, question: Question, answer: object) -> Iterator[Fault]:
    path = question.id
    if not isinstance(answer, MAPPINGS) or not _LEVEL <= answer.keys() <= _LEVEL_AND_DEGREE:
        yield Fault(path, "wrong-shape", {"got": _plain(answer), "expected": "{level, degree}"})
        return
    level, degree = answer["level"], answer.get("degree")
    if isinstance(level, bool) or not isinstance(level, int):
        yield Fault(f"{path}.level", "not-a-number", {"got": _plain(level)})
    elif not 0 <= level <= question.levels:
        yield from _bounds(f"{path}.level", level, 0, question.levels)
    elif level == 0 and degree not in {None, NONE_MET}:
        yield Fault(f"{path}.degree", "wrong-shape", {"got": _plain(degree), "expected": "no degree at level 0"})
    elif level > 0:
        yield from _member(f"{path}.degree", degree, degrees, "unknown-degree")


def _member(path: str, got: object, allowed: tuple[str, ...], code: str) -> Iterator[Fault]:
    if not isinstance(got, str) or got not in allowed:
        yield Fault(path, code, {"got": _plain(got), "allowed": list(allowed)})


def _checklist(degrees: Degrees, question: Question, answer: object) -> Iterator[Fault]:
    if not isinstance(answer, Mapping):
        yield Fault(question.id, "wrong-shape", {"got": _plain(answer), "expected": "{group: {clause: degree}}"})
        return
    groups = {group.id: group for group in question.groups}
    for name, part in answer.items():
        path = f"{question.id}.{name}"
        yield from _member(path, name, tuple(groups), "unknown-group")
        if name in groups:
            yield from _clauses(degrees, groups[name], path, part)


def _clauses(degrees: Degrees, group: ClauseGroup, path: str, part: object) -> Iterator[Fault]:
    clauses = tuple(clause.id for clause in group.clauses)
    if _is_na(part):
        yield from _na(path, part, allowed=group.na_allowed)
        return
    if not isinstance(part, Mapping):
        yield Fault(path, "wrong-shape", {"got": _plain(part), "expected": "{clause: degree}"})
        return
    for name, degree in part.items():
        yield from _member(f"{path}.{name}", name, clauses, "unknown-clause")
        if name in clauses:
            yield from _member(f"{path}.{name}", degree, degrees, "unknown-degree")


def _number(_: Degrees, question: Question, answer: object) -> Iterator[Fault]:
    yield from _numeric(question.id, answer, question.minimum, question.maximum)


def _numeric(path: str, got: object, least: float | None, most: float | None) -> Iterator[Fault]:
    if isinstance(got, bool) or not isinstance(got, int | float):
        yield Fault(path, "not-a-number", {"got": _plain(got)})
    elif not _is_finite(got):
        yield Fault(path, "not-finite", {"got": str(got)[:40]})
    else:
        yield from _bounds(path, got, least, most)


def _is_finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:
        return False


def _bounds(path: str, got: float, least: float | None, most: float | None) -> Iterator[Fault]:
    if least is not None and got < least:
        yield Fault(path, "too-small", {"got": got, "least": least})
    if most is not None and got > most:
        yield Fault(path, "too-large", {"got": got, "most": most})


def _choice(_: Degrees, question: Question, answer: object) -> Iterator[Fault]:
    yield from _member(question.id, answer, _options(question), "unknown-option")


def _options(question: Question) -> tuple[str, ...]:
    return tuple(option.id for option in question.options)


def _multi_choice(_: Degrees, question: Question, answer: object) -> Iterator[Fault]:
    path = question.id
    if not isinstance(answer, list | tuple):
        yield Fault(path, "wrong-shape", {"got": _plain(answer), "expected": "[option, …]"})
        return
    for option in answer:
        yield from _member(path, option, _options(question), "unknown-option")
    picked = {option for option in answer if isinstance(option, str)}
    if len(picked) < sum(isinstance(option, str) for option in answer):
        yield Fault(path, "repeated", {"got": _plain(answer)})
    if len(answer) > 1 and picked & set(question.exclusive):
        yield Fault(path, "exclusive", {"got": sorted(picked & set(question.exclusive))})
    if question.minimum is not None and len(picked) < question.minimum:
        yield Fault(path, "too-few", {"got": len(picked), "least": int(question.minimum)})
    if question.maximum is not None and len(picked) > question.maximum:
        yield Fault(path, "too-many", {"got": len(picked), "most": int(question.maximum)})


def _text(_: Degrees, question: Question, answer: object) -> Iterator[Fault]:
    yield from _words(question.id, answer, question.max_length)


def _words(path: str, got: object, most: int | None) -> Iterator[Fault]:
    if not isinstance(got, str) or not got.strip():
        yield Fault(path, "wrong-shape", {"got": _plain(got), "expected": "text"})
    elif most is not None and len(got) > most:
        yield Fault(path, "too-long", {"got": len(got), "most": most})


def _date(_: Degrees, question: Question, answer: object) -> Iterator[Fault]:
    day = day_number(answer) if isinstance(answer, str) else None
    if day is None or not isinstance(answer, str):
        yield Fault(question.id, "bad-date", {"got": _plain(answer)})
    elif question.earliest is not None and answer < question.earliest:
        yield Fault(question.id, "too-small", {"got": answer, "least": question.earliest})
    elif question.latest is not None and answer > question.latest:
        yield Fault(question.id, "too-large", {"got": answer, "most": question.latest})


def _table(_: Degrees, question: Question, answer: object) -> Iterator[Fault]:
    if not isinstance(answer, Mapping):
        yield Fault(question.id, "wrong-shape", {"got": _plain(answer), "expected": "{row: {column: value}}"})
        return
    for row, cells in answer.items():
        path = f"{question.id}.{row}"
        yield from _member(path, row, question.rows, "unknown-row")
        if row in question.rows:
            yield from _row(question, str(row), path, cells)


def _row(question: Question, row: str, path: str, cells: object) -> Iterator[Fault]:
    if not isinstance(cells, Mapping):
        yield Fault(path, "wrong-shape", {"got": _plain(cells), "expected": "{column: value}"})
        return
    columns = {column.id: column for column in question.columns}
    bounds = question.row_bounds.get(row, (question.minimum, question.maximum))
    for name, got in cells.items():
        yield from _member(f"{path}.{name}", name, tuple(columns), "unknown-column")
        if name in columns:
            yield from _cell(columns[name], f"{path}.{name}", got, bounds)


def _cell(column: Column, path: str, got: object, bounds: tuple[float | None, float | None]) -> Iterator[Fault]:
    if column.kind == "number":
        yield from _numeric(path, got, *bounds)
    elif column.kind == "choice":
        yield from _member(path, got, column.options, "unknown-option")
    else:
        yield from _words(path, got, column.max_length)


def _plain(got: object) -> str | int | float | bool | None:
    """Return what was found in a form that is short and prints anywhere."""
    return got if isinstance(got, bool | int | float) or got is None else str(got)[:80]


_KINDS: Final[dict[str, Callable[[Degrees, Question, object], Iterator[Fault]]]] = {
    "ladder": _ladder,
    "checklist": _checklist,
    "number": _number,
    "choice": _choice,
    "multi-choice": _multi_choice,
    "text": _text,
    "date": _date,
    "file": _text,
    "table": _table,
}
