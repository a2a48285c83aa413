"""How many units become an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from questionnaires.description import Length, Record, Within

from .words import DimensionRef, ImputationKind, NormalisationKind

Deviation = Annotated[float, Within(over=0)]


@dataclass(frozen=True, kw_only=True)
class Normalisation(Record):
    """How raw values of many units get onto the scale; written as the kind alone or as a mapping."""

    SHORT = "kind"
    kind: NormalisationKind = "goalposts"
    mean: float | None = None
    sd: Deviation | None = None


@dataclass(frozen=True, kw_only=True)
class OwnNormalisation(Record):
    """An indicator's own; without a `kind` it is that of the questionnaire."""

    SHORT = "kind"
    kind: NormalisationKind | None = None
    direction: Literal["higher", "lower"] | None = None
    log: bool | None = None
    target: float | None = None
    mean: float | None = None
    sd: Deviation | None = None


@dataclass(frozen=True, kw_only=True)
class Index(Record):
    """The block `index` of the header."""

    normalisation: Normalisation = Normalisation()
    weights: Literal["given", "equal", "entropy"] = "given"
    availability: Annotated[float, Within(over=0, high=1)] = 1.0
    imputation: ImputationKind = "none"
    coupling: Annotated[tuple[DimensionRef, ...], Length(2)] = ()
