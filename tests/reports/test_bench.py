"""`servimeter bench` runs and prints what it promises; how fast it is depends on the machine and is not tested."""

from __future__ import annotations

import re
import subprocess
import sys

from click.testing import CliRunner
from report_samples import FOREIGN

from app.cli import main

INDEX = FOREIGN / "service-index" / "examples" / "repairer.yaml"


def run(*arguments):
    return CliRunner().invoke(main, ["bench", *map(str, arguments)])


def test_bench_report_against_chromium():
    # In a process of its own, as people run it: in this one the browser tests may have Playwright at work, which runs once a thread.
    command = ["-m", "app.cli", "bench", "report", INDEX, "--path", FOREIGN, "--repeats", "1"]
    done = subprocess.run([sys.executable, *command], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^cold +[\d.]+ s", done.stdout, re.MULTILINE)
    assert re.search(r"^warm +[\d.]+ s \(median of 1\), \d+ pages, \d+ bytes", done.stdout, re.MULTILINE)
    ratio = re.search(r"^ratio +([\d.]+)$", done.stdout, re.MULTILINE)
    assert float(ratio[1]) > 0


def test_without_a_browser_the_rest_is_still_measured(monkeypatch):
    monkeypatch.setattr("app.cli._chromium.shutil.which", lambda _: None)
    monkeypatch.delenv("SERVIMETER_CHROMIUM", raising=False)
    done = run("report", INDEX, "--path", FOREIGN, "--repeats", 1)
    assert done.exit_code == 0, done.output
    assert "SERVIMETER_CHROMIUM" in done.stderr
    assert "ratio" not in done.stdout


def test_bench_scoring_prints_the_single_time_and_the_ratio():
    done = run("scoring", "--rows", 2000, "--runs", 3)
    assert done.exit_code == 0, done.output
    assert re.search(r"^single +[\d.]+ ms with trace", done.output, re.MULTILINE)
    assert re.search(r"^ratio [\d.]+$", done.output, re.MULTILINE)
