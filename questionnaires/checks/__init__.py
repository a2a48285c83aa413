"""Cross-checks: what one part of a questionnaire says must fit what the others say."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from questionnaires.faults import Fault, errors
from questionnaires.types import Questionnaire

from .copies import near_copies
from .engine import engine_accepts, values_exist
from .formulas import formulas_read
from .gates import gates_can_act
from .ids import ids_are_unique, names_exist
from .index import index_is_whole
from .ladders import ladders_agree, needs_can_be_met
from .measures import measures_are_whole
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
    measures_are_whole,
    index_is_whole,
    weights_add_up,
    bands_ascend,
    values_fit,
    ladders_agree,
    needs_can_be_met,
    values_exist,
    gates_can_act,
    near_copies,
)
ON_FORMULAS: tuple[Check, ...] = (formulas_read, no_circles)


def cross_check(questionnaire: Questionnaire) -> list[Fault]:
    """Return every fault that only shows when the parts are seen together.

    Formulas are read once all ids are unique; whether conditions can hold, and the engine's own opinion, are asked once all formulas read.
    """
    faults = [fault for check in CHECKS for fault in check(questionnaire)]
    if any(fault.code in {"duplicate-id", "one-of"} for fault in faults):
        return faults
    faults += [fault for check in ON_FORMULAS for fault in check(questionnaire)]
    if any(fault.code in {"formula-syntax", "dangling-reference", "unknown-option", "cycle"} for fault in faults):
        return faults
    faults += conditions_can_hold(questionnaire)
    return faults if errors(faults) else [*faults, *engine_accepts(questionnaire)]
