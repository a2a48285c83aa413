"""`servimeter departments`: industry departments and their officials."""

from __future__ import annotations

import click

from app.clock import now
from app.config import settings
from app.db import Database
from app.errors import AppError
from app.repositories import accounts
from app.repositories import departments as rows
from app.services import departments as services
from app.services.accounts import normal_email


@click.group()
def departments() -> None:
    """主管部门：由运营者处理的事 / Industry departments: matters for the operator."""


@departments.command()
@click.argument("region")
@click.argument("name")
@click.option("--official", "emails", multiple=True, help="已注册的工作人员邮箱 / Address of a registered official.")
def add(region: str, name: str, emails: tuple[str, ...]) -> None:
    """为地区 REGION（GB/T 2260 六位代码，全国为 000000）设立部门 NAME；已有则只加人员 / Add department NAME for REGION."""
    database = Database(settings().database_url)
    try:
        with database.writing() as session:
            department = rows.of_region(session, region) or services.add(session, name, region, now())
            for email in emails:
                user = accounts.user_by_email(session, normal_email(email))
                if user is None:
                    raise click.ClickException(
                        f"没有邮箱为 {email} 的用户，请其先注册 / no user with the address {email}; let them register first"
                    )
                services.join(session, department, user, now())
            found = f"{department.region} {department.name}"
    except AppError as error:
        raise click.ClickException(error.message % error.parts) from None
    finally:
        database.close()
    click.echo(found)


@departments.command("list")
def list_() -> None:
    """列出部门 / List the departments."""
    database = Database(settings().database_url)
    with database.reading() as session:
        for one in rows.every(session):
            click.echo(f"{one.region} {one.name}")
    database.close()
