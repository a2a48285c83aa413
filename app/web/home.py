"""The pages before registering."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Request
from sqlalchemy import text
from starlette.responses import JSONResponse, Response

from app.web.dependencies import Db
from app.web.page import render

router = APIRouter()


@router.get("/")
def home(request: Request) -> Response:
    """Show what this is, for whom, how long it takes and what to have at hand."""
    return render(request, "home.html")


@router.get("/health")
def health(database: Db) -> Response:
    """Whether the database answers, and which version this is."""
    with database.reading() as session:
        session.execute(text("SELECT 1"))
    return JSONResponse({"status": "ok", "version": version("servimeter")})
