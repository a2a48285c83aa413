"""Registering, signing in and out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.clock import now
from app.db import Database
from app.errors import InvalidError
from app.models import User
from app.services import accounts, passwords, sessions
from app.services.accounts import Registration
from app.web import cookies
from app.web.dependencies import Db, FormFields
from app.web.forms import one, safe_next, secret
from app.web.page import redirect, render, say
from app.web.security import address_of, limits_of
from app.web.visit import visit

router = APIRouter()
AFTER_SIGN_IN = "/dashboard"
AFTER_REGISTERING = "/organisations/new"


@router.get("/register")
def register_page(request: Request, next: str = "") -> Response:  # noqa: A002 - the name in the address
    """Show the form to register a person."""
    if visit(request).user:
        return redirect(request, safe_next(next, AFTER_SIGN_IN))
    return _register_form(request, {"next": next})


@router.post("/register")
def register(request: Request, database: Db, form: FormFields) -> Response:
    """Register a person and sign them in."""
    limits_of(request).hit("register", address_of(request))
    wish = Registration(
        name=one(form, "name"),
        email=one(form, "email"),
        password=secret(form, "password"),
        consent=one(form, "consent") == "yes",
        language=visit(request).language,
    )
    typed = {"name": wish.name, "email": wish.email, "next": one(form, "next"), "consent": wish.consent}
    try:
        user = _registered(database, wish)
    except InvalidError as error:
        return _register_form(request, typed, error.fields, 422)
    return _welcome(request, database, user, safe_next(one(form, "next"), AFTER_REGISTERING))


def _registered(database: Database, wish: Registration) -> User:
    if faults := wish.faults():
        raise InvalidError(accounts.CHECK, faults)
    password_hash = passwords.hashed(wish.password)  # slow on purpose, so not inside the transaction
    with database.writing() as session:
        return accounts.register(session, wish, password_hash, now())


def _register_form(
    request: Request, typed: dict[str, object], faults: dict[str, str] | None = None, status: int = 200
) -> Response:
    errors = {field: say(request, message) for field, message in (faults or {}).items()}
    return render(request, "register.html", status, typed=typed, errors=errors)


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "") -> Response:  # noqa: A002 - the name in the address
    """Show the form to sign in."""
    if visit(request).user:
        return redirect(request, safe_next(next, AFTER_SIGN_IN))
    return render(request, "sign_in.html", email="", next=next, wrong=False)


@router.post("/sign-in")
def sign_in(request: Request, database: Db, form: FormFields) -> Response:
    """Check address and password and sign the browser in."""
    email = accounts.normal_email(one(form, "email"))
    limits_of(request).hit("sign-in address", address_of(request))
    limits_of(request).hit("sign-in account", email)
    with database.reading() as session:
        user = accounts.check_password(session, email, secret(form, "password"))
    if user is None:
        return render(request, "sign_in.html", 422, email=email, next=one(form, "next"), wrong=True)
    return _welcome(request, database, user, safe_next(one(form, "next"), AFTER_SIGN_IN))


def _welcome(request: Request, database: Database, user: User, to: str) -> RedirectResponse:
    # The token is always a new one, so a session that somebody planted before signing in is worth nothing.
    days = cookies.settings_of(request).session_days
    with database.writing() as session:
        token = sessions.open_login(session, user, request.headers.get("User-Agent", ""), now(), days)
    response = redirect(request, to)
    cookies.write(request, response, cookies.SESSION, token, days * 24 * 3600)
    return response


@router.post("/sign-out")
def sign_out(request: Request, database: Db) -> Response:
    """End this browser's session."""
    login = visit(request).login
    if login:
        with database.writing() as session:
            sessions.end_login(session, login.user, login.id)
    response = redirect(request, "/", "您已退出。")
    cookies.drop(request, response, cookies.SESSION)
    # Answers that the form keeps on this device must not stay for whoever uses it next.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
