"""What the engine says of one assessment: plain values that freeze to JSON and back without loss."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

State = Literal["valued", "missing", "not-applicable", "out-of-scope"]
Verdict = Literal["met", "not-met", "hit", "not-hit", "open", "skipped"]
MeasureState = Literal["valued", "missing", "undefined", "out-of-scope"]
RuleVerdict = Literal["kept", "broken", "open", "skipped"]


class Interval(NamedTuple):
    """The range that every completion of the answers lies in; `low` = `high` when nothing is missing."""

    low: float
    high: float


class NodeResult(NamedTuple):
    """A node, indicator or checklist group after scoring.

    `value` is None unless everything below it is known (state `valued`); `interval` is None when it is not applicable or out of
    scope. `weight` is as declared; `effective_weight` its share of the total after redistribution (the shares of all valued
    indicators add up to 1); `contribution` is what it adds to the total score (None while values are missing); contributions of the
    indicators add up to the total. Both are apportioned as `scoring.contributions` says.
    """

    id: str
    kind: Literal["total", "dimension", "domain", "group", "indicator", "checklist-group"]
    parent: str | None
    state: State
    value: float | None
    interval: Interval | None
    weight: float
    effective_weight: float
    contribution: float | None
    raw: float | None = None
    reason: str | None = None
    """Why it is not applicable: `answered` (by the respondent), `undefined:K` (the K-th rule, from 0), `division-by-zero`, `inputs` (a
    formula reads something that is not applicable or out of scope), `children`."""


class Blocker(NamedTuple):
    """A node that keeps a level from being held: it has `value` (None if missing) and needs `needed`."""

    node: str
    value: float | None
    needed: float


class GateResult(NamedTuple):
    """The verdict of a gate.

    For caps: `level_held` is the highest level the gate allows, `verdict` is `met` when that is the highest level of all, else `not-met`;
    `blockers` is what keeps level `level_held + 1` away. For a veto: `hit`, `not-hit` or `open`. For an expectation: `met`, `not-met`,
    `open`, or `skipped` below its level.
    """

    id: str
    kind: str
    verdict: Verdict
    level_held: int | None = None
    blockers: tuple[Blocker, ...] = ()


class MeasureResult(NamedTuple):
    """A measure in one year; `year` is 0 in the reporting year, -1 in the year before, None for a measure that is not by years.

    `value` is None unless `state` is valued; an undefined measure says why in `reason`: `undefined:K` (the K-th rule, from 0), `no-year`
    (no figures of that year), `division-by-zero`, `inputs` (it reads something not applicable, out of scope or undefined). `growth` is
    over the year before: in percent if the measure says `relative`, in its own unit if `difference`; None where there is none, for
    `growth_reason` `no-year` (no year before), `base` (relative, and the year before is not above 0) or `values` (one of the two has no
    value).
    """

    id: str
    measure: str
    year: int | None
    state: MeasureState
    value: float | None
    growth: float | None
    reason: str | None
    growth_reason: str | None = None


class Finding(NamedTuple):
    """What a consistency rule says in one year; `at` are the questions (`Q`), rows (`Q.ROW`), columns (`Q.COLUMN`) or cells concerned.

    It is `open` while an input that matters is missing, and `skipped` where it rests on something that is not applicable, out of scope or
    undefined.
    """

    rule: str
    severity: Literal["error", "explain", "warning"]
    year: int | None
    at: tuple[str, ...]
    verdict: RuleVerdict


class TraceStep(NamedTuple):
    """One number on the way from an answer to the level.

    `rule` says what was done: to an answer `ladder`, `checklist`, `choice`, `multi-choice`, `number`, `formula`, `linked`, `undefined`,
    `substitute`, `ask`, and of a measure `measure` and `growth`; to a raw value `breakpoints`, `goalposts`, `scale`; to children
    `arithmetic`, `geometric`, `harmonic`, `minimum`, `lead`; then `contribution`, `na-share`, `band`, `gate`, `level`. `inputs` are the
    (id, number) pairs that went in and `detail` the rest as plain values (a formula's source, the two breakpoints used, the weights, the
    entry that counts of a parameter). The id is that of an indicator, measure, node or gate, or, of a `linked` figure, of a number or cell.
    """

    id: str
    rule: str
    inputs: tuple[tuple[str, float | None], ...]
    output: float | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """The whole result. A questionnaire without dimensions has no `nodes` and no `score`.

    Outcome precedence: vetoed, incomplete, not-rateable, then the questionnaire's own (level, index, measured).

    `level` is the awarded one (None unless outcome is `level`); `band_level` what the score alone would give; `level_interval` assumes
    that open vetoes are not hit. `score` is None while a scored value is missing (a result that lacks only unscored answers is
    incomplete and has a score); `score_na_as_zero` counts N/A as the scale's minimum. `na_share` is the share of the total weight that is
    not applicable: all of an indicator, or the part of a checklist's clauses. `margin_above` is the distance to the lower border of the
    awarded level's band, `margin_to_next` to the next band's (None at the top; not above 0 where only gates keep that level away).
    """

    slug: str
    version: str
    digest: str
    engine_version: str
    outcome: Literal["vetoed", "incomplete", "not-rateable", "level", "index", "measured"]
    score: float | None
    score_interval: Interval | None
    score_na_as_zero: float | None
    level: int | None
    band_level: int | None
    level_interval: tuple[int, int] | None
    margin_above: float | None
    margin_to_next: float | None
    na_share: float
    missing: tuple[str, ...]
    """Ids of required questions in scope without an answer, and of optional ones that an indicator still waits for; a table cell or
    clause as `QUESTION.ROW.COLUMN` or `QUESTION.GROUP.CLAUSE`."""
    nodes: dict[str, NodeResult]
    gates: tuple[GateResult, ...]
    trace: tuple[TraceStep, ...] = ()
    measures: dict[str, MeasureResult] = field(default_factory=dict)
    """By id: `service_share.y0`, `service_share.y1` … of a measure by years, else its own."""
    findings: tuple[Finding, ...] = ()
    """Every consistency rule in every one of its years, whatever its verdict."""
