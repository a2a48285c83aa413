"""Cross-checks: what one part of a questionnaire says must fit what the others say."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from questionnaires.faults import Fault
from questionnaires.types import Questionnaire


def cross_check(questionnaire: Questionnaire) -> list[Fault]:
    """Every fault that only shows when the parts are seen together."""
    return [fault for check in CHECKS for fault in check(questionnaire)]


CHECKS: tuple[Callable[[Questionnaire], Iterable[Fault]], ...] = ()
