"""Cross-checks: what one part of a questionnaire says must fit what the others say."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from questionnaires.faults import Fault
from questionnaires.types import Questionnaire

from .copies import near_copies
from .formulas import formulas_read
from .gates import gates_can_act
from .ids import ids_are_unique, names_exist
from .ladders import ladders_agree, needs_can_be_met
from .order import no_circles
from .parts import parts_are_whole
from .reach import conditions_can_hold
from .scales import bands_ascend, values_fit
from .weights import weights_add_up

Check = Callable[[Questionnaire], Iterable[Fault]]

CHECKS: tuple[Check, ...] = (
    ids_are_unique,
    names_exist,
    parts_are_whole,
    weights_add_up,
    bands_ascend,
    values_fit,
    ladders_agree,
    needs_can_be_met,
    gates_can_act,
    near_copies,
)
ON_FORMULAS: tuple[Check, ...] = (formulas_read, no_circles)


def cross_check(questionnaire: Questionnaire) -> list[Fault]:
    """Return every fault that only shows when the parts are seen together.

    Formulas are read once all ids exist and are unique; whether conditions can hold is asked once all formulas read.
    """
    faults = [fault for check in CHECKS for fault in check(questionnaire)]
    if any(fault.code in {"duplicate-id", "one-of"} for fault in faults):
        return faults
    on_formulas = [fault for check in ON_FORMULAS for fault in check(questionnaire)]
    return [*faults, *on_formulas, *(() if on_formulas else conditions_can_hold(questionnaire))]
