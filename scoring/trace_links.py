"""The steps of the trace for figures of questions that were read from other results."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.answers import Answers, LinkedValue, Links
from scoring.model import Question
from scoring.result import TraceStep
from scoring.trace_inputs import at
from scoring.values import Values

PLACES = 9
"""Decimals to which a typed figure and a linked one are compared, as in conditions."""


def figure_steps(values: Values, answers: Answers, links: Links) -> Iterator[TraceStep]:
    """Yield a step for every linked number and cell that is asked, in the order of the questionnaire.

    `detail` has its `source`, and as `own` the figure that was typed where it differs.
    """
    for question in values.compiled.model.questions:
        for slot in question.links:
            link = links.get(slot)
            if link is not None and at(values.questions.stored_number(slot)) is not None:
                yield _step(slot, link, typed(question, slot, answers))


def _step(slot: str, link: LinkedValue, own: float | None) -> TraceStep:
    differs = own is not None and round(own, PLACES) != round(link.value, PLACES)
    detail = {"source": dict(link.source), "own": own if differs else None, "formula": None}
    return TraceStep(slot, "linked", ((slot, link.value),), link.value, detail)


def typed(question: Question, slot: str, answers: Answers) -> float | None:
    """Return the figure that the answers have for a number or a cell, None for a gap or N/A."""
    found = answers.get(question.id)
    if question.kind == "table":
        row, column = slot.removeprefix(f"{question.id}.").split(".")
        found = ((found or {}).get(row) or {}).get(column)
    return float(found) if isinstance(found, int | float) else None
