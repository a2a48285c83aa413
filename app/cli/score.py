"""`servimeter score`: level, scores and gates of an answer file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from app.cli.measures import lines, with_texts
from app.cli.options import language_option, line, path_option, refuse, registry
from app.clock import now
from app.i18n import N_, translations
from app.services.report_data import build
from app.services.report_render import of_file
from app.services.report_source import Source
from questionnaires.answers import Answers, load_answers
from questionnaires.faults import Faulty
from questionnaires.workbooks.answer_file import load_answer_workbook
from reports import sentences
from reports.data import Language, Value
from reports.words import LOCALE, Words
from scoring.freeze import to_plain
from scoring.result import TraceStep

WORKBOOKS: Final = {".xlsx", ".xlsm", ".xls"}
"""The latter two are read so far as to be refused with their reason."""


_OUTCOMES: Final = {
    "measured": N_("测算完成"),
    "incomplete": N_("数据不全，缺的数各项如下"),
    "vetoed": N_("触发否决，结果不被引用"),
}


@click.command()
@click.argument("answers", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / Print JSON.")
@click.option("--trace", is_flag=True, help="列出每一步计算 / List every step of the calculation.")
@path_option
@language_option
def score(answers: Path, *, as_json: bool, trace: bool, paths: tuple[Path, ...], lang: Language) -> None:
    """给答案文件 ANSWERS（yaml、json 或填好的 xlsx）计分；有空缺时给出区间 / Score ANSWERS; gaps give an interval."""
    read = read_answers(answers, paths, lang)
    source = of_file(read, now())
    if as_json:
        plain = with_texts(to_plain(source.result), source.questionnaire, read.file.year)
        click.echo(json.dumps(plain if trace else {**plain, "trace": []}, ensure_ascii=False, indent=2))
        return
    for row in (*_head(source, lang), *lines(source.questionnaire, source.result, read.file.year, translations(lang))):
        click.echo(row)
    if trace:
        for step in source.result.trace:
            click.echo(_step(step))


def read_answers(path: Path, paths: tuple[Path, ...], lang: str) -> Answers:
    """Return the answers of a file; print all its faults and end the command when there are any."""
    try:
        load = load_answer_workbook if path.suffix.lower() in WORKBOOKS else load_answers
        read = load(path, registry(paths, lang))
    except Faulty as error:
        refuse(error, lang)
    for warning in read.warnings:
        click.echo(line(warning, lang), err=True)
    return read


def _head(source: Source, lang: Language) -> Iterator[str]:
    """Yield what the score comes to; without dimensions there is none."""
    if source.questionnaire.dimensions:
        yield from _rows(Words(build(source, lang), translations(lang, LOCALE).gettext))
        return
    questionnaire, outcome = source.questionnaire, source.result.outcome
    yield f"{questionnaire.title.get(lang)} {questionnaire.version}"
    yield f"{source.enterprise['name'][lang]} · {source.enterprise['year']}"
    yield translations(lang).say(_OUTCOMES[outcome])
    yield from (f"? {name}" for name in source.result.missing)


def _rows(words: Words) -> Iterator[str]:
    report, outcome = words.report, words.report.outcome
    yield f"{report.instrument.title} {report.instrument.version} {report.instrument.edition}".strip()
    yield f"{report.subject.name} · {report.subject.year}"
    yield ""
    yield sentences.headline(words)
    yield f"{words.say('总分')}  {words.either(outcome.score, outcome.interval)}"
    yield words.joined(sentences.verdict(words))
    yield ""
    for dimension in report.dimensions:
        yield _value(words, dimension.value)
        yield from (f"  {_value(words, domain.value)}" for domain in dimension.domains)
    yield ""
    for gate in report.gates:
        yield f"[{sentences.gate_verdict(words, gate)}] {gate.name} ({gate.id}) {sentences.gate_detail(words, gate)}".rstrip()
    yield from (f"? {missing.name} ({missing.section}) × {missing.count}" for missing in report.missing)


def _value(words: Words, value: Value) -> str:
    live = value.state in {"valued", "missing"}
    shown = words.either(value.value, value.interval) if live else sentences.state_words(words, value.state)
    return f"{shown:>11}  {value.code} {value.name}"


def _step(step: TraceStep) -> str:
    inputs = ", ".join(f"{name}={_number(number)}" for name, number in step.inputs)
    detail = json.dumps(step.detail, ensure_ascii=False) if step.detail else ""
    return f"{step.id}  {step.rule}({inputs}) → {_number(step.output)}  {detail}".rstrip()


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:.10g}"
