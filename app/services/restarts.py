"""Moves a draft to the newest version of its questionnaire by starting again from its answers; the old draft is kept to read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import ConflictError, NotFoundError
from app.models import Answer, Assessment, Role, User
from app.repositories import answers, assessments, submissions
from app.services.answer_forms import read_entry
from app.services.answer_words import as_fields
from app.services.assessments import AlreadySubmittedError, Start, check_draft, draft_for, opened, pinned
from app.services.links import links_of
from app.services.standing import scorable, standing
from questionnaires.faults import Faulty
from questionnaires.registry import Registry, version_order
from questionnaires.types import AnyQuestion, Questionnaire


@dataclass(frozen=True)
class Plan:
    """What a restart would do: `carried` are answers that belong to no assessment yet, `dropped` questions of the old version."""

    assessment: Assessment
    target: Questionnaire
    carried: tuple[Answer, ...]
    dropped: tuple[AnyQuestion, ...]
    added: int
    """Required questions that the old version does not have and that the carried answers ask for."""


def newer(session: Session, registry: Registry, assessment: Assessment) -> Questionnaire | None:
    """Return the newest version if a draft can move there: it is newer, and not submitted for that year and scope."""
    target = _newest(registry, assessment) if assessment.status == "draft" else None
    return None if target is None or _submitted(session, assessment, target) else target


def _newest(registry: Registry, assessment: Assessment) -> Questionnaire | None:
    """Return the newest version if it is newer than the assessment's; one with errors must not shut a draft that works."""
    newest = registry.versions(assessment.slug)[-1:]
    if not newest or version_order(newest[0]) <= version_order(assessment.version):
        return None
    try:
        return registry.get(assessment.slug, newest[0])
    except Faulty:
        return None


def _submitted(session: Session, assessment: Assessment, target: Questionnaire) -> AlreadySubmittedError | None:
    key = (assessment.organisation_id, assessment.slug, assessment.year, assessment.scope)
    done = submissions.current(session, *key)
    return AlreadySubmittedError(done) if done and done.version == target.version else None


def successor(session: Session, assessment: Assessment) -> Assessment | None:
    """Return the assessment that a replaced draft was moved to, None when it is gone or the draft was never moved."""
    return assessments.successor(session, assessment) if assessment.status == "replaced" else None


def plan(session: Session, registry: Registry, user: User, assessment_id: uuid.UUID) -> Plan:
    """Return what a restart would do, to an editor; `ConflictError` when there is nothing to move or nowhere to move it."""
    return _plan(session, registry, opened(session, user, assessment_id, Role.EDITOR))


def restart(session: Session, registry: Registry, user: User, assessment_id: uuid.UUID, now: datetime) -> Assessment:
    """Close the draft and return the new draft that starts from its answers; pressed twice, the same one."""
    opened(session, user, assessment_id, Role.EDITOR)
    old = assessments.lock(session, assessment_id)
    if old is None:
        raise NotFoundError("没有找到这个页面。")
    made = successor(session, old)
    if made is not None and made.status == "draft":
        return made
    return _move(session, _plan(session, registry, old), user, now)


def _plan(session: Session, registry: Registry, old: Assessment) -> Plan:
    check_draft(old)
    target = newer(session, registry, old)
    if target is None:
        raise _nowhere(session, registry, old)
    source, stored = pinned(registry, old), answers.of_assessment(session, old.id)
    said = [one for one in stored.values() if one.value is not None or one.note]
    read = {one.question: _carried(source, target, one) for one in said}
    carried = tuple(answer for answer in read.values() if answer)
    dropped = tuple(one for name, one in source.questions.items() if name in read and read[name] is None)
    return Plan(old, target, carried, dropped, _added(session, old, source, target, carried))


def _nowhere(session: Session, registry: Registry, old: Assessment) -> ConflictError:
    target = _newest(registry, old)
    if target is not None and (done := _submitted(session, old, target)):
        return done
    return ConflictError("这份草稿所用的 %(version)s 已是最新版本，不必转换。", version=old.version)


def _carried(source: Questionnaire, target: Questionnaire, answer: Answer) -> Answer | None:
    """Return a copy of the answer if the new version's form, filled in with it, says the same without a fault."""
    before, after = source.questions.get(answer.question), target.questions.get(answer.question)
    if before is None or after is None or before.kind != after.kind:
        return None
    entry = read_entry(target, after, as_fields(after, answer.value, answer.note))
    if entry.faults or _unordered(entry.value) != _unordered(answer.value) or entry.note != answer.note:
        return None
    return Answer(question=answer.question, value=entry.value, note=entry.note)


def _unordered(value: object) -> object:
    """Options are read in the order of the questionnaire, which may differ between versions."""
    return sorted(value) if isinstance(value, list) else value


def _added(
    session: Session, old: Assessment, source: Questionnaire, target: Questionnaire, carried: Iterable[Answer]
) -> int:
    state = standing(
        target, scorable(target, carried), old.year, links_of(session, old, target), old.organisation.industry
    )
    new = [one for name, one in target.questions.items() if name not in source.questions and name in state.asked]
    return sum(one.required for one in new)


def _move(session: Session, moved: Plan, user: User, now: datetime) -> Assessment:
    old, target = moved.assessment, moved.target
    old.status, old.updated_at = "replaced", now
    session.flush()  # the old draft makes room for the new one: there is one open draft at most
    wish = Start(old.slug, target.version, target.digest, old.year, old.scope, old.entities, audited=old.audited)
    made = draft_for(old.organisation_id, user, wish, now)
    made.corrects_id = old.corrects_id
    session.add(made)
    session.flush()
    for answer in moved.carried:
        answer.assessment_id = made.id
        answers.record(session, answer, now, user.id)
    return made
