"""Whether what a questionnaire links to exists: a misspelt measure would silently leave the fall-back in force."""

from __future__ import annotations

from collections.abc import Iterator

from .compiling import TOTAL
from .faults import Fault, Faulty
from .references import unknown
from .registry import Registry
from .types import Questionnaire


def links_lead_somewhere(questionnaire: Questionnaire, registry: Registry) -> Iterator[Fault]:
    """Yield a fault for every link to a questionnaire, or to a measure or node of its newest version, that does not exist."""
    for indicator in questionnaire.indicators.values():
        link = indicator.link
        if link is None or link.slug == questionnaire.slug:
            continue
        if link.slug not in registry.slugs():
            yield unknown(link.place.at("slug"), "questionnaire", link.slug, registry.slugs())
            continue
        try:
            target = registry.latest(link.slug)
        except Faulty:  # its own faults are reported with it
            continue
        if link.measure not in (known := _readable(target)):
            yield unknown(link.place.at("measure"), "measure", link.measure, known)


def _readable(target: Questionnaire) -> set[str]:
    measures = {name for one in target.measures.values() for name in (one.id, *one.ids.values())}
    groups = {group.id for section in target.sections for group in section.groups}
    nodes = groups | {one.id for one in target.dimensions} | {one.id for one in target.domains} | {*target.indicators}
    return measures | nodes | ({TOTAL} if target.dimensions else set())
