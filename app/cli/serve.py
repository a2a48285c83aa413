"""`servimeter serve`: the web server with its report workers."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from types import TracebackType
from typing import Self

import click
import structlog
import uvicorn

from app.cli.demo import put_in
from app.config import Settings, settings
from app.db import Database
from app.main import create_app
from app.migrate import migrate

WORKER = (sys.executable, "-m", "app.cli", "worker")
RESTART_SECONDS = 3.0
STOP_SECONDS = 10.0

log = structlog.get_logger()


@click.command()
@click.option("--host", help="监听的地址；默认取 SERVIMETER_HOST / Address to listen on; SERVIMETER_HOST by default.")
@click.option("--port", type=int, help="监听的端口；默认取 SERVIMETER_PORT / Port; SERVIMETER_PORT by default.")
@click.option("--demo", is_flag=True, help="空数据库时载入示例数据 / Load demo data into an empty database.")
def serve(host: str | None, port: int | None, demo: bool) -> None:
    """更新数据库，启动报告进程并提供网页服务 / Migrate the database, start the report workers and serve."""
    run(with_address(settings(), host, port), demo=demo)


def with_address(chosen: Settings, host: str | None, port: int | None) -> Settings:
    """Return the settings with the address given on the command line."""
    given = {"host": host, "port": port}
    return chosen.model_copy(update={key: value for key, value in given.items() if value is not None})


def run(chosen: Settings, *, demo: bool = False) -> None:
    """Migrate, load the demo if asked, start the workers, serve until stopped, stop the workers."""
    database = Database(chosen.database_url)
    migrate(database)
    if demo:
        put_in(database, chosen)
    database.close()
    app = create_app(chosen)
    click.echo(f"http://{chosen.host}:{chosen.port}")
    # uvicorn raises the signal again once it has stopped; as an exception it lets the workers be stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with Workers(chosen.workers):
        uvicorn.run(app, host=chosen.host, port=chosen.port, log_level="warning", server_header=False)


class Workers:
    """Report workers as child processes; one that dies is started again, and all end with the server."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._children: list[subprocess.Popen[bytes]] = []
        self._ending = threading.Event()
        self._watch = threading.Thread(target=self._keep, name="worker watch", daemon=True)

    def __enter__(self) -> Self:
        """Start them."""
        self._children = [_start() for _ in range(self._number)]
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ask them to stop, and end those that do not."""
        self._ending.set()
        self._watch.join()
        for child in self._children:
            child.terminate()
        for child in self._children:
            _await(child)

    def _keep(self) -> None:
        while not self._ending.wait(RESTART_SECONDS):
            for index, child in enumerate(self._children):
                if child.poll() is not None:
                    log.warning("report worker ended, starting another", code=child.returncode)
                    self._children[index] = _start()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(WORKER)  # noqa: S603


def _await(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
