from __future__ import annotations

from collections.abc import Iterator

from questionnaires.catalogue import duplicates
from questionnaires.checks.parts import misplaced, missing
from questionnaires.faults import Fault
from questionnaires.text import Text
from questionnaires.types import Index, Indicator, Normalisation, OwnNormalisation, Questionnaire

NOT_Z_SCORE = Text("归一化方法不是 z-score", "the normalisation is not z-score")
NO_TARGET = Text("归一化方法不是 distance-to-target", "the normalisation is not distance-to-target")
OWN_RULE = Text("方向和对数由 goalposts 或 breakpoints 决定", "goalposts or breakpoints say so themselves")
GOALPOSTS = Text(
    "归一化方法是 goalposts，由指标自己的规则换算", "the normalisation is goalposts, by the indicator's own rule"
)


def index_is_whole(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for every key of the index block, and of indicators' own normalisations, that lacks another or has no effect."""
    index = questionnaire.index or Index()
    yield from _z_score(index.normalisation, index.normalisation.kind)
    yield from duplicates((name, index.place.at("coupling", place)) for place, name in enumerate(index.coupling))
    for indicator in questionnaire.indicators.values():
        yield from _indicator(indicator, index.normalisation.kind)


def _indicator(indicator: Indicator, shared: str) -> Iterator[Fault]:
    own = indicator.normalisation or OwnNormalisation()
    kind = own.kind or shared
    yield from _z_score(own, kind)
    if kind != "distance-to-target":
        yield from misplaced(own, ("target",), NO_TARGET)
    elif own.target is None:
        yield missing(
            own if indicator.normalisation else indicator, "target" if indicator.normalisation else "normalisation"
        )
    if kind == "goalposts":
        yield from misplaced(own, ("direction", "log"), GOALPOSTS)
    elif indicator.goalposts or indicator.breakpoints:
        yield from misplaced(own, ("direction", "log") if indicator.goalposts else ("direction",), OWN_RULE)


def _z_score(normalisation: Normalisation | OwnNormalisation, kind: str) -> Iterator[Fault]:
    if kind != "z-score":
        yield from misplaced(normalisation, ("mean", "sd"), NOT_Z_SCORE)
