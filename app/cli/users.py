"""`servimeter users`: requests of people that the operator carries out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.config import settings
from app.db import Database
from app.errors import AppError
from app.models import LoginSession
from app.repositories import accounts
from app.services import passwords, removal
from app.services.accounts import normal_email


@click.group()
def users() -> None:
    """用户：由运营者处理的事 / People: matters for the operator."""


@users.command()
@click.argument("email")
@click.password_option(help="新密码 / The new password.")
def password(email: str, password: str) -> None:
    """为忘记密码的用户 EMAIL 设置新密码，并结束其全部登录 / Set a new password for EMAIL and end all sessions."""
    fault = passwords.fault(password, normal_email(email))
    if fault:
        raise click.ClickException(fault)
    with _transaction() as session:
        user = accounts.user_by_email(session, normal_email(email))
        if user is None:
            raise click.ClickException(f"没有邮箱为 {email} 的用户 / no user with the address {email}")
        user.password_hash = passwords.hashed(password)
        session.execute(delete(LoginSession).where(LoginSession.user_id == user.id))
    click.echo("已设置 / Done")


@users.command()
@click.argument("email")
@click.confirmation_option(prompt="删除后不能恢复，继续吗？ / This cannot be undone. Continue?")
def remove(email: str) -> None:
    """删除用户 EMAIL 的个人信息，保留其填写的答案 / Remove the personal information of EMAIL; answers stay."""
    with _transaction() as session:
        removal.remove_person(session, normal_email(email))
    click.echo("已删除 / Removed")


@contextmanager
def _transaction() -> Iterator[Session]:
    database = Database(settings().database_url)
    try:
        with database.writing() as session:
            yield session
    except AppError as error:
        raise click.ClickException(error.message % error.parts) from None
    finally:
        database.close()
