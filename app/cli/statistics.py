"""`servimeter statistics`: statistics of regions, entered by the operator."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.options import language_option, refuse
from app.clock import now
from app.config import settings
from app.db import Database
from app.errors import AppError
from app.i18n import translations
from app.services import statistics as services
from questionnaires.faults import Faulty
from questionnaires.registry import Registry


@click.group()
def statistics() -> None:
    """地区统计数据：由运营者导入 / Statistics of regions, imported by the operator."""


@statistics.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", required=True, help="数据来源 / Where the figures come from.")
@click.option("--published", default="", help="公布日期（2026-03-01），未公布则省略 / Day of publication, if public.")
@language_option
def import_(file: Path, source: str, published: str, lang: str) -> None:
    """导入 FILE（CSV 或 XLSX：unit、year、各问题的标识），要么全部保存，要么都不保存 / Import FILE, all of it or nothing."""
    words = translations(lang)
    database = Database(settings().database_url)
    try:
        came = services.origin(source, published)
        figures = services.read(Registry(settings().questionnaires), str(file), file.read_bytes(), None)
        with database.writing() as session:
            changed = services.changes(session, figures, came)
            services.store(session, changed, came, now())
    except Faulty as error:
        refuse(error, lang)
    except services.RefusedError as error:
        lines = [f"{file}:{one.line}: {words.say(one.message, **one.parts)}" for one in error.problems]
        raise click.ClickException("\n".join(lines)) from None
    except AppError as error:
        raise click.ClickException(words.say(error.message, **error.parts)) from None
    finally:
        database.close()
    said = words.say("改动 %(count)s 个数，%(same)s 个不变", count=len(changed), same=len(figures) - len(changed))
    click.echo(said)
