"""The dashboard in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.i18n import Translator
from app.services.dashboard import Line, Year
from app.web.interval import IntervalView, interval_view
from app.web.outcome import outcome_words


@dataclass(frozen=True)
class LineView:
    """A row of the dashboard."""

    title: str
    version: str
    edition: str
    scope: str
    href: str
    discard: str
    restart: str
    newer: str
    successor: str
    successor_version: str
    status: str
    changed_at: datetime
    interval: IntervalView | None
    outcome: str
    score: float | None
    decimals: int
    number: str
    corrects: bool
    missing: bool


@dataclass(frozen=True)
class YearView:
    """A year of the dashboard."""

    year: int
    lines: tuple[LineView, ...]


def dashboard_view(year: Year, translator: Translator) -> YearView:
    """Return a year in the visitor's language."""
    return YearView(year.year, tuple(_line(line, translator) for line in year.lines))


def _line(line: Line, translator: Translator) -> LineView:
    assessment, done, questionnaire = line.assessment, line.submission, line.questionnaire
    base = f"/assessments/{assessment.id}"
    edition = questionnaire.edition if questionnaire else None
    return LineView(
        title=questionnaire.title.get(translator.language) if questionnaire else assessment.slug,
        version=assessment.version,
        edition=edition.label.get(translator.language) if edition else "",
        scope=translator.say("合并口径") if assessment.scope == "consolidated" else translator.say("单一主体"),
        href=f"/submissions/{done.id}" if done else base,
        discard="" if done else f"{base}/discard",
        restart=f"{base}/restart",
        newer=line.draft.newer.version if line.draft and line.draft.newer else "",
        successor=f"/assessments/{line.successor.id}" if line.successor else "",
        successor_version=line.successor.version if line.successor else "",
        status="superseded" if done and done.superseded_by_id else assessment.status,
        changed_at=done.submitted_at if done else assessment.updated_at,
        interval=interval_view(line.draft, translator) if line.draft else None,
        outcome=outcome_words(questionnaire, done.outcome, done.level, translator) if done else "",
        score=done.score if done else None,
        decimals=questionnaire.decimals if questionnaire else 2,
        number=done.number if done else "",
        corrects=assessment.corrects_id is not None,
        missing=line.draft is None and assessment.status == "draft",
    )
