"""A frozen submission as the values that its page and its report show."""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock

from app.models import Submission
from app.services.report_data import Source, build
from app.services.submissions import questionnaire_of
from questionnaires.registry import Registry
from reports import data
from scoring.freeze import from_plain

KEPT = 64
_kept: OrderedDict[tuple[object, ...], data.Report] = OrderedDict()
_lock = Lock()


def report_of(registry: Registry, submission: Submission, language: data.Language) -> data.Report:
    """Return the submission in words; a frozen one never changes, so the latest few are kept. Errors as `questionnaire_of`."""
    key = (submission.id, submission.superseded_by_id, language)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = build(source_of(registry, submission), language)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def source_of(registry: Registry, submission: Submission) -> Source:
    """Return what a report of the submission is made from."""
    return Source(
        questionnaire=questionnaire_of(registry, submission),
        result=from_plain(submission.result),
        answers=submission.answers,
        notes=submission.notes,
        enterprise=submission.enterprise,
        standing=data.Standing(
            made_at=submission.submitted_at,
            engine_version=submission.engine_version,
            number=submission.number,
            submitted_at=submission.submitted_at,
            pledged_by=submission.pledged_by,
            superseded=submission.superseded_by_id is not None,
        ),
        frozen=frozen(submission),
    )


def frozen(submission: Submission) -> bytes:
    """Return the submission as the JSON that goes with its report."""
    plain = {
        "number": submission.number,
        "submitted_at": submission.submitted_at.isoformat(),
        "pledged_by": submission.pledged_by,
        "enterprise": submission.enterprise,
        "answers": submission.answers,
        "notes": submission.notes,
        "result": submission.result,
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1).encode()
