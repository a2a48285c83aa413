"""`servimeter workbook`: a questionnaire as a workbook, blank or with the answers of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from app.cli.options import BAD_INPUT, language_option, path_option, refuse, registry
from app.cli.report import write_whole
from app.cli.score import WORKBOOKS, read_answers
from app.i18n import translations
from questionnaires.answers import AnswerFile
from questionnaires.faults import Faulty
from questionnaires.types import Questionnaire
from questionnaires.workbooks.writing import Content, write_workbook
from reports.data import Language

ANSWERS: Final = {".yaml", ".yml", ".json", *WORKBOOKS}


@click.command()
@click.argument("source")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="xlsx 文件 / XLSX file."
)
@path_option
@language_option
def workbook(source: str, output: Path, paths: tuple[Path, ...], lang: Language) -> None:
    """把问卷 SLUG[@VERSION] 或答案文件写成工作簿 / Write a questionnaire, or an answer file, as a workbook."""
    questionnaire, content = _read(source, paths, lang)
    try:
        write_whole(output, write_workbook(questionnaire, lang, content))
    except OSError as error:
        message = "写不进 %(file)s：%(reason)s。请检查路径和权限。"
        click.echo(translations(lang).say(message, file=output, reason=error.strerror), err=True)
        raise SystemExit(BAD_INPUT) from None
    click.echo(str(output))


def _read(source: str, paths: tuple[Path, ...], lang: str) -> tuple[Questionnaire, Content]:
    if Path(source).suffix in ANSWERS:
        read = read_answers(Path(source), paths, lang)
        return read.questionnaire, _content(read.file)
    known = registry(paths, lang)
    slug, _, version = source.partition("@")
    try:
        return known.get(slug, version) if version else known.latest(slug), Content()
    except Faulty as error:
        refuse(error, lang)


def _content(file: AnswerFile) -> Content:
    enterprise = {
        key: value
        for key in ("uscc", "region", "industry", "staff", "revenue")
        if (value := getattr(file.enterprise, key)) is not None
    }
    name = {"zh": file.enterprise.name.zh, "en": file.enterprise.name.text.en}
    plain: dict[str, Any] = {"year": file.year, "scope": file.scope, "audited": file.audited}
    entities = {"entities": file.entities} if file.entities else {}
    subject = {"enterprise": {"name": name, **enterprise}, **plain, **entities}
    return Content(file.answers, file.notes, {}, file.year, "", subject)
