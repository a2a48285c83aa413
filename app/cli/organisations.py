"""`servimeter organisations`: what only the operator may do for an enterprise."""

from __future__ import annotations

import click

from app.clock import now
from app.config import settings
from app.db import Database
from app.errors import AppError
from app.services import members
from app.services.accounts import normal_email


@click.group()
def organisations() -> None:
    """企业：由运营者处理的事 / Enterprises: matters for the operator."""


@organisations.command()
@click.argument("uscc")
@click.argument("email")
def transfer(uscc: str, email: str) -> None:
    """把企业 USCC 的所有权转给用户 EMAIL / Make the user EMAIL the owner of the enterprise USCC.

    原来的所有者改为编辑者。转移之前，请在系统之外核验对方的授权文件。
    Earlier owners become editors. Verify the person's authority outside this tool first.
    """
    database = Database(settings().database_url)
    try:
        with database.writing() as session:
            organisation, user = members.transfer(session, uscc.strip().upper(), normal_email(email), now())
    except AppError as error:
        raise click.ClickException(error.message % error.parts) from None
    finally:
        database.close()
    click.echo(f"{organisation}：所有者现为 {user} / is now owned by {user}")
