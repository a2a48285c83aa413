"""Statistics of regions, for officials: a template to fill in, an upload, a look at the changes, and the yes."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from app.clock import now
from app.errors import AppError, ConflictError
from app.i18n import Translator, translations
from app.repositories import statistics as rows
from app.services import statistics
from app.services.cohorts import COUNTRY
from app.services.comparisons import below, name_of
from app.services.departments import covers
from app.services.fields import single
from app.services.statistics import File, RefusedError
from app.web.dependencies import Db, FormFields, Questionnaires, SignedIn
from app.web.page import redirect, render
from app.web.region_words import as_csv
from app.web.sections import fields_of
from app.web.visit import visit
from questionnaires.faults import Faulty
from questionnaires.regions import regions

router = APIRouter()
HERE = "/regions/statistics"
Told = tuple[str, str]
"""Where something is wrong, and what with how to mend it."""


@router.get(HERE)
def show(request: Request, database: Db, registry: Questionnaires, user: SignedIn) -> Response:
    """Offer the template and the upload."""
    return _page(request, database, registry, user)


def _page(  # noqa: PLR0913 - the page with what is wrong
    request: Request,
    database: Db,
    registry: Questionnaires,
    user: SignedIn,
    status: int = 200,
    *,
    problems: list[Told] | None = None,
    filled: dict[str, str] | None = None,
) -> Response:
    with database.reading() as session:
        own = statistics.own_departments(session, user)
    questionnaire = statistics.asked(registry)
    asked = [questionnaire.questions[name] for name in statistics.typed(questionnaire)]
    return render(
        request,
        "regions/statistics.html",
        status,
        own=[(one, name_of(one.region)) for one in own],
        asked=asked,
        year=now().year - 1,
        problems=problems or [],
        filled=filled or {},
    )


@router.get(f"{HERE}/template.csv")
def template(request: Request, database: Db, registry: Questionnaires, user: SignedIn) -> Response:
    """Return a table of the regions below one with the figures that are stored."""
    given = request.query_params
    year = int(given["year"]) if given.get("year", "").isdecimal() and len(given["year"]) == 4 else now().year - 1
    with database.reading() as session:
        own = statistics.own_departments(session, user)
        wished = given.get("region", own[0].region)
        code = wished if any(covers(one, wished) for one in own) and _known(wished) else own[0].region
        codes = [code, *(one.code for one in below(code))]
        stored = {key: one.value for key, one in rows.stored(session, codes, [year]).items()}
    asked = statistics.typed(statistics.asked(registry))
    language = visit(request).language
    lines = [
        [one, str(year), name_of(one).get(language), *(_plain(stored.get((one, year, name))) for name in asked)]
        for one in codes
    ]
    return as_csv([["unit", "year", "name", *asked], *lines], f"statistics-{code}-{year}.csv")


def _known(code: str) -> bool:
    return code == COUNTRY or code in regions()


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


@router.post(HERE)
def upload(request: Request, database: Db, registry: Questionnaires, user: SignedIn, form: FormFields) -> Response:
    """Read a file and lead to its preview, or say everything that is wrong with it."""
    fields = fields_of(form)
    filled = {name: single(fields, name) for name in ("source", "published")}
    translator, file = translations(visit(request).language), form.get("file")
    name, data = (file.filename or "", file.file.read()) if isinstance(file, UploadFile) else ("", b"")
    with database.reading() as session:
        own = statistics.own_departments(session, user)
    try:
        came = statistics.origin(filled["source"], filled["published"])
        read = statistics.read(registry, name or "-", data, own)
    except (Faulty, AppError) as error:
        return _page(request, database, registry, user, 422, problems=told(error, translator), filled=filled)
    with database.writing() as session:
        made = statistics.keep(session, user, File(name, read, came), now())
    return RedirectResponse(f"{HERE}/{made.id}", 303)


def told(error: Faulty | AppError, translator: Translator) -> list[Told]:
    """Return what is wrong in words, a line of the file each."""
    if isinstance(error, Faulty):
        found, language = error.faults, translator.language
        return [(_line(translator, one.line), one.message(language)) for one in found]
    if isinstance(error, RefusedError):
        return [(_line(translator, one.line), translator.say(one.message, **one.parts)) for one in error.problems]
    return [("", translator.say(error.message, **error.parts))]


def _line(translator: Translator, line: int) -> str:
    return translator.say("第 %(line)s 行", line=line) if line else ""


@router.get(f"{HERE}/{{upload_id}}")
def look(request: Request, database: Db, registry: Questionnaires, user: SignedIn, upload_id: uuid.UUID) -> Response:
    """Show what a file would change."""
    return _preview(request, database, registry, user, upload_id)


def _preview(  # noqa: PLR0913, PLR0917 - the preview with what went wrong
    request: Request,
    database: Db,
    registry: Questionnaires,
    user: SignedIn,
    upload_id: uuid.UUID,
    error: AppError | None = None,
) -> Response:
    with database.reading() as session:
        seen = statistics.preview(session, user, upload_id)
    context: dict[str, Any] = {"seen": seen, "questions": statistics.asked(registry).questions, "name_of": name_of}
    message = translations(visit(request).language).say(error.message, **error.parts) if error else ""
    future = seen.upload.published is not None and seen.upload.published > date.fromisoformat(f"{now():%Y-%m-%d}")
    return render(
        request,
        "regions/statistics_preview.html",
        error.status if error else 200,
        message=message,
        future=future,
        **context,
    )


@router.post(f"{HERE}/{{upload_id}}")
def confirm(  # noqa: PLR0913, PLR0917 - what an endpoint asks for
    request: Request, database: Db, registry: Questionnaires, user: SignedIn, form: FormFields, upload_id: uuid.UUID
) -> Response:
    """Store the changes, all or none."""
    try:
        with database.writing() as session:
            count = statistics.confirm(session, user, upload_id, single(fields_of(form), "stamp"), now())
    except ConflictError as error:
        return _preview(request, database, registry, user, upload_id, error)
    return redirect(request, HERE, "已保存 %(count)s 个数。", count=count)


@router.post(f"{HERE}/{{upload_id}}/discard")
def discard(request: Request, database: Db, user: SignedIn, upload_id: uuid.UUID) -> Response:  # noqa: ARG001 - all waiting files of this person go
    """Drop a file."""
    with database.writing() as session:
        statistics.discard(session, user, now())
    return redirect(request, HERE, "没有保存任何改动。")
