"""Members of an enterprise: roles, removal, requests to join, invitations."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.clock import now
from app.services import invitations, join_requests, members
from app.web import cookies
from app.web.dependencies import Db, FormFields, SignedIn
from app.web.forms import one
from app.web.page import redirect, render
from app.web.security import address_of, limits_of
from app.web.visit import visit

router = APIRouter()


@router.post("/organisations/{organisation_id}/members/{membership_id}/role")
def change_role(  # noqa: PLR0913, PLR0917 - two ids in the address
    request: Request,
    user: SignedIn,
    database: Db,
    organisation_id: uuid.UUID,
    membership_id: uuid.UUID,
    form: FormFields,
) -> Response:
    """Give a member another role."""
    with database.writing() as session:
        members.change_role(session, user, organisation_id, membership_id, members.parse_role(one(form, "role")))
    return redirect(request, f"/organisations/{organisation_id}", "角色已更改。")


@router.post("/organisations/{organisation_id}/members/{membership_id}/remove")
def remove(
    request: Request, user: SignedIn, database: Db, organisation_id: uuid.UUID, membership_id: uuid.UUID
) -> Response:
    """Remove a member, or leave."""
    with database.writing() as session:
        own = members.remove(session, user, organisation_id, membership_id)
    if own:
        return redirect(request, "/organisations", "您已退出这家企业。")
    return redirect(request, f"/organisations/{organisation_id}", "成员已移出。")


@router.post("/join-requests/{request_id}")
def decide(request: Request, user: SignedIn, database: Db, request_id: uuid.UUID, form: FormFields) -> Response:
    """Accept a request to join with a role, or refuse it."""
    refused = one(form, "decision") == "refuse"
    role = None if refused else members.parse_role(one(form, "role"), invitations.INVITED)
    with database.writing() as session:
        organisation_id = join_requests.decide(session, user, request_id, role, now())
    if refused:
        return redirect(request, f"/organisations/{organisation_id}", "申请已拒绝。")
    return redirect(request, f"/organisations/{organisation_id}", "申请已接受，对方现在是成员。")


@router.post("/organisations/{organisation_id}/invitations")
def invite(request: Request, user: SignedIn, database: Db, organisation_id: uuid.UUID, form: FormFields) -> Response:
    """Make an invitation and show its link, this once."""
    limits_of(request).hit("invite", str(user.id))
    role = members.parse_role(one(form, "role"), invitations.INVITED)
    with database.writing() as session:
        token = invitations.invite(session, user, organisation_id, role, now())
    base = cookies.settings_of(request).base_url or str(request.base_url)
    link = f"{base.rstrip('/')}/invitations/{token}"
    return render(
        request,
        "invitation_made.html",
        201,
        link=link,
        role=role,
        days=invitations.DAYS,
        organisation_id=organisation_id,
    )


@router.post("/organisations/{organisation_id}/invitations/{invitation_id}/revoke")
def revoke(
    request: Request, user: SignedIn, database: Db, organisation_id: uuid.UUID, invitation_id: uuid.UUID
) -> Response:
    """Make an invitation useless."""
    with database.writing() as session:
        invitations.revoke(session, user, organisation_id, invitation_id, now())
    return redirect(request, f"/organisations/{organisation_id}", "邀请已撤销。")


@router.get("/invitations/{token}")
def invitation_page(request: Request, database: Db, token: str) -> Response:
    """Show what an invitation is for."""
    limits_of(request).hit("token", address_of(request))
    with database.reading() as session:
        invitation = invitations.find(session, token, now())
    known = {one.organisation_id for one in visit(request).memberships}
    return render(
        request, "invitation.html", invitation=invitation, token=token, already=invitation.organisation_id in known
    )


@router.post("/invitations/{token}")
def accept(request: Request, user: SignedIn, database: Db, token: str) -> Response:
    """Join the enterprise."""
    limits_of(request).hit("token", address_of(request))
    with database.writing() as session:
        organisation_id = invitations.accept(session, user, token, now()).organisation_id
    response = redirect(request, f"/organisations/{organisation_id}", "您已加入这家企业。")
    cookies.write(request, response, cookies.ORGANISATION, str(organisation_id), cookies.YEAR)
    return response
