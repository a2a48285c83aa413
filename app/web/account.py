"""One's own account: profile, password, signed-in browsers."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.clock import now
from app.errors import InvalidError
from app.repositories import accounts as rows
from app.services import accounts, passwords, sessions
from app.web import browsers, cookies
from app.web.dependencies import Db, FormFields, SignedIn
from app.web.forms import one, secret
from app.web.page import redirect, render, say
from app.web.security import limits_of
from app.web.visit import visit

router = APIRouter(prefix="/account")


@router.get("")
def account(request: Request, user: SignedIn, database: Db) -> Response:
    """Show what is kept about the user."""
    return _page(request, user, database)


def _page(
    request: Request, user: SignedIn, database: Db, faults: dict[str, str] | None = None, status: int = 200
) -> Response:
    with database.reading() as session:
        logins = rows.logins_of(session, user.id, now())
    errors = {field: say(request, message) for field, message in (faults or {}).items()}
    login = visit(request).login
    return render(
        request,
        "account.html",
        status,
        logins=logins,
        current=login and login.id,
        errors=errors,
        browser=browsers.describe,
    )


@router.post("/profile")
def change_profile(request: Request, user: SignedIn, database: Db, form: FormFields) -> Response:
    """Change name and language."""
    language = one(form, "language")
    try:
        with database.writing() as session:
            accounts.change_profile(session, user, one(form, "name"), language)
    except InvalidError as error:
        return _page(request, user, database, error.fields, 422)
    response = redirect(request, "/account", "资料已保存。")
    cookies.write(request, response, cookies.LANGUAGE, language, cookies.YEAR)
    return response


@router.post("/password")
def change_password(request: Request, user: SignedIn, database: Db, form: FormFields) -> Response:
    """Change the password; every other browser is signed out."""
    limits_of(request).hit("password", str(user.id))
    new = secret(form, "password")
    if faults := accounts.password_faults(user, secret(form, "current"), new):
        return _page(request, user, database, faults, 422)
    password_hash = passwords.hashed(new)
    with database.writing() as session:
        accounts.set_password(session, user, password_hash)
        _end_others(request, user, session)
    return redirect(request, "/account", "密码已更换，其他浏览器都已退出登录。")


@router.post("/sessions/end-others")
def end_other_sessions(request: Request, user: SignedIn, database: Db) -> Response:
    """Sign every other browser out."""
    with database.writing() as session:
        number = _end_others(request, user, session)
    return redirect(request, "/account", "已让另外 %(number)s 个浏览器退出登录。", number=number)


@router.post("/sessions/{login_id}/end")
def end_session(request: Request, user: SignedIn, database: Db, login_id: uuid.UUID) -> Response:
    """Sign one browser out."""
    with database.writing() as session:
        sessions.end_login(session, user, login_id)
    return redirect(request, "/account", "该浏览器已退出登录。")


def _end_others(request: Request, user: SignedIn, session: Session) -> int:
    login = visit(request).login
    return sessions.end_others(session, user, login.id, now()) if login else 0
