"""Whether what a questionnaire links to exists: a misspelt measure would silently leave the fall-back in force."""

from __future__ import annotations

from collections.abc import Iterator

from .compiling import TOTAL
from .faults import Fault, Faulty
from .references import unknown
from .registry import Registry
from .types import Link, Number, NumberLink, Questionnaire, Table, TableLink


def links_lead_somewhere(questionnaire: Questionnaire, registry: Registry) -> Iterator[Fault]:
    """Yield a fault for every link to a questionnaire, or to a measure or node of its newest version, that does not exist."""
    links = [one.link for one in (*questionnaire.indicators.values(), *_figures(questionnaire)) if one.link]
    for link in links:
        if link.slug == questionnaire.slug:
            continue
        if link.slug not in registry.slugs():
            yield unknown(link.place.at("slug"), "questionnaire", link.slug, registry.slugs())
            continue
        try:
            target = registry.latest(link.slug)
        except Faulty:  # its own faults are reported with it
            continue
        yield from _measures(link, target)


def _figures(questionnaire: Questionnaire) -> Iterator[Number | Table]:
    yield from (one for one in questionnaire.questions.values() if isinstance(one, Number | Table))


def _measures(link: Link | NumberLink | TableLink, target: Questionnaire) -> Iterator[Fault]:
    if isinstance(link, TableLink):  # rows read measures by years
        known = {one.id for one in target.measures.values() if one.years}
        named = [(link.place.at("rows").at(row), measure) for row, measure in link.rows.items()]
    else:
        known, named = _readable(target), [(link.place.at("measure"), link.measure)]
    yield from (unknown(place, "measure", name, known) for place, name in named if name not in known)


def _readable(target: Questionnaire) -> set[str]:
    measures = {name for one in target.measures.values() for name in (one.id, *one.ids.values())}
    groups = {group.id for section in target.sections for group in section.groups}
    nodes = groups | {one.id for one in target.dimensions} | {one.id for one in target.domains} | {*target.indicators}
    return measures | nodes | ({TOTAL} if target.dimensions else set())
