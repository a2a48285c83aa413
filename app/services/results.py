"""A frozen submission as the values that its page shows: the same as those of its report."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from app.models import Submission
from app.services.report_data import build
from app.services.report_render import of_submission
from app.services.submissions import questionnaire_of
from questionnaires.registry import Registry
from reports import data

KEPT = 64
_kept: OrderedDict[tuple[object, ...], data.Report] = OrderedDict()
_lock = Lock()


def report_of(registry: Registry, submission: Submission, language: data.Language) -> data.Report:
    """Return the submission in words; a frozen one never changes, so the latest few are kept. Errors as `questionnaire_of`."""
    questionnaire_of(registry, submission)
    key = (submission.id, submission.superseded_by_id, language)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = build(of_submission(submission, registry, submission.submitted_at), language)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
