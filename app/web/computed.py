"""A computed indicator on the form: its value now, the figures that go in, and why it has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.i18n import Translator
from app.services import fields
from app.services.answer_words import Wording, with_unit
from app.services.cells import cell_words
from app.services.drafts import Draft
from app.services.standing import question_of
from app.services.wording import pieces
from app.web.page import day, number
from questionnaires.registry import Registry
from questionnaires.types import Indicator, Substitute, Table
from scoring.formula import names
from scoring.result import NodeResult, TraceStep

Input = tuple[str, str, str]
"""Name, value in words, address of the field."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where a linked value comes from: the questionnaire, its measure, the submission; `number` is empty when there is none to read."""

    title: str
    measure: str
    number: str = ""
    day: str = ""
    href: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True)
class ComputedView:
    """What the page shows of it."""

    state: str
    raw: str
    unit: str
    value: str
    reason: str
    inputs: tuple[Input, ...]
    source: SourceView | None = None


def computed_view(draft: Draft, indicator: Indicator, translator: Translator, registry: Registry) -> ComputedView:
    """Return the indicator as the answers now make it."""
    node = draft.standing.result.nodes[indicator.id]
    rule = _rule(draft, indicator, node)
    substitute = rule if isinstance(rule, Substitute) else None
    unit = (substitute.unit if substitute else None) or indicator.unit
    source = (
        substitute.formula if substitute else indicator.formula or (indicator.link.fallback if indicator.link else "")
    )
    linked = _linked(draft, indicator)
    return ComputedView(
        state=node.state,
        raw=number(node.raw, indicator.decimals or 0) if node.raw is not None else "",
        unit=unit.get(translator.language) if unit else "",
        value=number(node.value, draft.questionnaire.decimals),
        reason=_reason(node, rule, translator),
        inputs=() if linked else tuple(_inputs(draft, source, translator)),
        source=_source(draft, indicator, linked, translator, registry) if indicator.link else None,
    )


def _linked(draft: Draft, indicator: Indicator) -> TraceStep | None:
    """Return the step that read the indicator from another result, if one did."""
    trace = draft.standing.result.trace
    return next((step for step in trace if step.id == indicator.id and step.rule == "linked"), None)


def _typed(draft: Draft, formula: str) -> bool:
    """Whether any figure that a formula reads was entered here."""
    return any(question_of(draft.questionnaire, name) in draft.stored for name in names(formula))


def _source(
    draft: Draft, indicator: Indicator, step: TraceStep | None, translator: Translator, registry: Registry
) -> SourceView:
    link, language = indicator.link, translator.language
    assert link is not None  # noqa: S101 - the caller looked
    origin = step.detail["source"] if step else {}
    versions = registry.versions(link.slug)
    version = origin.get("version", versions[-1] if versions else "")
    if version not in versions:
        return SourceView(link.slug, link.measure)
    source = registry.get(link.slug, version)
    measure = source.measures.get(link.measure.partition(".y")[0])
    title, name = source.title.get(language), measure.name.get(language) if measure else translator.say("指数")
    if step is None:
        return SourceView(title, name)
    own = step.detail.get("own") if _typed(draft, link.fallback) else None
    return SourceView(
        title,
        name,
        origin["number"],
        day(datetime.fromisoformat(origin["submitted"])) if "submitted" in origin else "",
        f"/submissions/{origin['submission']}",
        number(own, indicator.decimals or 0) if own is not None and own != step.output else "",
    )


def _rule(draft: Draft, indicator: Indicator, node: NodeResult) -> Any:
    """Return the rule for the undefined that settled the indicator, if one did."""
    place = next(
        (
            step.detail["rule"]
            for step in draft.standing.result.trace
            if step.id == indicator.id and step.rule == "undefined"
        ),
        None,
    )
    if node.reason and node.reason.startswith("undefined:"):
        place = int(node.reason.partition(":")[2])
    return None if place is None else indicator.undefined[place]


def _reason(node: NodeResult, rule: Any, translator: Translator) -> str:
    if rule is not None:
        return str(rule.reason.get(translator.language))
    if node.reason == "division-by-zero":
        return translator.say("分母为零，无法计算。")
    return translator.say("所依据的数据不适用。") if node.reason == "inputs" else ""


def _inputs(draft: Draft, source: str, translator: Translator) -> Iterator[Input]:
    wording = Wording(draft.questionnaire, translator)
    for name in names(source) if source else ():
        question = draft.questionnaire.questions.get(question_of(draft.questionnaire, name))
        if question is None:
            continue
        stored = draft.stored[question.id].value if question.id in draft.stored else None
        if isinstance(question, Table):
            field, value = _cell(question, name, stored, translator.language)
        else:
            field, value = question.id, " ".join(wording.lines(question, stored))
        label = pieces(draft.questionnaire, name)[0].text.get(translator.language)
        section = draft.questionnaire.section_of[question.id].id
        yield label, value, f"/assessments/{draft.assessment.id}/sections/{section}#{field}"


def _cell(table: Table, name: str, stored: Any, language: str) -> tuple[str, str]:
    """Return the field of a cell and its figure with the unit."""
    row_id, column_id = name.removeprefix(f"{table.id}.").split(".")
    row = next(row for row in table.rows if row.id == row_id)
    cell = (stored or {}).get(row_id, {}).get(column_id) if "na" not in (stored or {}) else None
    shown = "—" if cell is None else with_unit(cell_words(cell), (row.unit or table.unit).get(language))
    return fields.part(table.id, row_id, column_id), shown
