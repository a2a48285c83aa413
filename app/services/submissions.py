"""Submits an assessment, once, and opens what was submitted."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.errors import ConflictError, InvalidError, NotFoundError
from app.i18n import N_
from app.models import Assessment, Organisation, Role, Submission, User
from app.repositories import assessments, results, submissions
from app.services import access, cohorts
from app.services.assessments import check_draft, opened
from app.services.drafts import Draft, draft_of
from app.services.links import Outdated, merged, outdated
from app.services.review import review
from app.services.standing import scorable
from questionnaires.enterprise import size_class
from questionnaires.faults import Faulty
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire
from scoring.freeze import to_plain

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without I, L, O and U, so that a number read aloud or by eye is not mistaken."""


@dataclass(frozen=True, slots=True)
class Pledge:
    """The pledge of truthfulness as given on the form, and when."""

    name: str
    agreed: bool
    at: datetime

    def faults(self) -> dict[str, str]:
        """Return the message id for each field that is wrong."""
        found = {}
        if not 1 <= len(self.name) <= 80:
            found["name"] = N_("请填写承诺人的姓名（最多 80 个字）。")
        if not self.agreed:
            found["agreed"] = N_("须勾选承诺才能提交；真实性承诺没有“不适用”。")
        return found


class IncompleteError(ConflictError):
    """A required answer is missing, or answers do not fit together; nothing was submitted."""


def submit(session: Session, registry: Registry, user: User, assessment_id: uuid.UUID, pledge: Pledge) -> Submission:
    """Freeze the assessment and return its submission; one that was submitted before is returned as it is.

    Raises `IncompleteError` while a required answer is missing or answers do not fit together, `InvalidError` without the pledge,
    `ConflictError` when the questionnaire is no longer the one that the assessment was started with.
    """
    opened(session, user, assessment_id, Role.EDITOR)
    assessment = assessments.lock(session, assessment_id)
    if assessment is None:
        raise NotFoundError("没有找到这个页面。")
    if done := submissions.of_assessment(session, assessment_id):
        return done
    check_draft(assessment)
    if faults := pledge.faults():
        raise InvalidError("还没有提交：请先完成真实性承诺。", faults)
    draft = draft_of(session, registry, user, assessment)
    checked = review(draft)
    if checked.gaps:
        raise IncompleteError(N_("还没有提交：有必答题没有答完。"))
    if not checked.ready:
        raise IncompleteError(N_("还没有提交：有数据对不上，须先改正，或在题下写明原因。"))
    return _freeze(session, draft, _frozen(draft, user, pledge))


def _frozen(draft: Draft, user: User, pledge: Pledge) -> Submission:
    assessment, result = draft.assessment, draft.standing.result
    return Submission(
        assessment_id=assessment.id,
        organisation_id=assessment.organisation_id,
        slug=result.slug,
        version=result.version,
        digest=result.digest,
        engine_version=result.engine_version,
        number=report_number(),
        year=assessment.year,
        scope=assessment.scope,
        submitted_at=pledge.at,
        submitted_by=user.id,
        pledged_by=pledge.name,
        enterprise=profile(assessment.organisation, assessment),
        answers=merged(draft.questionnaire, scorable(draft.questionnaire, draft.stored.values()), result),
        notes={name: answer.note for name, answer in draft.stored.items() if answer.note},
        result=to_plain(result),
        outcome=result.outcome,
        level=result.level,
        score=result.score,
    )


def _freeze(session: Session, draft: Draft, made: Submission) -> Submission:
    assessment = draft.assessment
    session.add(made)
    session.flush()
    if assessment.corrects_id:
        submissions.supersede(session, assessment.corrects_id, made, made.submitted_at)
    assessment.status = "submitted"
    assessment.updated_at = made.submitted_at
    if made.slug == cohorts.SLUG:
        results.replace(session, cohorts.record(made))
    return made


def report_number() -> str:
    """Return a new report number: 80 random bits in Crockford's base 32."""
    letters = "".join(secrets.choice(CROCKFORD) for _ in range(16))
    return "SM-" + "-".join(letters[place : place + 4] for place in range(0, 16, 4))


def profile(organisation: Organisation, assessment: Assessment) -> dict[str, Any]:
    """Return the enterprise and the frame of the figures as they are now."""
    return {
        "name": organisation.name,
        "uscc": organisation.uscc,
        "region": organisation.region,
        "industry": organisation.industry,
        "staff": organisation.staff,
        "revenue": organisation.revenue,
        "size": size_class(organisation.staff, organisation.revenue),
        "year": assessment.year,
        "scope": assessment.scope,
        "entities": assessment.entities,
        "audited": assessment.audited,
    }


@dataclass(frozen=True)
class Seen:
    """A submission as a member sees it, with the submissions before and after it."""

    submission: Submission
    replaced: Submission | None
    replaced_by: Submission | None
    may_correct: bool
    outdated: tuple[Outdated, ...] = ()
    """What it was read from and is superseded by now."""


def seen(session: Session, user: User, submission_id: uuid.UUID) -> Seen:
    """Return a submission to a member of its enterprise; strangers get `NotFoundError`."""
    found = submissions.find(session, submission_id)
    if found is None:
        raise NotFoundError("没有找到这个页面。")
    role = access.member(session, user, found.organisation_id).role
    later = submissions.find(session, found.superseded_by_id) if found.superseded_by_id else None
    may_correct = later is None and access.allows(role, Role.EDITOR)
    return Seen(found, submissions.replaced_by(session, found.id), later, may_correct, outdated(session, found))


def questionnaire_of(registry: Registry, submission: Submission) -> Questionnaire:
    """Return the questionnaire that was submitted; `ConflictError` when this installation has it no longer, or with other content."""
    try:
        found = registry.get(submission.slug, submission.version)
    except Faulty:
        found = None
    if found is None or found.digest != submission.digest:
        raise ConflictError(
            "本机没有提交时所用的问卷 %(slug)s %(version)s，或其内容已被改动，不能显示这份结果的文字。"
            "冻结的结果没有变；请管理员装回原来的文件。",
            slug=submission.slug,
            version=submission.version,
        )
    return found
