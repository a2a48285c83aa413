"""The loop of a worker process: claim a report, render it, store it, and again."""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from app.clock import now
from app.db import Database
from app.repositories import reports as rows
from app.repositories import submissions
from app.services import report_render, reports
from app.services.links import outdated
from app.services.report_source import Source
from app.services.reports import Claim
from questionnaires.registry import Registry
from reports.data import Language

log = structlog.get_logger()


class LostClaimError(Exception):
    """Another worker has taken the report up meanwhile."""


@dataclass
class Worker:
    """Renders reports one after another until told to stop; finishes the one in hand first."""

    database: Database
    registry: Registry
    lease: timedelta
    pause: float = 0.5
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Work until `stopping` is set."""
        while not self.stopping.is_set():
            if not self.work_once():
                self.stopping.wait(self.pause)

    def work_once(self) -> bool:
        """Take up one report, if there is one, and say whether there was."""
        with self.database.reading() as session:
            if not rows.is_waiting(session, now()):
                return False
        with self.database.writing() as session:
            held = reports.claim(session, now(), self.lease)
        if held is not None:
            self._render(held)
            gc.collect()  # rendering pauses the collector; between reports is the time for it
        return held is not None

    def _render(self, held: Claim) -> None:
        logged = log.bind(report=str(held.report_id), attempt=held.attempt, language=held.language)
        try:
            source = self._source(held)
            made = report_render.render(source, _language(held), lambda percent: self._note(held, percent))
        except LostClaimError:
            logged.warning("report taken up by another worker")
        except report_render.QuestionnaireGoneError as error:
            logged.error("questionnaire of a report is not here", detail=str(error))
            self._give_up(held, reports.UNAVAILABLE)
        except Exception:
            # Whatever it is, the row must say so: a report may not hang because of one bad submission.
            logged.exception("report failed")
            self._give_up(held, reports.BROKEN)
        else:
            with self.database.writing() as session:
                kept = reports.finish(session, held, made, now())
            logged.info("report done", kept=kept, pages=made.pages, bytes=len(made.data))

    def _source(self, held: Claim) -> Source:
        with self.database.reading() as session:
            submission = submissions.find(session, held.submission_id)
            if submission is None:
                raise LostClaimError
            return report_render.of_submission(submission, self.registry, now(), outdated(session, submission))

    def _note(self, held: Claim, percent: int) -> None:
        with self.database.writing() as session:
            if not reports.report_progress(session, held, percent, now() + self.lease):
                raise LostClaimError

    def _give_up(self, held: Claim, reason: str) -> None:
        with self.database.writing() as session:
            reports.give_up(session, held, reason, now())


def _language(held: Claim) -> Language:
    return "en" if held.language == "en" else "zh"
