"""`servimeter report`: the report of an answer file, without a server."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from app.cli.options import BAD_INPUT, language_option, path_option
from app.cli.score import read_answers
from app.clock import now
from app.i18n import translations
from app.services.report_render import of_file, render
from reports.data import Language


@click.command()
@click.argument("answers", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="PDF 文件 / PDF file."
)
@path_option
@language_option
def report(answers: Path, output: Path, paths: tuple[Path, ...], lang: Language) -> None:
    """由答案文件 ANSWERS 生成 PDF 报告；有空缺时为暂定报告 / Write the PDF report of ANSWERS; gaps make it provisional."""
    read = read_answers(answers, paths, lang)
    made = render(of_file(read, now()), lang)
    try:
        write_whole(output, made.data)
    except OSError as error:
        message = "写不进 %(file)s：%(reason)s。请检查路径和权限。"
        say = translations(lang).say
        click.echo(say(message, file=output, reason=error.strerror), err=True)
        raise SystemExit(BAD_INPUT) from None
    click.echo(
        translations(lang).say(
            "%(file)s：%(pages)s 页，%(size)s KB", file=output, pages=made.pages, size=len(made.data) // 1024
        )
    )


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is either whole or not there: to a temporary name beside it, then renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
