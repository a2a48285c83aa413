"""The catalogue of the standards system and the glossary."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.errors import NotFoundError
from app.services.coverage import coverage
from app.web.dependencies import Questionnaires
from app.web.page import render
from questionnaires.catalogue import catalogue, glossary

router = APIRouter()


@router.get("/standards")
def standards(request: Request, registry: Questionnaires) -> Response:
    """Show the whole tree."""
    return render(request, "standards.html", catalogue=catalogue(), coverage=coverage(registry))


@router.get("/standards/{node}")
def standard(request: Request, registry: Questionnaires, node: str) -> Response:
    """Show a node: its description, its topics and the indicators that answer to them."""
    tree = catalogue()
    if node not in tree.by_id:
        raise NotFoundError("标准体系里没有 %(node)s 这个节点。", node=node)
    terms = [term for term in glossary().terms if term.node == node]
    return render(
        request, "standard.html", catalogue=tree, node=tree.by_id[node], coverage=coverage(registry), terms=terms
    )


@router.get("/glossary")
def glossary_page(request: Request) -> Response:
    """Show every term with its definition."""
    return render(request, "glossary.html", glossary=glossary(), catalogue=catalogue())
