"""Reports as jobs: asked for by members, claimed by workers, kept when done.

A worker holds a report by a lease. One that dies leaves the lease to run out, and another worker takes the report up; `attempts` fences off
the first, should it come back. After `MAX_ATTEMPTS` the report fails with a reason and can be asked for again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import ConflictError, InvalidError, NotFoundError
from app.i18n import LANGUAGES
from app.models import Report, ReportStatus, Submission, User
from app.repositories import reports, submissions
from app.services import access
from reports.pdf import Pdf

MAX_ATTEMPTS = 3
ABANDONED, BROKEN, UNAVAILABLE = "abandoned", "broken", "unavailable"
"""Why a report failed: its workers died, rendering raised, or the questionnaire is not here as it was."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A report that this worker holds; `attempt` tells it from later holders."""

    report_id: uuid.UUID
    submission_id: uuid.UUID
    language: str
    attempt: int


def ask(session: Session, user: User, submission_id: uuid.UUID, language: str, now: datetime) -> Report:
    """Return the report of a submission in a language, queued if there was none or the last try failed."""
    if language not in LANGUAGES:
        raise InvalidError("请选择报告的语言。")
    visible_submission(session, user, submission_id)
    found = reports.in_language(session, submission_id, language) or _insert(session, submission_id, language, now)
    if found.status == ReportStatus.FAILED:
        _queue(found)
    return found


def visible_submission(session: Session, user: User, submission_id: uuid.UUID) -> Submission:
    """Return a submission to a member of its enterprise; strangers get `NotFoundError`."""
    found = submissions.find(session, submission_id)
    if found is None:
        raise NotFoundError("没有找到这个页面。")
    access.member(session, user, found.organisation_id)
    return found


def opened(session: Session, user: User, report_id: uuid.UUID) -> tuple[Report, Submission]:
    """Return a report and its submission to a member of the enterprise; strangers get `NotFoundError`."""
    found = reports.find(session, report_id)
    if found is None:
        raise NotFoundError("没有找到这个页面。")
    return found, visible_submission(session, user, found.submission_id)


def file(session: Session, user: User, report_id: uuid.UUID) -> tuple[Report, Submission]:
    """Return a finished report with its bytes; `ConflictError` while it is not finished."""
    _, submission = opened(session, user, report_id)
    found = reports.with_file(session, report_id)
    if found is None or found.status != ReportStatus.DONE:
        raise ConflictError("报告还没有生成好。")
    return found, submission


def _insert(session: Session, submission_id: uuid.UUID, language: str, now: datetime) -> Report:
    """Add the row, or return the one that a second click added in the same moment."""
    made = Report(submission_id=submission_id, language=language, status=ReportStatus.QUEUED, created_at=now)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        found = reports.in_language(session, submission_id, language)
        if found is None:
            raise
        return found
    return made


def _queue(report: Report) -> None:
    report.status, report.attempts, report.progress, report.error = ReportStatus.QUEUED, 0, 0, ""
    report.lease_until = report.finished_at = None


def claim(session: Session, now: datetime, lease: timedelta) -> Claim | None:
    """Take up the oldest waiting report, None if there is none. One that has used up its attempts fails instead."""
    while (found := reports.next_waiting(session, now)) is not None:
        if found.attempts >= MAX_ATTEMPTS:
            _fail(found, found.error or ABANDONED, now)
            session.flush()
            continue
        found.status, found.progress = ReportStatus.RENDERING, 0
        found.attempts += 1
        found.lease_until = now + lease
        return Claim(found.id, found.submission_id, found.language, found.attempts)
    return None


def report_progress(session: Session, held: Claim, percent: int, lease_until: datetime) -> bool:
    """Note how far a claim is and extend its lease; False when it is no longer ours."""
    found = _held(session, held)
    if found is not None:
        found.progress, found.lease_until = percent, lease_until
    return found is not None


def finish(session: Session, held: Claim, pdf: Pdf, now: datetime) -> bool:
    """Store the file; False when the claim is no longer ours, and nothing changes."""
    found = _held(session, held)
    if found is None:
        return False
    found.pdf, found.sha256, found.pages = pdf.data, pdf.sha256, pdf.pages
    found.status, found.progress, found.error = ReportStatus.DONE, 100, ""
    found.finished_at, found.lease_until = now, None
    return True


def give_up(session: Session, held: Claim, reason: str, now: datetime) -> None:
    """Note that rendering failed: another attempt, unless they are used up or would not help."""
    found = _held(session, held)
    if found is None:
        return
    if reason == UNAVAILABLE or found.attempts >= MAX_ATTEMPTS:
        _fail(found, reason, now)
        return
    found.status, found.error, found.lease_until = ReportStatus.QUEUED, reason, None


def _held(session: Session, held: Claim) -> Report | None:
    found = reports.lock(session, held.report_id)
    ours = found is not None and found.status == ReportStatus.RENDERING and found.attempts == held.attempt
    return found if ours else None


def _fail(report: Report, reason: str, now: datetime) -> None:
    report.status, report.error, report.finished_at, report.lease_until = ReportStatus.FAILED, reason, now, None
