"""Results: what was submitted, what it means, and every number on the way."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.i18n import translations
from app.services.answer_words import Wording
from app.services.results import report_of
from app.services.submissions import Seen, questionnaire_of, seen
from app.web.dependencies import Db, Questionnaires, SignedIn
from app.web.page import render
from app.web.trace import TraceView
from app.web.visit import visit
from questionnaires.catalogue import catalogue
from reports import measure_sentences, ranking, sentences
from reports.data import Language, Report
from reports.figures import Figures
from reports.words import LOCALE, Words
from scoring.freeze import from_plain

router = APIRouter(prefix="/submissions/{submission_id}")


def find(database: Db, user: SignedIn, submission_id: uuid.UUID) -> Seen:
    """Return the submission to a member of its enterprise."""
    with database.reading() as session:
        return seen(session, user, submission_id)


Found = Annotated[Seen, Depends(find)]


@router.get("")
def result(request: Request, registry: Questionnaires, found: Found) -> Response:
    """Show the level, how far, how sure, why and what next."""
    return _page(request, "assessments/result.html", found, _report(request, registry, found))


@router.get("/trace")
def trace(request: Request, registry: Questionnaires, found: Found) -> Response:
    """Show every number from the answers to the level."""
    questionnaire = questionnaire_of(registry, found.submission)
    wording = Wording(questionnaire, translations(visit(request).language))
    report = _report(request, registry, found)
    view = TraceView(report, from_plain(found.submission.result), found.submission.answers, wording)
    return _page(request, "assessments/trace.html", found, report, trace=view)


def _report(request: Request, registry: Questionnaires, found: Seen) -> Report:
    return report_of(registry, found.submission, cast(Language, visit(request).language))


def _page(request: Request, template: str, found: Seen, report: Report, **more: Any) -> Response:
    words = Words(report, translations(report.language, LOCALE).gettext)
    return render(
        request,
        template,
        seen=found,
        submission=found.submission,
        base=f"/submissions/{found.submission.id}",
        report=report,
        words=words,
        figures=Figures(words),
        sentences=sentences,
        ranking=ranking,
        measures=measure_sentences,
        catalogue=catalogue().by_id,
        group_reasons=dict(_group_reasons(found.submission.answers)),
        **more,
    )


def _group_reasons(answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each group of a checklist that was answered as not applicable, with the reason."""
    for question, value in answers.items():
        if isinstance(value, dict):
            for group, part in value.items():
                if isinstance(part, dict) and isinstance(part.get("na"), str):
                    yield f"{question}.{group}", part["na"]
