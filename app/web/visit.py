"""Who is looking at a page, in which language and for which enterprise."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from fastapi import Request

from app.clock import now
from app.db import Database
from app.i18n import DEFAULT, LANGUAGES
from app.models import LoginSession, Membership, Organisation, User
from app.repositories import accounts, installation
from app.services import sessions
from app.web import cookies


@dataclass(frozen=True)
class Visit:
    """One request's visitor. `nonce` is what the CSRF token is bound to; `fresh` says that its cookie must still be set."""

    language: str
    nonce: str
    fresh: bool
    login: LoginSession | None = None
    memberships: Sequence[Membership] = ()
    membership: Membership | None = None
    demo: bool = False

    @property
    def user(self) -> User | None:
        return self.login.user if self.login else None

    @property
    def organisation(self) -> Organisation | None:
        return self.membership.organisation if self.membership else None


def database_of(request: Request) -> Database:
    """Return the database of the running app."""
    return cast(Database, request.app.state.database)


def visit(request: Request) -> Visit:
    """Return this request's visitor; the database is asked once per request."""
    known = getattr(request.state, "visit", None)
    if known is None:
        known = request.state.visit = _look(request)
    return cast(Visit, known)


def stranger(request: Request) -> Visit:
    """Return a visitor without asking the database (for the page that says it is down)."""
    nonce = cookies.read(request, cookies.VISITOR)
    return Visit(chosen_language(request) or DEFAULT, nonce or secrets.token_urlsafe(16), fresh=not nonce)


def chosen_language(request: Request) -> str | None:
    """Return the language asked for by the address or else by the cookie."""
    for wish in (request.query_params.get("lang", ""), cookies.read(request, cookies.LANGUAGE)):
        if wish in LANGUAGES:
            return wish
    return None


def _look(request: Request) -> Visit:
    plain = stranger(request)
    token = cookies.read(request, cookies.SESSION)
    with database_of(request).reading() as session:
        login = sessions.find_login(session, token, now()) if token else None
        memberships = accounts.memberships_of(session, login.user_id) if login else ()
        demo = installation.demo_loaded(session)
    if login and sessions.stale(login, now()):
        _touch(request, login)
    language = chosen_language(request) or (login.user.language if login else DEFAULT)
    membership = _current(memberships, cookies.read(request, cookies.ORGANISATION))
    return Visit(language, plain.nonce, plain.fresh, login, memberships, membership, demo)


def _touch(request: Request, login: LoginSession) -> None:
    with database_of(request).writing() as session:
        sessions.touch(session, login.id, now(), cookies.settings_of(request).session_days)


def _current(memberships: Sequence[Membership], wish: str) -> Membership | None:
    wished = (one for one in memberships if str(one.organisation_id) == wish)
    return next(wished, memberships[0] if memberships else None)
