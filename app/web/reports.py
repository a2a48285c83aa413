"""Ask for a report, watch it being made, download it."""

from __future__ import annotations

import uuid
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.clock import now
from app.i18n import N_
from app.models import Report, ReportStatus, Submission
from app.repositories import reports as rows
from app.services import reports
from app.web.dependencies import Db, FormFields, SignedIn
from app.web.forms import one
from app.web.page import render, say

router = APIRouter()
REASONS: Final = {
    reports.ABANDONED: N_("生成过程多次中断，没有完成。请再试一次；若仍不成功，请联系管理员。"),
    reports.BROKEN: N_("生成时出错，已重试多次。请再试一次；若仍不成功，请联系管理员并告知报告编号。"),
    reports.UNAVAILABLE: N_(
        "本机没有这次提交所用的问卷版本，或其内容已被改动，不能生成报告。结果仍在；请管理员装回原来的文件后再试。"
    ),
}
LANGUAGE_NAMES: Final = {"zh": "中文", "en": "English"}


@router.post("/submissions/{submission_id}/reports")
def ask(user: SignedIn, database: Db, submission_id: uuid.UUID, form: FormFields) -> Response:
    """Queue a report, or find the one that is there, and go to its page."""
    with database.writing() as session:
        report = reports.ask(session, user, submission_id, one(form, "language"), now())
    return RedirectResponse(f"/reports/{report.id}", 303)


@router.get("/reports/{report_id}")
def progress(request: Request, user: SignedIn, database: Db, report_id: uuid.UUID) -> Response:
    """Show how far the report is; without JavaScript the page reloads itself."""
    with database.reading() as session:
        report, submission = reports.opened(session, user, report_id)
        others = rows.of_submission(session, submission.id)
    waiting = report.status in {ReportStatus.QUEUED, ReportStatus.RENDERING}
    response = render(
        request,
        "report.html",
        report=report,
        submission=submission,
        others={other.language: other for other in others},
        names=LANGUAGE_NAMES,
        waiting=waiting,
        state=_words(request, report),
        file_name=file_name(submission, report.language),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@router.get("/reports/{report_id}/status")
def status(request: Request, user: SignedIn, database: Db, report_id: uuid.UUID) -> JSONResponse:
    """Return where the report stands, for the script of its page."""
    with database.reading() as session:
        report, _ = reports.opened(session, user, report_id)
    body = {"status": report.status, "progress": report.progress, "words": _words(request, report)}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


@router.get("/reports/{report_id}/file")
def file(user: SignedIn, database: Db, report_id: uuid.UUID) -> Response:
    """Return the PDF."""
    with database.reading() as session:
        report, submission = reports.file(session, user, report_id)
    name = file_name(submission, report.language)
    plain = f"servimeter-{submission.number}-{report.language}.pdf"
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "private, no-store",
        "ETag": f'"{report.sha256}"',
    }
    return Response(report.pdf, media_type="application/pdf", headers=headers)


def file_name(submission: Submission, language: str) -> str:
    """Return what the file should be called: enterprise, year and number, without characters that file systems refuse."""
    name = str(submission.enterprise.get("name") or "")
    kept = "".join(" " if sign in '\\/:*?"<>|' or not sign.isprintable() else sign for sign in name).strip()
    kind = "report" if language == "en" else "服务型制造评价报告"
    return f"{kept}_{submission.year}_{kind}_{submission.number}.pdf"


def _words(request: Request, report: Report) -> str:
    if report.status == ReportStatus.FAILED:
        return say(request, REASONS.get(report.error, REASONS[reports.BROKEN]))
    if report.status == ReportStatus.DONE:
        return say(request, "报告已生成。")
    if report.status == ReportStatus.QUEUED:
        return say(request, "正在排队，马上开始。")
    return say(request, "正在生成，已完成 %(progress)s%%。", progress=report.progress)
