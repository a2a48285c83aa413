"""`servimeter demo`: put the demo data in, or take them out."""

from __future__ import annotations

import click

from app.clock import now
from app.config import Settings, settings
from app.db import Database
from app.errors import AppError
from app.migrate import migrate
from app.services import demo as service
from questionnaires.registry import Registry


@click.group()
def demo() -> None:
    """示例数据 / Demo data."""


@demo.command()
def load() -> None:
    """向空数据库载入示例企业与答案 / Load example enterprises into an empty database."""
    chosen = settings()
    database = Database(chosen.database_url)
    migrate(database)
    try:
        put_in(database, chosen)
    finally:
        database.close()


@demo.command()
def remove() -> None:
    """清除全部示例数据 / Remove all demo data."""
    database = Database(settings().database_url)
    migrate(database)
    try:
        number = service.remove(database)
    finally:
        database.close()
    click.echo(f"已清除示例企业 {number} 家 / {number} demo enterprises removed")


def put_in(database: Database, chosen: Settings) -> None:
    """Load the demo and print its sign-ins, or why there are none."""
    try:
        found = service.load(database, Registry(chosen.questionnaires), chosen, now())
    except AppError as error:
        raise click.ClickException(error.message % error.parts) from None
    if not found:
        click.echo("数据库里已有自己的数据，未载入示例 / The database holds data of its own; no demo loaded")
        return
    click.echo("示例账号 / Demo sign-ins：")
    for one in found:
        click.echo(f"  {one.email:<36} {one.password}   {one.enterprise}")
