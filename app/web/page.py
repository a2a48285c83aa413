"""Pages: templates in the visitor's language, redirects with a message."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

from fastapi import Request
from itsdangerous import BadSignature, URLSafeSerializer
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse

from app.i18n import LANGUAGES, TAGS, translations
from app.web import cookies
from app.web.security import csrf_token
from app.web.visit import Visit, visit

HERE = Path(__file__).parent
STATIC = HERE / "static"
CHINA = timezone(timedelta(hours=8))
"""China has one time zone and no summer time."""


class Bilingual(Protocol):
    """A text in both languages, as questionnaires carry them."""

    def get(self, lang: str, /) -> str: ...


def number(value: float | None, decimals: int = 0) -> str:
    """Return a figure with thousands grouped, rounded half up; a dash for none."""
    if value is None:
        return "—"
    return f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"


def moment(at: datetime) -> str:
    """Return date and time of day in China."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def day(at: datetime) -> str:
    """Return the date in China."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d")


@cache
def static(path: str) -> str:
    """Return the address of a static file; it changes with its content."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


@cache
def environment(language: str) -> Environment:
    """Return the templates in one language."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    translator = translations(language)
    made.install_gettext_callables(translator.gettext, translator.ngettext, newstyle=True)  # type: ignore[attr-defined]

    def text(value: Bilingual | None) -> str:
        return value.get(language) if value else ""

    made.globals.update(
        language=language, tag=TAGS[language], text=text, number=number, moment=moment, day=day, static=static
    )
    return made


def say(request: Request, message: str, **parts: object) -> str:
    """Return a message in the visitor's language."""
    return translations(visit(request).language).say(message, **parts)


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Return a page for this request's visitor."""
    return render_for(request, visit(request), template, status, **context)


def render_for(request: Request, visitor: Visit, template: str, status: int, **context: Any) -> HTMLResponse:
    """Return a page for `visitor`."""
    page = environment(visitor.language).get_template(template)
    response = HTMLResponse(page.render(_shared(request, visitor) | context), status)
    if visitor.fresh:
        cookies.write(request, response, cookies.VISITOR, visitor.nonce)
    if request.query_params.get("lang") in LANGUAGES:
        cookies.write(request, response, cookies.LANGUAGE, visitor.language, cookies.YEAR)
    if cookies.read(request, cookies.NOTICE):
        cookies.drop(request, response, cookies.NOTICE)
    return response


def _shared(request: Request, visitor: Visit) -> dict[str, Any]:
    settings = cookies.settings_of(request)
    return {
        "request": request,
        "here": request.url.path,
        "user": visitor.user,
        "organisation": visitor.organisation,
        "membership": visitor.membership,
        "memberships": visitor.memberships,
        "csrf_token": csrf_token(request, visitor.nonce),
        "demo": visitor.demo,
        "notice": _notice(request),
        "footer": settings.footer_en or settings.footer_zh
        if visitor.language == "en"
        else settings.footer_zh or settings.footer_en,
        "url_for": lambda name, /, **parts: str(request.app.url_path_for(name, **parts)),
        "in_language": lambda language: _in_language(request, language),
    }


def _in_language(request: Request, language: str) -> str:
    others = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return f"{request.url.path}?{urlencode([*others, ('lang', language)])}"


def redirect(request: Request, to: str, message: str = "", **parts: object) -> RedirectResponse:
    """Send the browser to our own page `to`, which shows `message` (in the visitor's language) once."""
    response = RedirectResponse(to, 303)
    if message:
        cookies.write(
            request, response, cookies.NOTICE, str(_signer(request).dumps(say(request, message, **parts))), 60
        )
    return response


def _notice(request: Request) -> str:
    value = cookies.read(request, cookies.NOTICE)
    try:
        return str(_signer(request).loads(value)) if value else ""
    except BadSignature:
        return ""


def _signer(request: Request) -> URLSafeSerializer:
    return URLSafeSerializer(cookies.settings_of(request).secret_key.get_secret_value(), salt="notice")
