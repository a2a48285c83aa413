"""A real server in a process of its own on each database, and a real Chromium; patient, since test machines may be slow."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

FOREIGN = Path(__file__).parent.parent / "foreign"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # describing what passes takes axe as long again
}
PATIENCE = 30.0  # seconds
expect.set_options(timeout=PATIENCE * 1000)


@dataclass(frozen=True)
class Site:
    """A running server."""

    url: str
    database_url: str


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sqlite_site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with its report worker, the questionnaires of `tests/foreign` beside the built-in ones."""
    file = tmp_path_factory.mktemp("site") / "servimeter.db"
    shutil.copy(sqlite_template, file)
    with serving(f"sqlite:///{file}") as url:
        yield Site(url, f"sqlite:///{file}")


@pytest.fixture(scope="session")
def postgresql_site(new_postgres: Callable[[], str]) -> Iterator[Site]:
    """The same on a PostgreSQL database of its own: its worker must not take the jobs of other tests."""
    database_url = new_postgres()
    with serving(database_url) as url:
        yield Site(url, database_url)


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, empty: Callable[[str], None]) -> Iterator[Site]:
    """Such a server on each database with nobody in it."""
    found: Site = request.getfixturevalue(f"{request.param}_site")
    empty(found.database_url)
    yield found
    empty(found.database_url)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visiting(browser) as page:
        yield page


@contextmanager
def visiting(browser: Browser, *, javascript: bool = True, width: int = 1440) -> Iterator[Page]:
    """Open a browser profile of its own; an error on its console fails the test."""
    context: BrowserContext = browser.new_context(
        java_script_enabled=javascript, viewport={"width": width, "height": 900}
    )
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    assert [text for text in complaints if "Failed to load resource" not in text] == []


@contextmanager
def serving(database_url: str, *, demo: bool = False, **environment: str) -> Iterator[str]:
    """Run `servimeter serve` as a newcomer would and wait until it answers."""
    port = _free_port()
    settings = {
        "DATABASE_URL": database_url,
        "SERVIMETER_QUESTIONNAIRES": f'["{FOREIGN}"]',
        "SERVIMETER_DEMO_FIRMS": "300",
        **environment,
    }
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port), *(["--demo"] if demo else [])]
    process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _await(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _await(url: str, process: subprocess.Popen[bytes], seconds: float = 2 * PATIENCE) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended before it answered"
        try:
            urllib.request.urlopen(f"{url}/health", timeout=2).close()  # noqa: S310 - our own server
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not answer in time")
