"""`servimeter worker`: a process that renders reports."""

from __future__ import annotations

import signal
from datetime import timedelta

import click

from app import logs
from app.config import settings
from app.db import Database
from app.services.report_worker import Worker
from questionnaires.registry import Registry
from reports.pdf import warm_up


@click.command()
@click.option("--once", is_flag=True, help="做完排着队的报告就结束 / End when the queue is empty.")
def worker(*, once: bool) -> None:
    """生成排队的报告；可以同时运行多个 / Render queued reports; several may run side by side."""
    chosen = settings()
    logs.configure(production=chosen.production)
    database = Database(chosen.database_url)
    made = Worker(database, Registry(chosen.questionnaires), timedelta(seconds=chosen.report_lease_seconds))
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: made.stopping.set())
    warm_up()
    try:
        if once:
            while made.work_once() and not made.stopping.is_set():
                pass
        else:
            made.run()
    finally:
        database.close()
