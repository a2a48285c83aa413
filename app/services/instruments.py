"""The instruments that the guide names, and what this installation offers of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from questionnaires.catalogue import CatalogueNode, catalogue
from questionnaires.registry import Registry
from questionnaires.text import Text
from questionnaires.types import Questionnaire

SLUGS: Final = {
    "1.3.1": "enterprise-evaluation",
    "1.3.2": "input-output",
    "1.3.3": "sustainability",
    "1.3.4": "regional-evaluation",
}
"""Our questionnaire for each node that the guide has under statistics and evaluation."""


@dataclass(frozen=True)
class Instrument:
    """An instrument of the guide or one added by the operator (then without a node); without a questionnaire it is yet to come."""

    slug: str
    node: CatalogueNode | None
    questionnaire: Questionnaire | None

    @property
    def title(self) -> Text:
        if self.questionnaire:
            return self.questionnaire.title
        return self.node.name if self.node else Text(self.slug, self.slug)


def instruments(registry: Registry) -> tuple[Instrument, ...]:
    """Return the guide's instruments in its order, then the others that are installed."""
    known = registry.slugs()
    nodes = catalogue().by_id
    named = [
        Instrument(slug, nodes[node], registry.latest(slug) if slug in known else None) for node, slug in SLUGS.items()
    ]
    added = [Instrument(slug, None, registry.latest(slug)) for slug in known if slug not in SLUGS.values()]
    return (*named, *added)
