"""Dated constants that formulas and goalposts read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from questionnaires.description import Length, Record, Within
from questionnaires.text import Text

from .indicators import Basis
from .words import Id, Industry


@dataclass(frozen=True, kw_only=True)
class ParameterValue(Record):
    """A value from the reporting year `since` on, for the industries named, or for all others."""

    since: Annotated[int, Within(low=1990, high=2100)] = field(metadata={"key": "from"})
    value: float
    basis: Basis
    industries: tuple[Industry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Parameter(Record):
    """A constant with its unit and its values."""

    id: Id
    name: Text
    unit: Text
    values: Annotated[tuple[ParameterValue, ...], Length(1)]


@dataclass(frozen=True, kw_only=True)
class Parameters(Record):
    """The file parameters.yaml."""

    parameters: Annotated[tuple[Parameter, ...], Length(1)]
