"""Questionnaires to read and to print blank."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.errors import NotFoundError
from app.services.instruments import instruments
from app.services.wording import pieces
from app.web.dependencies import Questionnaires
from app.web.page import render
from questionnaires.catalogue import glossary
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire

router = APIRouter(prefix="/questionnaires")


@router.get("")
def questionnaires(request: Request, registry: Questionnaires) -> Response:
    """Show the instruments and the versions there are."""
    return render(request, "questionnaires.html", instruments=instruments(registry), versions=registry.versions)


@router.get("/{slug}/{version}")
def questionnaire(request: Request, registry: Questionnaires, slug: str, version: str) -> Response:
    """Show the whole of a questionnaire: everything asked, and everything the level comes from."""
    chosen = known(registry, slug, version)
    return render(
        request,
        "questionnaire.html",
        questionnaire=chosen,
        pieces=lambda source: pieces(chosen, source),
        terms=glossary().by_id,
        names=_names(chosen),
    )


def known(registry: Registry, slug: str, version: str) -> Questionnaire:
    """Return a questionnaire, or raise `NotFoundError`."""
    if version not in registry.versions(slug):
        raise NotFoundError("没有这份问卷：%(slug)s %(version)s。", slug=slug, version=version)
    return registry.get(slug, version)


def _names(chosen: Questionnaire) -> dict[str, object]:
    """Return the name of everything that a gate can point at, by id."""
    named = {indicator.id: indicator.name for indicator in chosen.indicators.values()}
    titled = {section.id: section.title for section in chosen.sections}
    groups = {group.id: group.name for section in chosen.sections for group in section.groups}
    parts = {
        f"{indicator.id}.{part.id}": part.name
        for indicator in chosen.indicators.values()
        if indicator.checklist
        for part in indicator.checklist.groups
    }
    return {**titled, **groups, **parts, **named}
