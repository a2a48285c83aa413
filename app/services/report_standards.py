"""The map of the standards system for a report: which nodes a questionnaire asks about, and how strong the enterprise is there."""

from __future__ import annotations

from collections.abc import Iterable

from app.services.coverage import nodes_of
from questionnaires.catalogue import CatalogueNode, catalogue
from questionnaires.types import Indicator, Questionnaire
from reports import data
from scoring.result import NodeResult, Result, State


def standards(questionnaire: Questionnaire, result: Result, language: str) -> tuple[data.StandardNode, ...]:
    """Return the nodes of the catalogue in its order; nothing for a questionnaire that names none of them."""
    named = [
        (indicator, nodes_of(section, indicator))
        for section in questionnaire.domains
        for indicator in section.indicators
    ]
    if not any(nodes for _, nodes in named):
        return ()
    return tuple(_node(node, named, result, language) for node in catalogue().nodes)


def _node(
    node: CatalogueNode, named: list[tuple[Indicator, tuple[str, ...]]], result: Result, language: str
) -> data.StandardNode:
    below = [indicator for indicator, nodes in named if any(_within(one, node.id) for one in nodes)]
    own = [indicator for indicator, nodes in named if node.id in nodes]
    topics = [topic.id for one in catalogue().nodes if _within(one.id, node.id) for topic in one.topics]
    addressed = {topic for indicator in below for topic in indicator.topics}
    return data.StandardNode(
        code=node.id,
        name=node.name.get(language),
        depth=node.id.count("."),
        asked=bool(below),
        state=_state([result.nodes[indicator.id].state for indicator in below]),
        value=_strength(result.nodes[indicator.id] for indicator in below),
        topics=len(topics),
        addressed=len(addressed.intersection(topics)),
        indicators=tuple(indicator.name.get(language) for indicator in own),
    )


def _within(node: str, root: str) -> bool:
    return node == root or node.startswith(f"{root}.")


def _state(states: list[State]) -> State:
    """Return the state of a node from those of its indicators: a value where any has one, else what is nearest to one."""
    order: tuple[State, ...] = ("valued", "missing", "not-applicable", "out-of-scope")
    return next((state for state in order if state in states), "out-of-scope")


def _strength(nodes: Iterable[NodeResult]) -> float | None:
    """Return the mean of the indicators' values by their effective weights; None where none has a value.

    Where none counts in the score, as in a business type beside the leading one, it is their mean by the weights they were given.
    """
    known = [(node.value, node.effective_weight, node.weight) for node in nodes if node.value is not None]
    counts = any(weight for _, weight, _ in known)
    weighed = [(value, weight if counts else given) for value, weight, given in known]
    total = sum(weight for _, weight in weighed)
    return sum(value * weight for value, weight in weighed) / total if total else None
