"""From a frozen submission, or an answer file, to the finished report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from app.i18n import translations
from app.models import Submission
from app.services.engines import engine_of
from app.services.links import Outdated
from app.services.report_data import build
from app.services.report_source import Source
from questionnaires.answers import Answers
from questionnaires.faults import Faulty
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire
from reports import data, pdf
from reports.words import LOCALE
from scoring.engine import score
from scoring.freeze import from_plain, to_plain
from scoring.result import Result

Progress = Callable[[int], None]


class QuestionnaireGoneError(Exception):
    """The questionnaire of a submission is not here, or not with the content it had."""


def render(source: Source, language: data.Language, progress: Progress = lambda _: None) -> pdf.Pdf:
    """Return the report as a file; `progress` hears the percentage now and then."""
    return pdf.render(build(source, language), translations(language, LOCALE).gettext, progress)


def of_submission(
    submission: Submission, registry: Registry, made_at: datetime, outdated: Iterable[Outdated] = ()
) -> Source:
    """Return what the report of a submission is made from; `outdated` is what it read and was corrected since.

    Raises `QuestionnaireGoneError`.
    """
    questionnaire = _as_it_was(submission, registry)
    standing = data.Standing(
        made_at=made_at,
        engine_version=submission.engine_version,
        number=submission.number,
        submitted_at=submission.submitted_at,
        pledged_by=submission.pledged_by,
        superseded=submission.superseded_by_id is not None,
        outdated=tuple((one.source.number, one.later.number) for one in outdated),
    )
    result = from_plain(submission.result)
    return Source(
        questionnaire=questionnaire,
        result=result,
        answers=submission.answers,
        enterprise={**submission.enterprise, "year": submission.year, "scope": submission.scope},
        standing=standing,
        frozen=_frozen(submission),
        notes=submission.notes,
        linked=dict(_linked(result, registry)),
    )


def _linked(result: Result, registry: Registry) -> Iterator[tuple[str, Questionnaire]]:
    """Yield the questionnaires that figures were read from; one that is gone is left out, its id has to do."""
    for step in result.trace:
        if step.rule == "linked" and step.detail["source"].get("version"):
            slug, version = step.detail["source"]["slug"], step.detail["source"]["version"]
            with suppress(Faulty):
                yield f"{slug} {version}", registry.get(slug, version)


def _as_it_was(submission: Submission, registry: Registry) -> Questionnaire:
    try:
        found = registry.get(submission.slug, submission.version)
    except Faulty as error:
        raise QuestionnaireGoneError(f"{submission.slug} {submission.version}") from error
    if found.digest != submission.digest:
        raise QuestionnaireGoneError(f"{submission.slug} {submission.version}: {found.digest} ≠ {submission.digest}")
    return found


def _frozen(submission: Submission) -> bytes:
    return _json(
        {
            "number": submission.number,
            "submitted_at": submission.submitted_at.isoformat(),
            "questionnaire": submission.slug,
            "version": submission.version,
            "digest": submission.digest,
            "enterprise": submission.enterprise,
            "year": submission.year,
            "scope": submission.scope,
            "answers": submission.answers,
            "notes": submission.notes,
            "result": submission.result,
        }
    )


def of_file(answers: Answers, made_at: datetime) -> Source:
    """Return what the report of an answer file is made from: scored here, with gaps as intervals."""
    file, questionnaire = answers.file, answers.questionnaire
    result = score(engine_of(questionnaire), file.answers, year=file.year, industry=file.enterprise.industry)
    enterprise = {
        "name": {"zh": file.enterprise.name.text.zh, "en": file.enterprise.name.text.en},
        "uscc": file.enterprise.uscc,
        "region": file.enterprise.region,
        "industry": file.enterprise.industry,
        "staff": file.enterprise.staff,
        "revenue": file.enterprise.revenue,
        "year": file.year,
        "scope": file.scope,
        "entities": file.entities or "",
        "audited": file.audited,
    }
    written: dict[str, Any] = {
        "questionnaire": questionnaire.slug,
        "version": questionnaire.version,
        "digest": questionnaire.digest,
    }
    written |= {"enterprise": enterprise, "answers": dict(file.answers), "notes": dict(file.notes)}
    return Source(
        questionnaire=questionnaire,
        result=result,
        answers=file.answers,
        enterprise=enterprise,
        standing=data.Standing(made_at=made_at, engine_version=result.engine_version),
        frozen=_json(written | {"result": to_plain(result)}),
        notes=file.notes,
        illustrative=file.illustrative,
    )


def _json(plain: Mapping[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode()
