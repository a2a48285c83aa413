"""Which indicators of which questionnaires answer to a node of the standards system and to its topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from questionnaires.registry import Registry
from questionnaires.types import Indicator, Questionnaire, Section


@dataclass(frozen=True)
class Cover:
    """An indicator that answers to a node."""

    questionnaire: Questionnaire
    section: Section
    indicator: Indicator


@dataclass(frozen=True)
class Coverage:
    """The indicators of the newest versions by node and by topic."""

    nodes: dict[str, list[Cover]] = field(default_factory=lambda: defaultdict(list))
    topics: dict[str, list[Cover]] = field(default_factory=lambda: defaultdict(list))


def coverage(registry: Registry) -> Coverage:
    """Return what the newest version of every questionnaire covers."""
    found = Coverage()
    for slug in registry.slugs():
        for cover in _covers(registry.latest(slug)):
            for node in nodes_of(cover.section, cover.indicator):
                found.nodes[node].append(cover)
            for topic in cover.indicator.topics:
                found.topics[topic].append(cover)
    return found


def nodes_of(section: Section, indicator: Indicator) -> tuple[str, ...]:
    """Return the nodes of an indicator: its own, else its group's, else its domain's."""
    group = next((group for group in section.groups if group.id == indicator.group), None)
    return indicator.nodes or (group.nodes if group else ()) or section.nodes


def _covers(questionnaire: Questionnaire) -> Iterator[Cover]:
    for section in questionnaire.domains:
        for indicator in section.indicators:
            yield Cover(questionnaire, section, indicator)
