"""What a report is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaires.text import Text
from questionnaires.types import Questionnaire
from reports import data
from scoring.result import Result


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is made from. `enterprise` is the profile as a submission freezes it, `frozen` the JSON to attach."""

    questionnaire: Questionnaire
    result: Result
    answers: Mapping[str, Any]
    enterprise: Mapping[str, Any]
    standing: data.Standing
    frozen: bytes
    notes: Mapping[str, str] = field(default_factory=dict)
    illustrative: Text | None = None
    linked: Mapping[str, Questionnaire] = field(default_factory=dict)
    """The questionnaires that figures were read from, by slug and version."""

    @property
    def year(self) -> int:
        """The reporting year."""
        return int(self.enterprise["year"])

    @property
    def industry(self) -> str | None:
        """The division of the enterprise."""
        return self.enterprise.get("industry")
