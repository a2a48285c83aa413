"""The assessment as a workbook: download, upload, a look at the changes, and the yes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from app.clock import now
from app.errors import AppError, ConflictError
from app.services import workbooks
from app.services.answer_words import Wording
from app.services.fields import Fields, single
from app.services.workbooks import Change, Decisions, Desk, Preview
from app.web.dependencies import FormFields, Questionnaires
from app.web.page import redirect, render
from app.web.place import Here, Place, told
from app.web.questionnaires import known
from app.web.sections import fields_of
from app.web.visit import visit
from questionnaires.faults import Fault, Faulty
from questionnaires.workbooks.reading import Doubt
from questionnaires.workbooks.writing import write_workbook

router = APIRouter()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change in words; `href` leads to the question."""

    id: str
    name: str
    href: str
    place: str
    before: list[str]
    after: list[str]
    by: str
    conflict: bool
    doubts: tuple[Doubt, ...]


@router.get("/assessments/{assessment_id}/workbook")
def workbook(here: Here) -> Response:
    """Offer the download and the upload."""
    return _page(here)


def _page(here: Place, status: int = 200, **problem: object) -> Response:
    draft = here.draft()
    questionnaire = draft.questionnaire
    context = {"draft": draft, "questionnaire": questionnaire, "base": here.base, "faults": [], "message": ""}
    return render(here.request, "assessments/workbook.html", status, **(context | problem))


@router.get("/assessments/{assessment_id}/workbook.xlsx")
def download(here: Here) -> Response:
    """Return the workbook with the answers so far."""
    with here.database.reading() as session:
        questionnaire, content = workbooks.content(session, here.registry, here.user, here.assessment_id)
    language = here.translator.language
    name = f"{content.subject['enterprise']['name']}_{content.year}_{questionnaire.title.get(language)}.xlsx"
    return xlsx(write_workbook(questionnaire, language, content), f"servimeter-{questionnaire.slug}.xlsx", name)


@router.get("/questionnaires/{slug}/{version}/workbook.xlsx")
def blank(request: Request, registry: Questionnaires, slug: str, version: str) -> Response:
    """Return the blank workbook of a questionnaire, for anybody."""
    questionnaire, language = known(registry, slug, version), visit(request).language
    name = f"{questionnaire.title.get(language)}_{version}.xlsx"
    return xlsx(write_workbook(questionnaire, language), f"{slug}-{version}.xlsx", name)


def xlsx(data: bytes, plain: str, name: str) -> Response:
    """Return a workbook to save; `plain` is the name for programs that know no other letters."""
    kept = "".join(" " if sign in '\\/:*?"<>|' or not sign.isprintable() else sign for sign in name).strip()
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept)}"
    return Response(data, media_type=XLSX, headers={"Content-Disposition": disposition})


@router.post("/assessments/{assessment_id}/workbook")
def upload(here: Here, form: FormFields) -> Response:
    """Read an uploaded workbook; lead to its preview, or say everything that is wrong with it."""
    with here.database.reading() as session:
        _desk(here, session)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _page(here, 422, message=here.translator.say("请先选择要上传的工作簿。"))
    name, data = file.filename[-200:], file.file.read()
    try:
        with here.database.writing() as session:
            made = _desk(here, session).upload(name, data, now())
    except Faulty as error:
        return _page(here, 422, faults=[_fault(here, one) for one in error.faults])
    return RedirectResponse(f"{here.base}/workbook/{made.id}", 303)


def _fault(here: Place, fault: Fault) -> tuple[str, str, str]:
    language = here.translator.language
    return fault.path, fault.what(language), fault.mend(language)


@router.get("/assessments/{assessment_id}/workbook/{upload_id}")
def show(here: Here, upload_id: uuid.UUID) -> Response:
    """Show what an upload would change."""
    return _preview(here, upload_id)


@router.post("/assessments/{assessment_id}/workbook/{upload_id}")
def confirm(here: Here, form: FormFields, upload_id: uuid.UUID) -> Response:
    """Store the changes, all or none."""
    fields = fields_of(form)
    meant = {place: choice == "other" for place, choice in _choices(fields, "doubt:", {"typed", "other"})}
    decided = Decisions(meant, dict(_choices(fields, "keep:", {"mine", "theirs"})))
    try:
        with here.database.writing() as session:
            count = _desk(here, session).apply(upload_id, decided, now())
    except ConflictError as error:
        return _preview(here, upload_id, error)
    return redirect(here.request, here.base, "已从工作簿保存 %(count)s 题的改动。", count=count)


@router.post("/assessments/{assessment_id}/workbook/{upload_id}/discard")
def discard(here: Here, upload_id: uuid.UUID) -> Response:  # noqa: ARG001 - all waiting uploads of this person go
    """Drop an upload."""
    with here.database.writing() as session:
        _desk(here, session).forget(now())
    return redirect(here.request, f"{here.base}/workbook", "没有保存任何改动。")


def _choices(fields: Fields, start: str, allowed: set[str]) -> Iterator[tuple[str, str]]:
    for name in fields:
        if name.startswith(start) and (choice := single(fields, name)) in allowed:
            yield name.removeprefix(start), choice


def _desk(here: Place, session: Session) -> Desk:
    return Desk.at(session, here.registry, here.user, here.assessment_id)


def _preview(here: Place, upload_id: uuid.UUID, error: AppError | None = None) -> Response:
    with here.database.reading() as session:
        seen = _desk(here, session).preview(upload_id)
        views = [_view(here, seen, change) for change in seen.changes]
    return render(
        here.request,
        "assessments/workbook_preview.html",
        error.status if error else 200,
        seen=seen,
        changes=views,
        base=here.base,
        questionnaire=seen.questionnaire,
        message=told(error, here.translator) if error else "",
        undecided=sum(view.conflict or bool(view.doubts) for view in views),
    )


def _view(here: Place, seen: Preview, change: Change) -> ChangeView:
    wording = Wording(seen.questionnaire, here.translator)
    before = change.before
    return ChangeView(
        id=change.question.id,
        name=change.question.name.get(here.translator.language),
        href=f"{here.base}/sections/{change.section.id}#q-{change.question.id}",
        place=change.place,
        before=[*wording.lines(change.question, before.value), *wording.note(before.note)] if before else [],
        after=[*wording.lines(change.question, change.value), *wording.note(change.note)],
        by=before.author.name if before else "",
        conflict=change.conflict,
        doubts=change.doubts,
    )
