"""`servimeter serve` as a process of its own: migrates, answers, keeps its workers alive, and takes them along."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'served.db'}"}
    process = subprocess.Popen([sys.executable, "-m", "app.cli", "serve", "--port", str(port)], env=environment)
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


def test_it_serves_and_ends_with_its_workers(server: tuple[subprocess.Popen[bytes], str]) -> None:
    process, address = server
    wait(lambda: answers(address), 30)
    (worker,) = wait(lambda: children(process.pid), 10)
    os.kill(worker, signal.SIGKILL)
    (another,) = wait(lambda: [pid for pid in children(process.pid) if pid != worker], 10)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) in {0, -signal.SIGTERM}
    assert not Path(f"/proc/{another}").exists()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except OSError:
        return False


def children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = stat.read_text().rsplit(")", 1)
        except OSError:
            continue
        state, parent = rest.split()[:2]
        if int(parent) == pid and state != "Z":
            found.append(int(name.split()[0]))
    return found


def wait(ready: Callable[[], object], seconds: float) -> list[int]:
    deadline = time.monotonic() + seconds
    while not (found := ready()):
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)
    return found if isinstance(found, list) else []
