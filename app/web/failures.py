"""Errors as pages (or as JSON for scripts), in the visitor's language."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.errors import AppError, InvalidError
from app.i18n import N_, translations
from app.web.dependencies import SignInNeededError
from app.web.page import render_for
from app.web.security import HEADERS
from app.web.visit import Visit, stranger, visit

log = structlog.get_logger()

TITLES: Final = {
    400: N_("请求有误"),
    401: N_("请先登录"),
    403: N_("不能这样做"),
    404: N_("没有找到"),
    405: N_("不能这样访问"),
    409: N_("有冲突"),
    413: N_("内容太大"),
    422: N_("填写有误"),
    429: N_("请稍后再试"),
    500: N_("服务器出错了"),
}
MESSAGES: Final = {
    400: N_("服务器读不懂这次提交。请返回上一页重试。"),
    404: N_("这个地址没有内容，或者您没有权限查看。请检查地址，或从首页重新进入。"),
    405: N_("这个地址不接受这种访问方式。请从页面上的链接或按钮进入。"),
    422: N_("提交的内容有一处格式不对。请返回上一页检查。"),
    500: N_(
        "这是我们的问题，已经记录下来。您刚才提交的内容没有保存一半：要么已全部保存，要么完全没有保存。请稍后重试。"
    ),
}


def install(app: FastAPI) -> None:
    """Have every error answered by a page of ours."""
    app.add_exception_handler(AppError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(SignInNeededError, _sign_in)
    app.add_exception_handler(Exception, _broken)


def wants_json(request: Request) -> bool:
    """Whether the request comes from a script of ours."""
    return "application/json" in request.headers.get("Accept", "")


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)  # noqa: S101 - registered for nothing else
    translator = translations(_visitor(request).language)
    message = translator.say(error.message, **error.parts)
    fields = error.fields if isinstance(error, InvalidError) else {}
    return _answer(
        request, error.status, message, {key: translator.say(text, **error.parts) for key, text in fields.items()}
    )


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    response = _answer(request, error.status_code)
    response.headers.update(error.headers or {})
    return response


def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    in_path = any(fault["loc"][0] == "path" for fault in error.errors())
    return _answer(request, 404 if in_path else 422)


def _sign_in(request: Request, _error: Exception) -> Response:
    if wants_json(request):
        return _answer(request, 401)
    back = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    to = f"/sign-in?next={quote(back)}" if request.method in {"GET", "HEAD"} else "/sign-in"
    return RedirectResponse(to, 303)


def _broken(request: Request, error: Exception) -> Response:
    log.error("request failed", method=request.method, path=request.url.path, exc_info=error)
    response = _answer(request, 500)
    response.headers.update(HEADERS)  # this answer leaves outside the middleware that adds them
    return response


def _visitor(request: Request) -> Visit:
    try:
        return visit(request)
    except Exception:  # noqa: BLE001 - an error page must come even when the database is down
        return stranger(request)


def _answer(request: Request, status: int, message: str = "", fields: dict[str, str] | None = None) -> Response:
    visitor = _visitor(request)
    translator = translations(visitor.language)
    shown = message or translator.gettext(MESSAGES.get(status, "")) or HTTPStatus(status).phrase
    if wants_json(request):
        response: Response = JSONResponse({"error": shown, "fields": fields or {}}, status)
    else:
        title = translator.gettext(TITLES.get(status, TITLES[400]))
        response = render_for(
            request, visitor, "error.html", status, code=status, title=title, message=shown, fields=fields or {}
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = "300"
    return response
