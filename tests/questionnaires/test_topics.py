"""From 1.0.0 on, the enterprise evaluation names every topic that the guide lists under 1.2, 2, 3 and 4."""

from __future__ import annotations

import pytest

from questionnaires.catalogue import catalogue
from questionnaires.registry import Registry, version_order

SLUG = "enterprise-evaluation"
BRANCHES = ("1.2", "2", "3", "4")
VERSIONS = [version for version in Registry().versions(SLUG) if version_order(version) >= version_order("1.0.0")]


def topics_to_cover() -> set[str]:
    nodes = catalogue().nodes
    return {
        topic.id
        for node in nodes
        if any(node.id == one or node.id.startswith(f"{one}.") for one in BRANCHES)
        for topic in node.topics
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_every_topic_is_named_by_an_indicator(version: str) -> None:
    named = {topic for indicator in Registry().get(SLUG, version).indicators.values() for topic in indicator.topics}
    assert topics_to_cover() - named == set()


def test_there_is_something_to_cover() -> None:
    assert len(topics_to_cover()) > 100
