"""Consistency rules: what must hold between answers, in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from scoring.columns import Bytes, select, spread_out
from scoring.compiled import CompiledRule
from scoring.result import Finding, RuleVerdict

if TYPE_CHECKING:
    from scoring.values import Values

VERDICTS: Final[tuple[RuleVerdict, ...]] = ("kept", "broken", "open", "skipped")
KEPT, BROKEN, OPEN, SKIPPED = range(len(VERDICTS))


def verdicts(rule: CompiledRule, values: Values) -> Bytes:
    """Return the place among VERDICTS of a rule in every row.

    A comparison with a gap says nothing here. Where the rest does not decide, the rule is open if a missing answer may decide it, and
    skipped where it cannot: it rests on something not applicable, out of scope or undefined.
    """
    size = values.batch.size
    yes, no = (spread_out(side, size) for side in rule.known.evaluate(values))
    settled = values.questions.truth(rule.holds)
    undecided = select(settled.yes | settled.no, SKIPPED, OPEN)
    return select(yes, KEPT, select(no, BROKEN, undecided))


def findings(values: Values, row: int = 0) -> tuple[Finding, ...]:
    """Return what every rule says in a row, in the model's order."""
    return tuple(_finding(rule, values, row) for rule in values.compiled.rules)


def _finding(compiled: CompiledRule, values: Values, row: int) -> Finding:
    own = compiled.rule
    with np.errstate(all="ignore"):
        verdict = VERDICTS[int(verdicts(compiled, values)[row])]
    return Finding(own.id, own.severity, own.year, own.at, verdict)
