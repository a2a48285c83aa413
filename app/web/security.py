"""Cross-site request forgery, response headers, body size and rate limits."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final, cast

from fastapi import Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import AppError, ForbiddenError, TooManyError
from app.i18n import N_
from app.web import cookies
from app.web.dependencies import read_form

SAFE: Final = {"GET", "HEAD", "OPTIONS"}
FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
MAX_BODY: Final = 2 * 1024 * 1024
MAX_UPLOAD: Final = 6 * 1024 * 1024
"""Of the body of an upload: a little more than the largest file, so that a file just too large gets an answer of its own."""
UPLOADS: Final = re.compile(r"/assessments/[0-9a-f-]{36}/workbook")
MAX_DRAINED: Final = 400 * 1024 * 1024
"""So much of a body too large is read and dropped, since browsers show an answer only to what they have sent whole."""
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def csrf_token(request: Request, nonce: str) -> str:
    """Return the token that forms of this browser and login must carry."""
    secret = cookies.settings_of(request).secret_key.get_secret_value()
    bound = f"csrf:{cookies.read(request, cookies.SESSION)}:{nonce}"
    return hmac.new(secret.encode(), bound.encode(), hashlib.sha256).hexdigest()


async def check_csrf(request: Request) -> None:
    """Refuse a changing request that does not prove that it comes from our own page."""
    if request.method in SAFE:
        return
    nonce = cookies.read(request, cookies.VISITOR)
    given = request.headers.get("X-CSRF-Token") or await _token_in_form(request)
    if not nonce or not hmac.compare_digest(given.encode(), csrf_token(request, nonce).encode()):
        raise ForbiddenError(
            "页面已过期，或浏览器没有保存 Cookie。请返回上一页，刷新后再提交一次；您的登录状态没有变化。"
        )


async def _token_in_form(request: Request) -> str:
    if not request.headers.get("Content-Type", "").startswith(FORMS):
        return ""
    value = (await read_form(request)).get("csrf_token")
    return value if isinstance(value, str) else ""


class TooLargeError(AppError):
    """The body of the request is larger than any of our forms."""

    status = 413


TOO_LARGE: Final = N_("提交的内容太大（超过 2 MB）。请缩短文字后重试。")
TOO_LARGE_FILE: Final = N_(
    "文件太大（超过 5 MB），什么都没有保存。填好的工作簿不到 1 MB：请从这里重新下载，只填答案，不插入图片。"
)


async def _drain(message: Message, received: int, receive: Receive) -> None:
    """Read the rest of a body and drop it, up to a limit."""
    while message.get("more_body") and received < MAX_DRAINED:
        message = await receive()
        received += len(message.get("body", b""))


class Guard:
    """ASGI middleware: adds the security headers and refuses oversized bodies."""

    def __init__(self, app: ASGIApp, *, production: bool) -> None:
        self.app = app
        self.headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if production else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a counted body and a completed response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        received = 0
        upload = UPLOADS.fullmatch(scope["path"]) is not None

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > (MAX_UPLOAD if upload else MAX_BODY):
                await _drain(message, received, receive)
                raise TooLargeError(TOO_LARGE_FILE if upload else TOO_LARGE)
            return message

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), scope)
            await send(message)

        await self.app(scope, counted, completed)

    def _complete(self, headers: MutableHeaders, scope: Scope) -> None:
        for name, value in self.headers.items():
            headers.setdefault(name, value)
        versioned = scope["path"].startswith("/static/") and b"v=" in scope["query_string"]
        headers.setdefault("Cache-Control", "public, max-age=31536000, immutable" if versioned else "no-store")


class Limits:
    """Counts attempts in this process; each kind of attempt has its own allowance."""

    ALLOWANCES: Final = {
        "sign-in address": "30/5 minutes",
        "sign-in account": "8/5 minutes",
        "register": "20/hour",
        "password": "8/5 minutes",
        "join": "10/hour",
        "invite": "60/hour",
        "token": "60/5 minutes",
        "report": "60/hour",
    }

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._items: dict[str, RateLimitItem] = {kind: parse(rate) for kind, rate in self.ALLOWANCES.items()}

    def hit(self, kind: str, who: str) -> None:
        """Count an attempt of `kind` by `who` (an address or an account); raise `TooManyError` beyond the allowance."""
        if not self._window.hit(self._items[kind], kind, who):
            raise TooManyError("尝试次数太多。为保护账号安全，请过几分钟再试。")


def limits_of(request: Request) -> Limits:
    """Return the rate limits of the running app."""
    return cast(Limits, request.app.state.limits)


def address_of(request: Request) -> str:
    """Return the network address that the request came from."""
    return request.client.host if request.client else "unknown"
