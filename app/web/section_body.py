"""The body of a form page: every question of a section as markup with slots, made once per version and language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from app.services import fields as names
from app.services.cells import shares_unit, unit_of
from app.services.numbers import grouped
from app.services.wording import pieces
from app.web.markup import Blank, Slots
from app.web.page import environment
from questionnaires.catalogue import glossary
from questionnaires.types import AnyQuestion, Indicator, Questionnaire, Section, Text


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the page: a question, or an indicator that is computed; `group` names what it belongs to within the domain."""

    code: str
    question: AnyQuestion | None = None
    indicator: Indicator | None = None
    group: Text | None = None


def code_of(section: Section) -> str:
    """Return the short code of a domain, as in A2; empty where its id is too long to be one."""
    return section.id.upper() if section.is_domain and len(section.id) <= 4 else ""


def _parts(section: Section) -> Iterator[Part]:
    yield from (Part("", question) for question in section.questions)
    code, groups = code_of(section), {group.id: group.name for group in section.groups}
    for place, indicator in enumerate(section.indicators, 1):
        numbered = f"{code}.{place}" if code else ""
        if indicator.asked:
            yield Part(numbered, indicator.asked, group=groups.get(indicator.group or ""))
        elif indicator.question is None:
            yield Part(numbered, indicator=indicator, group=groups.get(indicator.group or ""))


class _Key:
    """A section of a version, so that it can be a key."""

    def __init__(self, questionnaire: Questionnaire, section: Section) -> None:
        self.questionnaire, self.section = questionnaire, section
        self.parts = (questionnaire.slug, questionnaire.version, questionnaire.digest, section.id)

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.parts == other.parts


def section_body(questionnaire: Questionnaire, section: Section, language: str) -> Blank:
    """Return the markup of a section's questions with slots for what an assessment puts in."""
    return _rendered(_Key(questionnaire, section), language)


@lru_cache(maxsize=512)
def _rendered(key: _Key, language: str) -> Blank:
    template = environment(language).get_template("assessments/questions.html")
    return Blank(
        template.render(
            parts=list(_parts(key.section)),
            questionnaire=key.questionnaire,
            slots=Slots(),
            names=names,
            figure=grouped,
            plain=lambda factor: f"{Decimal(repr(factor)):f}",
            shares_unit=shares_unit,
            unit_of=unit_of,
            glossary=glossary().by_id,
            pieces=lambda source: pieces(key.questionnaire, source),
        )
    )
