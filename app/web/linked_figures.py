"""The figures of a question that the form reads from another submission: from which, what, and what was typed instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.i18n import Translator
from app.services.drafts import Draft
from app.web.page import number
from questionnaires.faults import Faulty
from questionnaires.registry import Registry
from questionnaires.types import AnyQuestion, Number, Table
from scoring.result import TraceStep


@dataclass(frozen=True, slots=True)
class FigureView:
    """A linked figure with its name (empty where the question has but one) and the typed figure where it differs."""

    name: str
    value: str
    own: str


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The linked figures of a question, all from one submission."""

    title: str
    number: str
    href: str
    figures: tuple[FigureView, ...]


def figures_view(draft: Draft, question: AnyQuestion, translator: Translator, registry: Registry) -> FiguresView | None:
    """Return what a question reads elsewhere, None if nothing."""
    if not isinstance(question, Number | Table) or question.link is None:
        return None
    read = [one for one in draft.standing.result.trace if one.rule == "linked" and one.id in question.linked]
    if not read:
        return None
    origin, named = read[0].detail["source"], dict(_named(draft, question, translator))
    return FiguresView(
        title=_title(registry, origin["slug"], origin["version"], translator),
        number=origin["number"],
        href=f"/submissions/{origin['submission']}",
        figures=tuple(_figure(question, step, named[step.id]) for step in read),
    )


def _figure(question: Number | Table, step: TraceStep, name: str) -> FigureView:
    own = step.detail["own"]
    return FigureView(
        name, number(step.output, question.decimals), "" if own is None else number(own, question.decimals)
    )


def _named(draft: Draft, question: Number | Table, translator: Translator) -> Iterator[tuple[str, str]]:
    """Yield every figure's id and name: a cell's is its row and calendar year."""
    if isinstance(question, Number):
        yield question.id, ""
        return
    for row in question.rows:
        for column in question.columns:
            year = draft.assessment.year + (column.year or 0)
            yield f"{question.id}.{row.id}.{column.id}", f"{row.label.get(translator.language)} {year}"


def _title(registry: Registry, slug: str, version: str, translator: Translator) -> str:
    try:
        return registry.get(slug, version).title.get(translator.language)
    except Faulty:
        return f"{slug} {version}"
