"""The pages before registering."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from app.services.instruments import instruments
from app.web.dependencies import Db, Questionnaires
from app.web.page import render

router = APIRouter()


@router.get("/")
def home(request: Request, registry: Questionnaires) -> Response:
    """Show what this is, for whom, how long it takes and what to have at hand."""
    offered = instruments(registry)
    main = next((one.questionnaire for one in offered if one.questionnaire), None)
    return render(request, "home.html", instruments=offered, main=main)


@router.get("/privacy")
def privacy(request: Request) -> Response:
    """Show what is done with personal information."""
    return render(request, "privacy.html")


@router.get("/terms")
def terms(request: Request) -> Response:
    """Show the terms of use."""
    return render(request, "terms.html")


@router.get("/health")
def health(database: Db) -> Response:
    """Say whether the database answers (503 when it does not), and which version this is."""
    try:
        with database.reading() as session:
            session.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError):
        return JSONResponse({"status": "database unreachable", "version": version("servimeter")}, 503)
    return JSONResponse({"status": "ok", "version": version("servimeter")})
