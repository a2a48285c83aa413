"""What an enterprise has: its drafts and submissions, by year."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from app.errors import ConflictError
from app.models import Assessment, Submission, User
from app.repositories import assessments, submissions
from app.services import access
from app.services.drafts import Draft, draft_of
from app.services.restarts import successor
from questionnaires.faults import Faulty
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire


@dataclass(frozen=True)
class Line:
    """An assessment: a draft with its state, or a submission. `questionnaire` is None where this installation lacks it."""

    assessment: Assessment
    questionnaire: Questionnaire | None
    draft: Draft | None
    submission: Submission | None
    successor: Assessment | None
    """What a replaced draft was moved to."""


@dataclass(frozen=True)
class Year:
    """The assessments of a year, what is current before what was superseded or replaced."""

    year: int
    lines: tuple[Line, ...]


def dashboard(session: Session, registry: Registry, user: User, organisation_id: uuid.UUID) -> list[Year]:
    """Return the assessments of an enterprise to a member, the latest year first."""
    access.member(session, user, organisation_id)
    done = {one.assessment_id: one for one in submissions.of_organisation(session, organisation_id)}
    lines = [
        _line(session, registry, user, one, done.get(one.id))
        for one in assessments.of_organisation(session, organisation_id)
    ]
    return [
        Year(year, tuple(sorted(group, key=_order)))
        for year, group in groupby(lines, lambda line: line.assessment.year)
    ]


def _line(session: Session, registry: Registry, user: User, assessment: Assessment, done: Submission | None) -> Line:
    questionnaire = next(_known(registry, assessment), None)
    draft = None
    if assessment.status == "draft" and questionnaire:
        try:
            draft = draft_of(session, registry, user, assessment)
        except ConflictError:
            draft = None  # its page says what is wrong
    return Line(assessment, questionnaire, draft, done, successor(session, assessment))


def _known(registry: Registry, assessment: Assessment) -> Iterator[Questionnaire]:
    try:
        yield registry.get(assessment.slug, assessment.version)
    except Faulty:
        return


def _order(line: Line) -> tuple[int, float]:
    superseded = line.submission is not None and line.submission.superseded_by_id is not None
    closed = superseded or line.assessment.status == "replaced"
    return (2 if closed else 1 if line.submission else 0), -line.assessment.updated_at.timestamp()
