"""What endpoints ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, cast

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData
from starlette.requests import ClientDisconnect

from app.db import Database
from app.models import User
from app.web.visit import database_of, visit
from questionnaires.registry import Registry

MAX_FIELDS = 2000


class SignInNeededError(Exception):
    """The page is for signed-in people; the visitor is sent to sign in and back."""


async def read_form(request: Request) -> FormData:
    """Return the form of the body; repeated keys are kept."""
    try:
        return await request.form(max_fields=MAX_FIELDS, max_files=8)
    except ClientDisconnect:  # nobody is left to answer, and nothing was stored; not worth a traceback in the log
        raise HTTPException(400) from None


async def closed_form(request: Request) -> AsyncIterator[FormData]:
    """Give the form of the body and close the files in it when the request is done."""
    form = await read_form(request)
    try:
        yield form
    finally:
        await form.close()


def registry_of(request: Request) -> Registry:
    """Return the questionnaires that this installation knows."""
    return cast(Registry, request.app.state.registry)


def signed_in(request: Request) -> User:
    """Return the signed-in user."""
    user = visit(request).user
    if user is None:
        raise SignInNeededError
    return user


Db = Annotated[Database, Depends(database_of)]
Questionnaires = Annotated[Registry, Depends(registry_of)]
SignedIn = Annotated[User, Depends(signed_in)]
FormFields = Annotated[FormData, Depends(closed_form)]
