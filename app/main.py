"""The web application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles

from app import logs
from app.config import Settings
from app.config import settings as from_environment
from app.db import Database
from app.services.cohorts import Cohorts
from app.web import (
    account,
    accounts,
    assessments,
    failures,
    home,
    members,
    organisations,
    questionnaires,
    region_index,
    regions,
    reports,
    review,
    sections,
    standards,
    statistics,
    submissions,
    workbooks,
)
from app.web.page import STATIC
from app.web.security import Guard, Limits, check_csrf
from questionnaires.registry import Registry

ROUTERS = [
    home.router,
    accounts.router,
    account.router,
    organisations.router,
    members.router,
    standards.router,
    questionnaires.router,
    assessments.router,
    sections.router,
    review.router,
    workbooks.router,
    submissions.router,
    reports.router,
    regions.router,
    region_index.router,
    statistics.router,
]


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application for these settings, else for those of the environment."""
    chosen = settings or from_environment()
    logs.configure(production=chosen.production)
    app = FastAPI(
        title="ServiMeter",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(check_csrf)],
        lifespan=_life,
    )
    app.state.settings = chosen
    app.state.database = Database(chosen.database_url)
    app.state.registry = Registry(chosen.questionnaires)
    app.state.limits = Limits()
    app.state.cohorts = Cohorts(app.state.database)
    app.add_middleware(Guard, production=chosen.production)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router)
    failures.install(app)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.database.close()
