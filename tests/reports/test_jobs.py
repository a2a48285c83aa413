"""Claims, leases and attempts; then real worker processes, one of them killed."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from pypdf import PdfReader
from report_jobs import stored
from report_samples import EXAMPLES, FOREIGN, registry

from app.clock import now
from app.models import Report, ReportStatus
from app.repositories import reports as rows
from app.services import reports
from app.services.report_worker import Worker
from reports.pdf import Pdf

LEASE = timedelta(seconds=60)
FILE = Pdf(b"%PDF", 3)


@pytest.fixture
def place(database, source):
    return stored(database, source(FOREIGN / "service-index" / "examples" / "repairer.yaml"))


@pytest.fixture
def queued(database, place):
    return asked(database, place)


def asked(database, place, language="zh"):
    with database.writing() as session:
        return reports.ask(session, place.people["owner"], place.submission, language, now()).id


def row(database, report_id):
    with database.reading() as session:
        return rows.with_file(session, report_id)


def claimed(database, at=None):
    with database.writing() as session:
        return reports.claim(session, at or now(), LEASE)


def worker(database):
    return Worker(database, registry(), LEASE)


def test_asking_twice_finds_the_same_report(database, place):
    assert asked(database, place) == asked(database, place)
    assert asked(database, place) != asked(database, place, "en")


def test_a_worker_renders_and_stores_once(database, place, queued):
    assert worker(database).work_once()
    done = row(database, queued)
    assert (done.status, done.progress, done.error) == (ReportStatus.DONE, 100, "")
    assert len(PdfReader(io.BytesIO(done.pdf)).pages) == done.pages
    assert not worker(database).work_once(), "nothing is left to do"
    assert asked(database, place) == queued
    assert row(database, queued).status == ReportStatus.DONE


def test_a_claim_is_ours_alone_until_its_lease_runs_out(database, queued):
    held = claimed(database)
    assert held.report_id == queued
    assert claimed(database) is None
    again = claimed(database, now() + LEASE + timedelta(seconds=1))
    assert (again.report_id, again.attempt) == (queued, 2)


def test_a_worker_that_comes_back_late_changes_nothing(database, queued):
    late = claimed(database)
    claimed(database, now() + LEASE * 2)
    with database.writing() as session:
        assert not reports.finish(session, late, FILE, now())
        assert not reports.report_progress(session, late, 99, now())
        reports.give_up(session, late, reports.BROKEN, now())
    kept = row(database, queued)
    assert (kept.status, kept.attempts, kept.pdf, kept.progress) == (ReportStatus.RENDERING, 2, None, 0)


def test_progress_extends_the_lease(database, queued):
    held, later = claimed(database), now() + LEASE * 3
    with database.writing() as session:
        assert reports.report_progress(session, held, 40, later)
    assert claimed(database, now() + LEASE * 2) is None
    assert row(database, queued).progress == 40


def test_workers_that_keep_dying_end_in_a_failure_that_can_be_tried_again(database, place, queued):
    at = now()
    for _ in range(reports.MAX_ATTEMPTS):
        assert claimed(database, at) is not None
        at += LEASE * 2
    assert claimed(database, at) is None
    failed = row(database, queued)
    assert (failed.status, failed.error) == (ReportStatus.FAILED, reports.ABANDONED)
    assert asked(database, place) == queued
    assert (row(database, queued).status, row(database, queued).attempts) == (ReportStatus.QUEUED, 0)


def test_a_rendering_that_raises_is_tried_again_then_fails(database, queued, monkeypatch):
    def broken(*_):
        msg = "no fonts"
        raise RuntimeError(msg)

    monkeypatch.setattr("app.services.report_render.render", broken)
    for attempt in range(1, reports.MAX_ATTEMPTS + 1):
        assert worker(database).work_once()
        assert row(database, queued).attempts == attempt
    assert (row(database, queued).status, row(database, queued).error) == (ReportStatus.FAILED, reports.BROKEN)


def test_a_changed_questionnaire_fails_at_once(database, queued, place):
    from app.repositories import submissions  # noqa: PLC0415

    with database.writing() as session:
        submissions.find(session, place.submission).digest = "0" * 64
    worker(database).work_once()
    failed = row(database, queued)
    assert (failed.status, failed.error, failed.attempts) == (ReportStatus.FAILED, reports.UNAVAILABLE, 1)


def test_the_oldest_comes_first(database, place, queued):
    later = asked(database, place, "en")
    assert [claimed(database).report_id, claimed(database).report_id] == [queued, later]


@pytest.fixture
def start(database_url):
    """Start a worker process on this database; all that are left end with the test."""
    children = []

    def begin(*arguments, **settings):
        environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "SERVIMETER_QUESTIONNAIRES": f'["{FOREIGN}"]',
            **settings,
        }
        child = subprocess.Popen([sys.executable, "-m", "app.cli", "worker", *arguments], env=environment)
        children.append(child)
        return child

    yield begin
    for child in children:
        child.kill()
        child.wait()


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "took too long"
        time.sleep(0.02)


def test_a_report_survives_the_kill_of_its_worker(database, source, start):
    place = stored(database, source(EXAMPLES / "furniture-maker.yaml"))
    report_id = asked(database, place)
    first = start(SERVIMETER_REPORT_LEASE_SECONDS="4")
    until(lambda: row(database, report_id).progress >= 5)
    first.send_signal(signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    assert row(database, report_id).status == ReportStatus.RENDERING, "killed in the middle"
    second = start()
    until(lambda: row(database, report_id).status == ReportStatus.DONE)
    done = row(database, report_id)
    assert done.attempts == 2
    assert len(PdfReader(io.BytesIO(done.pdf)).pages) == done.pages > 15
    second.terminate()
    assert second.wait(10) == 0, "a worker that is asked to stop ends cleanly"


def test_two_workers_share_the_queue_and_do_nothing_twice(database, place, start):
    wanted = [asked(database, place, language) for language in ("zh", "en")]
    workers = [start("--once"), start("--once")]
    assert [one.wait(60) for one in workers] == [0, 0]
    done = [row(database, report_id) for report_id in wanted]
    assert [(one.status, one.attempts) for one in done] == [(ReportStatus.DONE, 1)] * 2


def test_the_row_holds_what_pages_show(database, queued):
    fresh = row(database, queued)
    assert isinstance(fresh, Report)
    assert (fresh.status, fresh.progress, fresh.attempts) == (ReportStatus.QUEUED, 0, 0)
