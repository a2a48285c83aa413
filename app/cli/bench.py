"""`servimeter bench`: how long a report and a scoring take on this machine."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import click

from app.cli._chromium import Chromium
from app.cli.options import path_option
from app.cli.score import read_answers
from app.clock import now
from app.config import ROOT
from app.i18n import translations
from app.services.engines import engine_of
from app.services.report_data import build
from app.services.report_render import of_file
from reports.html import page, stylesheet
from reports.pdf import Pdf, from_html, warm_up
from reports.words import LOCALE
from scoring.bench import bench_scoring, bench_single

if TYPE_CHECKING:
    from reports.data import Language, Report

EXAMPLES = ROOT / "questionnaires" / "enterprise-evaluation" / "examples"
EXAMPLE = EXAMPLES / "compressor-group.yaml"
REPEATS = 9


@click.group()
def bench() -> None:
    """测量速度 / Measure speed."""


@bench.command("report")
@click.argument("answers", type=click.Path(path_type=Path), default=EXAMPLE)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
@click.option("--repeats", type=click.IntRange(1), default=REPEATS, help="交替测量的次数 / Interleaved repeats.")
@click.option("--chromium/--no-chromium", default=True, help="与 Chromium 打印同一页面相比 / Compare with Chromium.")
@path_option
def measure_report(answers: Path, lang: Language, repeats: int, *, chromium: bool, paths: tuple[Path, ...]) -> None:
    """生成报告：冷、热的秒数，页数，字节，与 Chromium 之比 / Rendering: cold and warm seconds, pages, bytes, ratio to Chromium."""
    made = build(of_file(read_answers(answers, paths, lang), now()), lang)
    html = page(made, translations(lang, LOCALE).gettext)
    click.echo(f"cold     {_cold(answers, paths, lang):.2f} s (new process: start, read, score, render, write)")
    warm_up()
    with _printer(html, wanted=chromium) as printer:
        pairs = [(_timed_render(html, made), printer.timed() if printer else None) for _ in range(repeats)]
    first = pairs[0][0][1]
    click.echo(
        f"warm     {median(one[0][0] for one in pairs):.2f} s (median of {repeats}), {first.pages} pages, {len(first.data)} bytes"
    )
    printed = [(ours[0], theirs) for ours, theirs in pairs if theirs is not None]
    if printed:
        click.echo(
            f"chromium {median(theirs.seconds for _, theirs in printed):.2f} s, {printed[0][1].pages} pages, {printed[0][1].size} bytes"
        )
        click.echo(f"ratio    {median(ours / theirs.seconds for ours, theirs in printed):.2f}")


def _cold(answers: Path, paths: tuple[Path, ...], lang: str) -> float:
    """Return the seconds of a whole `servimeter report` in a process of its own."""
    extra = [part for path in paths for part in ("--path", str(path))]
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "app.cli",
            "report",
            str(answers),
            "-o",
            f"{folder}/report.pdf",
            "--lang",
            lang,
            *extra,
        ]
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
        return time.perf_counter() - start


def _timed_render(html: str, report: Report) -> tuple[float, Pdf]:
    start = time.perf_counter()
    made = from_html(html, report)
    return time.perf_counter() - start, made


@contextmanager
def _printer(html: str, *, wanted: bool) -> Iterator[Chromium | None]:
    """Yield a warm Chromium that prints the same page with the same style sheet, None when it is not wanted or not there."""
    if not wanted:
        yield None
        return
    try:
        made = Chromium(html.replace("</head>", f"<style>{stylesheet()}</style></head>"))
    except (ImportError, FileNotFoundError) as error:
        click.echo(f"没有比较 Chromium：{error} / not compared with Chromium", err=True)
        yield None
        return
    with made:
        made.timed()
        yield made


@bench.command("scoring")
@click.option("--rows", type=click.IntRange(1), default=1_000_000)
@click.option("--seed", type=int, default=20260101)
@click.option("--runs", type=click.IntRange(1), default=1000, help="单份计分的次数 / Runs of a single assessment.")
@click.argument("answers", type=click.Path(path_type=Path), default=EXAMPLE)
@path_option
def measure_scoring(answers: Path, rows: int, seed: int, runs: int, paths: tuple[Path, ...]) -> None:
    """计分：一份（含全部步骤）与一百万份，用 ANSWERS 的问卷 / Scoring ANSWERS with its trace, and a million of its questionnaire."""
    read = read_answers(answers, paths, "zh")
    questionnaire = read.questionnaire
    compiled = engine_of(questionnaire)
    click.echo(f"{questionnaire.slug} {questionnaire.version}")
    single = bench_single(compiled, read.file.answers, runs=runs, clock=time.perf_counter)
    click.echo(
        f"single   {single.median_seconds * 1000:.2f} ms with trace (median of {single.runs}, best {single.best_seconds * 1000:.2f} ms)"
    )
    found = bench_scoring(compiled, rows=rows, seed=seed, clock=time.perf_counter)
    click.echo(
        f"engine   {found.engine_seconds:.3f} s for {found.rows} rows (median of {found.repeats}, chunks of {found.chunk})"
    )
    click.echo(
        f"baseline {found.baseline_seconds:.3f} s ({found.code_columns} code columns, {found.number_columns} number columns)"
    )
    click.echo(f"ratio {found.ratio:.2f}")
