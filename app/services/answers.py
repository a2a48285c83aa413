"""Saves answers: a form of many and an autosave of one go the same way.

Each question counts its saves (`revision`). A save names the revision it was made from; if the question has moved on since, the save is
a conflict unless it changes nothing. All entries of one call are stored together or not at all.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.errors import ConflictError
from app.i18n import N_
from app.models import Answer, AnswerEvent, Assessment, User
from app.repositories import answers
from app.services.answer_forms import Entry
from app.services.assessments import locked_draft

UNDECIDED = "undecided"
"""On the page of a conflict: neither answer has been chosen yet."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored answer as it was found; it outlives the transaction that is rolled back."""

    value: Any
    note: str
    revision: int
    at: datetime
    by: uuid.UUID
    author: str

    @classmethod
    def of(cls, answer: Answer) -> Saved:
        return cls(answer.value, answer.note, answer.revision, answer.updated_at, answer.updated_by, answer.author.name)


@dataclass(frozen=True, slots=True)
class Conflict:
    """An entry that was made from an older revision than the stored answer has."""

    mine: Entry
    theirs: Saved


class ConflictsError(ConflictError):
    """Some entries would overwrite what somebody else saved meanwhile; nothing was stored."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        message = N_("有 %(count)s 题在您填写期间已被改动。请逐题选择保留哪一个答案；选定之前什么都没有覆盖。")
        super().__init__(message, count=len(conflicts))
        self.conflicts = conflicts


def save(
    session: Session, user: User, assessment_id: uuid.UUID, entries: Sequence[Entry], now: datetime
) -> dict[str, Answer]:
    """Store the entries that change something and return every answer of the assessment by question.

    Raises `ConflictsError` before anything is stored; other errors as `locked_draft`.
    """
    draft = locked_draft(session, user, assessment_id)
    stored = answers.of_assessment(session, assessment_id)
    bases = answers.events(
        session, assessment_id, {entry.question: entry.revision for entry in entries if entry.revision}
    )
    judged = [(entry, _judge(entry, stored.get(entry.question), bases.get(entry.question))) for entry in entries]
    conflicts = [
        Conflict(entry, Saved.of(stored[entry.question])) for entry, verdict in judged if verdict == "conflict"
    ]
    if conflicts:
        raise ConflictsError(conflicts)
    for entry, verdict in judged:
        if verdict == "write":
            answer = stored[entry.question] = _changed(draft, stored.get(entry.question), entry)
            answers.record(session, answer, now, user.id)
            draft.updated_at = now
    return stored


def _judge(entry: Entry, current: Answer | None, base: AnswerEvent | None) -> str:
    at = current.revision if current else 0
    mine = (entry.value, entry.note)
    if mine == _content(current):
        return "same"
    if entry.revision != at:
        return "same" if mine == _content(base) else "conflict"
    return {"theirs": "same", UNDECIDED: "conflict"}.get(entry.keep, "write")


def _content(saved: Answer | AnswerEvent | None) -> tuple[Any, str]:
    return (saved.value, saved.note) if saved else (None, "")


def _changed(draft: Assessment, current: Answer | None, entry: Entry) -> Answer:
    answer = current or Answer(assessment_id=draft.id, question=entry.question, revision=0)
    answer.value = entry.value
    answer.note = entry.note
    return answer
