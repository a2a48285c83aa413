"""The dashboard; assessments started, corrected, discarded and moved to a newer version."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.clock import now
from app.errors import ConflictError, InvalidError, NotFoundError
from app.i18n import translations
from app.models import Organisation, Role
from app.repositories import submissions
from app.services import access, assessments, restarts
from app.services.dashboard import dashboard as overview
from app.services.drafts import Draft
from app.services.fields import Fields, single
from app.web.dashboard import dashboard_view
from app.web.dependencies import Db, FormFields, Questionnaires, SignedIn
from app.web.page import CHINA, redirect, render, say
from app.web.place import Here
from app.web.sections import fields_of
from app.web.visit import visit
from questionnaires.registry import Registry

router = APIRouter()
MAIN = "enterprise-evaluation"
"""The questionnaire that is offered first."""


@router.get("/dashboard")
def dashboard(request: Request, database: Db, registry: Questionnaires, user: SignedIn) -> Response:
    """Show the enterprise's assessments by year."""
    organisation = visit(request).organisation
    years = []
    if organisation:
        with database.reading() as session:
            years = overview(session, registry, user, organisation.id)
    view = [dashboard_view(year, translations(visit(request).language)) for year in years]
    return render(request, "assessments/dashboard.html", years=view, may_edit=_may_edit(request))


def _may_edit(request: Request) -> bool:
    membership = visit(request).membership
    return membership is not None and access.allows(membership.role, Role.EDITOR)


def _organisation(request: Request) -> Organisation:
    organisation = visit(request).organisation
    if organisation is None:
        raise NotFoundError("您还不是任何企业的成员。请先登记企业，或请企业的所有者邀请您。")
    return organisation


@router.get("/assessments/new")
def new(request: Request, registry: Questionnaires, user: SignedIn, database: Db) -> Response:
    """Ask what the assessment is about."""
    with database.reading() as session:
        access.member(session, user, _organisation(request).id, Role.EDITOR)
    wished = request.query_params.get("questionnaire", "")
    fields = {"questionnaire": [wished or _newest(registry)], "year": [str(_last_year() - 1)], "scope": ["entity"]}
    return _start_page(request, registry, fields)


def _last_year() -> int:
    return now().astimezone(CHINA).year


def _newest(registry: Registry) -> str:
    slugs = registry.slugs()
    slug = MAIN if MAIN in slugs else next(iter(slugs), "")
    return f"{slug}@{registry.latest(slug).version}" if slug else ""


def _start_page(request: Request, registry: Registry, fields: Fields, status: int = 200, **problem: object) -> Response:
    offered = [
        registry.get(slug, version)
        for slug in registry.slugs()
        for version in reversed(registry.versions(slug))
        if registry.get(slug, version).object != "region" and not registry.model(slug, version).needs_units
    ]
    return render(
        request,
        "assessments/new.html",
        status,
        offered=sorted(offered, key=lambda one: one.slug != MAIN),
        latest={slug: registry.latest(slug).version for slug in registry.slugs()},
        chosen={name: single(fields, name) for name in ("questionnaire", "year", "scope", "entities", "audited")},
        years=list(range(_last_year(), assessments.FIRST_YEAR - 1, -1)),
        **({"faults": {}, "submitted": None} | problem),
    )


@router.post("/assessments/new")
def start(request: Request, database: Db, registry: Questionnaires, user: SignedIn, form: FormFields) -> Response:
    """Start the assessment, or return to the draft that is open already."""
    organisation, fields = _organisation(request), fields_of(form)
    try:
        with database.writing() as session:
            access.member(session, user, organisation.id, Role.EDITOR)
            wish = assessments.read_start(fields, registry, _last_year())
            made = assessments.start(session, user, organisation.id, wish, now())
    except InvalidError as error:
        faults = {key: say(request, text) for key, text in error.fields.items()}
        return _start_page(request, registry, fields, error.status, faults=faults)
    except assessments.AlreadySubmittedError as error:
        return _start_page(request, registry, fields, error.status, submitted=error)
    return RedirectResponse(f"/assessments/{made.id}", 303)


@router.get("/assessments/{assessment_id}")
def assessment(here: Here) -> Response:
    """Lead to the first section with something missing, or to the result."""
    with here.database.reading() as session:
        found = assessments.opened(session, here.user, here.assessment_id)
        done = submissions.of_assessment(session, found.id)
    to = f"/submissions/{done.id}" if done else f"{here.base}/sections/{_first_open(here.draft())}"
    return RedirectResponse(to, 303)


def _first_open(draft: Draft) -> str:
    state = draft.standing
    shown = [one.id for one in draft.questionnaire.sections if not state.is_hidden(one.id)]
    open_yet = [one for one in shown if state.sections[one].done < state.sections[one].total]
    return (open_yet or shown)[0]


@router.post("/assessments/{assessment_id}/correct")
def correct(request: Request, database: Db, user: SignedIn, assessment_id: uuid.UUID) -> Response:
    """Start a draft from the answers of a submitted assessment."""
    with database.writing() as session:
        made = assessments.correct(session, user, assessment_id, now())
    return redirect(
        request, f"/assessments/{made.id}/review", "这是更正用的草稿，已带入原来的全部答案。提交之后才取代原结果。"
    )


@router.get("/assessments/{assessment_id}/discard")
def ask_discard(request: Request, database: Db, user: SignedIn, assessment_id: uuid.UUID) -> Response:
    """Ask whether a draft may be deleted."""
    with database.reading() as session:
        found = assessments.opened(session, user, assessment_id, Role.EDITOR)
    assessments.check_not_replaced(found)
    if found.status != "draft":
        raise ConflictError("这份评价已经提交，不能删除。")
    return render(request, "assessments/discard.html", assessment=found)


@router.post("/assessments/{assessment_id}/discard")
def discard(request: Request, database: Db, user: SignedIn, assessment_id: uuid.UUID) -> Response:
    """Delete a draft."""
    with database.writing() as session:
        gone = assessments.discard(session, user, assessment_id)
    return redirect(request, "/dashboard", "已删除 %(year)s 年度的草稿。", year=gone.year)


@router.get("/assessments/{assessment_id}/restart")
def ask_restart(here: Here) -> Response:
    """Say what moving a draft to the newest version would carry over, drop and add."""
    with here.database.reading() as session:
        plan = restarts.plan(session, here.registry, here.user, here.assessment_id)
    return render(here.request, "assessments/restart.html", plan=plan, base=here.base)


@router.post("/assessments/{assessment_id}/restart")
def restart(here: Here) -> Response:
    """Move a draft to the newest version."""
    with here.database.writing() as session:
        made = restarts.restart(session, here.registry, here.user, here.assessment_id, now())
    return redirect(
        here.request,
        f"/assessments/{made.id}",
        "这是 %(version)s 的新草稿，已带入原草稿的答案。原草稿保留，可在“我的评价”里查看。",
        version=made.version,
    )
