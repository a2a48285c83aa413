"""Queries on answers and the events that made them."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from app.models import Answer, AnswerEvent


def of_assessment(session: Session, assessment_id: uuid.UUID) -> dict[str, Answer]:
    """Return the current answers with their authors, by question."""
    query = select(Answer).where(Answer.assessment_id == assessment_id).options(joinedload(Answer.author))
    return {answer.question: answer for answer in session.scalars(query)}


def events(session: Session, assessment_id: uuid.UUID, revisions: dict[str, int]) -> dict[str, AnswerEvent]:
    """Return, by question, the event of the revision named."""
    wanted = [and_(AnswerEvent.question == question, AnswerEvent.revision == at) for question, at in revisions.items()]
    either: ColumnElement[bool] = or_(*wanted) if wanted else false()
    query = select(AnswerEvent).where(AnswerEvent.assessment_id == assessment_id, either)
    return {event.question: event for event in session.scalars(query)}


def record(session: Session, answer: Answer, at: datetime, by: uuid.UUID) -> None:
    """Count the answer's revision up, date and sign it, and append the event of this save."""
    answer.revision = (answer.revision or 0) + 1
    answer.updated_at = at
    answer.updated_by = by
    session.add(answer)
    session.add(
        AnswerEvent(
            assessment_id=answer.assessment_id,
            question=answer.question,
            value=answer.value,
            note=answer.note,
            revision=answer.revision,
            at=at,
            by=by,
        )
    )
