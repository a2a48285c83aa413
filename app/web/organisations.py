"""Enterprises: registering, the profile, asking to join."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from app.clock import now
from app.errors import InvalidError
from app.models import Organisation, Role, User
from app.repositories import organisations as rows
from app.services import join_requests, organisations, profiles
from app.services.access import member
from app.services.organisations import RegisteredError
from app.services.profiles import Typed
from app.web import cookies
from app.web.dependencies import Db, FormFields, SignedIn, signed_in
from app.web.forms import one
from app.web.page import redirect, render, say
from app.web.security import limits_of
from app.web.visit import visit
from questionnaires import regions
from questionnaires.enterprise import industries

router = APIRouter(prefix="/organisations")
MORE_REGIONS = "regions"
"""The value of the button that fills in the next list of regions; without JavaScript it is how one gets there."""


@router.get("")
def list_organisations(request: Request, user: SignedIn, database: Db) -> Response:
    """Show the user's enterprises and undecided requests."""
    with database.reading() as session:
        asked = rows.requests_of(session, user.id)
    return render(request, "organisations.html", asked=asked)


@router.get("/new", dependencies=[Depends(signed_in)])
def register_page(request: Request) -> Response:
    """Show the form to register an enterprise."""
    return _form(request, Typed())


@router.post("/new")
def register(request: Request, user: SignedIn, database: Db, form: FormFields) -> Response:
    """Register an enterprise, or offer to ask to join the one that is registered."""
    typed = _typed(form)
    if one(form, "action") == MORE_REGIONS:
        return _form(request, typed)
    profile, faults = profiles.read(typed)
    if profile is None:
        return _form(request, typed, faults)
    limits_of(request).hit("join", str(user.id))
    try:
        with database.writing() as session:
            made = organisations.register(session, user, profile, now())
    except RegisteredError:
        return render(request, "organisation_join.html", 409, typed=typed, uscc=profile.uscc)
    response = redirect(request, f"/organisations/{made.id}", "企业已登记，您是它的所有者。")
    cookies.write(request, response, cookies.ORGANISATION, str(made.id), cookies.YEAR)
    return response


@router.post("/join")
def ask_to_join(request: Request, user: SignedIn, database: Db, form: FormFields) -> Response:
    """Ask the owners of a registered enterprise to be let in."""
    limits_of(request).hit("join", str(user.id))
    with database.writing() as session:
        join_requests.ask(session, user, one(form, "uscc"), one(form, "message"), now())
    return redirect(request, "/organisations", "申请已送达企业的所有者，请等待答复。")


@router.post("/requests/{request_id}/withdraw")
def withdraw(request: Request, user: SignedIn, database: Db, request_id: uuid.UUID) -> Response:
    """Take one's own request back."""
    with database.writing() as session:
        join_requests.withdraw(session, user, request_id)
    return redirect(request, "/organisations", "申请已撤回。")


@router.get("/regions")
def region_list(request: Request, above: str) -> Response:
    """Return the regions below one, for the script that fills the lists."""
    language = visit(request).language
    found = regions.children(above, regions.CURRENT) if above else ()
    return JSONResponse([{"code": region.code, "name": region.name.get(language)} for region in found])


@router.get("/size")
def size(request: Request, staff: str = "", revenue: str = "") -> Response:
    """Return the size class of two figures as typed, for the script that shows it."""
    found = profiles.size_as_typed(staff, revenue)
    return JSONResponse({"size": found.get(visit(request).language) if found else ""})


@router.get("/{organisation_id}")
def show(request: Request, user: SignedIn, database: Db, organisation_id: uuid.UUID) -> Response:
    """Show an enterprise: profile, members, and for its owners invitations and requests."""
    with database.reading() as session:
        own = member(session, user, organisation_id)
        members = rows.members(session, organisation_id)
        owner = own.role == Role.OWNER
        invitations = rows.open_invitations(session, organisation_id, now()) if owner else ()
        asked = rows.open_requests(session, organisation_id) if owner else ()
    page: dict[str, Any] = {"own": own, "members": members, "invitations": invitations, "asked": asked}
    return render(request, "organisation.html", shown=own.organisation, **page, **_described(own.organisation))


def _described(organisation: Organisation) -> dict[str, Any]:
    return {
        "region": profiles.region_name(organisation.region),
        "industry": profiles.industry_name(organisation.industry),
        "size": profiles.size_of(organisation.staff, organisation.revenue),
        "doubts": profiles.doubts(organisation),
    }


@router.get("/{organisation_id}/edit")
def edit_page(request: Request, user: SignedIn, database: Db, organisation_id: uuid.UUID) -> Response:
    """Show the form to change the profile."""
    organisation = _owned(database, user, organisation_id)
    return _form(request, profiles.typed_of(organisation), organisation=organisation)


@router.post("/{organisation_id}/edit")
def edit(request: Request, user: SignedIn, database: Db, organisation_id: uuid.UUID, form: FormFields) -> Response:
    """Change the profile."""
    organisation = _owned(database, user, organisation_id)
    typed = _typed(form, organisation.uscc)
    if one(form, "action") == MORE_REGIONS:
        return _form(request, typed, organisation=organisation)
    profile, faults = profiles.read(typed)
    if profile is None:
        return _form(request, typed, faults, organisation=organisation)
    with database.writing() as session:
        organisations.change(session, user, organisation_id, profile)
    return redirect(request, f"/organisations/{organisation_id}", "企业资料已保存。")


@router.post("/{organisation_id}/choose")
def choose(request: Request, user: SignedIn, database: Db, organisation_id: uuid.UUID) -> Response:
    """Work on this enterprise from now on."""
    with database.reading() as session:
        member(session, user, organisation_id)
    response = redirect(request, "/dashboard")
    cookies.write(request, response, cookies.ORGANISATION, str(organisation_id), cookies.YEAR)
    return response


def _owned(database: Db, user: User, organisation_id: uuid.UUID) -> Organisation:
    with database.reading() as session:
        return member(session, user, organisation_id, Role.OWNER).organisation


def _typed(form: FormData, uscc: str | None = None) -> Typed:
    names = ("name", "province", "prefecture", "county", "industry", "staff", "revenue")
    return Typed(uscc=uscc or one(form, "uscc"), **{name: one(form, name) for name in names})


def _form(
    request: Request,
    typed: Typed,
    faults: dict[str, InvalidError] | None = None,
    organisation: Organisation | None = None,
) -> Response:
    errors = {field: say(request, error.message, **error.parts) for field, error in (faults or {}).items()}
    return render(
        request,
        "organisation_form.html",
        422 if errors else 200,
        typed=profiles.fields_of(typed),
        errors=errors,
        choices=profiles.region_choices(typed),
        industries=industries(),
        size=profiles.size_as_typed(typed.staff, typed.revenue),
        as_of=regions.CURRENT,
        edited=organisation,
    )
