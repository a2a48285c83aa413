"""From an evaluation of one row to its result: nodes, gates with what they would take, levels and the trace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

import numpy as np

from scoring import ENGINE_VERSION
from scoring.answers import Answers, Links
from scoring.columns import KNOWN, ticks
from scoring.compiled import Compiled, Leaf
from scoring.contributions import Share, group_share, shares
from scoring.evaluation import Evaluation, needed, score_na_as_zero
from scoring.gates import GateColumns, highest_held
from scoring.outcome import OUTCOMES, outcomes
from scoring.result import Blocker, GateResult, Interval, NodeResult, Result, State, TraceStep, Verdict
from scoring.spread import Spread
from scoring.tables import HIGH, LIVE, LOW, NA
from scoring.trace import Tracer
from scoring.values import WHY_DIVISION, WHY_INPUTS, WHY_RULE

ROW: Final = 0
Kind = Literal["total", "dimension", "domain", "group", "indicator", "checklist-group"]


def explain(evaluation: Evaluation, answers: Answers, links: Links) -> Result:
    """Return the result of a batch of one with its whole trace."""
    return _Explanation(evaluation, answers, links).result()


class _Explanation:
    def __init__(self, evaluation: Evaluation, answers: Answers, links: Links) -> None:
        self._evaluation = evaluation
        self._compiled: Compiled = evaluation.compiled
        self._model = evaluation.compiled.model
        self._answers = answers
        self._links = links
        self._root = evaluation.root.block[ROW].tolist()
        self._scored = bool(self._root[LIVE]) and not evaluation.root.missing[ROW]
        self._numbers = [level.number for level in self._model.levels]
        self._outcome = OUTCOMES[outcomes(evaluation)[ROW]]

    def result(self) -> Result:
        with np.errstate(all="ignore"):
            nodes = dict(self._nodes())
            gates = tuple(self._gate(gate) for gate in self._evaluation.gates)
            trace = (*Tracer(self._evaluation, nodes, self._answers, self._links).steps(), *self._verdicts(gates))
            missing = tuple(dict.fromkeys(self._missing()))
        score, level = self._root[LOW] if self._scored else None, self._level()
        above, following = self._margins(score, level)
        return Result(
            slug=self._model.slug,
            version=self._model.version,
            digest=self._model.digest,
            engine_version=ENGINE_VERSION,
            outcome=self._outcome,
            score=score,
            score_interval=Interval(self._root[LOW], self._root[HIGH]) if self._root[LIVE] else None,
            score_na_as_zero=self._na_as_zero(score),
            level=level,
            band_level=self._band_level(),
            level_interval=self._level_interval(),
            margin_above=above,
            margin_to_next=following,
            na_share=self._root[NA],
            missing=missing,
            nodes=nodes,
            gates=gates,
            trace=trace,
        )

    def _na_as_zero(self, score: float | None) -> float | None:
        if score is None or self._root[NA] == 0:
            return score
        return float(score_na_as_zero(self._evaluation)[ROW])

    def _level(self) -> int | None:
        return self._numbers[self._evaluation.levels.low[ROW]] if self._outcome == "level" else None

    def _band_level(self) -> int | None:
        banded = any(level.lower is not None for level in self._model.levels)
        return self._numbers[self._evaluation.levels.band_low[ROW]] if self._scored and banded else None

    def _level_interval(self) -> tuple[int, int] | None:
        if self._model.outcome != "level" or not self._root[LIVE]:
            return None
        levels = self._evaluation.levels
        return self._numbers[levels.low[ROW]], self._numbers[levels.high[ROW]]

    def _margins(self, score: float | None, level: int | None) -> tuple[float | None, float | None]:
        if score is None or level is None:
            return None, None
        place = self._numbers.index(level)
        lower = self._model.levels[place].lower
        following = self._model.levels[place + 1].lower if place + 1 < len(self._numbers) else None
        return (None if lower is None else score - lower), (None if following is None else following - score)

    def _nodes(self) -> Iterator[tuple[str, NodeResult]]:
        parts = shares(self._evaluation)
        for node in self._model.nodes:
            spread = self._evaluation.spreads[node.id]
            reason = "children" if _state(spread) == "not-applicable" else None
            yield (
                node.id,
                self._node(node.id, node.kind, node.parent, node.weight, spread, parts[node.id], reason=reason),
            )
        for leaf in self._compiled.leaves.values():
            name = leaf.indicator.id
            spread, reason = self._evaluation.spreads[name], self._reason(leaf)
            yield (
                name,
                self._node(
                    name,
                    "indicator",
                    leaf.indicator.parent,
                    leaf.indicator.weight,
                    spread,
                    parts[name],
                    self._raw(name),
                    reason,
                ),
            )
            if leaf.asked is not None and leaf.asked.groups:
                yield from self._groups(leaf, parts[name])

    def _groups(self, leaf: Leaf, share: Share) -> Iterator[tuple[str, NodeResult]]:
        assert leaf.asked is not None  # noqa: S101 — by the caller
        spreads = [self._evaluation.values.group(f"{leaf.indicator.id}.{group.id}") for group in leaf.asked.groups]
        blocks, weights = [spread.block[ROW] for spread in spreads], [group.weight for group in leaf.asked.groups]
        for place, group in enumerate(leaf.asked.groups):
            name, spread = f"{leaf.indicator.id}.{group.id}", spreads[place]
            reason = "answered" if _state(spread) == "not-applicable" else None
            own = group_share(share, blocks, weights, place)
            yield name, self._node(name, "checklist-group", leaf.indicator.id, group.weight, spread, own, reason=reason)

    def _node(
        self,
        name: str,
        kind: Kind,
        parent: str | None,
        weight: float,
        spread: Spread,
        share: Share,
        raw: float | None = None,
        reason: str | None = None,
    ) -> NodeResult:
        low, high, live, _ = spread.block[ROW].tolist()
        state = _state(spread)
        return NodeResult(
            id=name,
            kind=kind,
            parent=parent,
            state=state,
            value=low if state == "valued" else None,
            interval=Interval(low, high) if live else None,
            weight=weight,
            effective_weight=share.effective_weight,
            contribution=share.contribution if self._scored and state == "valued" else None,
            raw=raw,
            reason=reason,
        )

    def _raw(self, name: str) -> float | None:
        raw = self._evaluation.values.shown_raw(name)
        return float(raw.value[ROW]) if raw.state[ROW] == KNOWN else None

    def _reason(self, leaf: Leaf) -> str | None:
        columns = self._evaluation.values.leaf(leaf.indicator.id)
        if _state(columns.spread) != "not-applicable":
            return None
        why = 0 if columns.why is None else int(columns.why[ROW])
        if why >= WHY_RULE:
            return f"undefined:{why - WHY_RULE}"
        return {WHY_INPUTS: "inputs", WHY_DIVISION: "division-by-zero"}.get(why, "answered")

    def _gate(self, gate: GateColumns) -> GateResult:
        own = gate.gate.gate
        if gate.condition is not None:
            return GateResult(own.id, own.kind, self._verdict(gate))
        low, high = (int(places[ROW]) for places in highest_held(gate, 1))
        open_yet = low != high and own.kind != "cap-steps"
        verdict: Verdict = "met" if low == len(self._numbers) - 1 else "open" if open_yet else "not-met"
        return GateResult(own.id, own.kind, verdict, self._numbers[low], tuple(self._blockers(gate, low + 1)))

    def _verdict(self, gate: GateColumns) -> Verdict:
        own, condition = gate.gate.gate, gate.condition
        assert condition is not None  # noqa: S101 — by the caller
        yes, no = bool(condition.yes[ROW]), bool(condition.no[ROW])
        if own.kind == "veto":
            return "hit" if yes else "not-hit" if no else "open"
        interval = self._level_interval()
        if own.level is not None and interval is not None:
            if interval[1] < own.level:
                return "skipped"
            if interval[0] < own.level:
                return "open"
        return "met" if yes else "not-met" if no else "open"

    def _blockers(self, gate: GateColumns, place: int) -> Iterator[Blocker]:
        """Yield the nodes below the floors of a level; missing ones block with no value."""
        for check in gate.gate.checks:
            floor = check.floors.get(place)
            for node in check.nodes if floor is not None else ():
                spread = self._evaluation.spread(node)
                low, _, live, _ = spread.block[ROW]
                missing = bool(spread.missing[ROW])
                below = bool(ticks(np.array([low]))[0] < ticks(np.array([floor]))[0])
                if live and (below or (missing and gate.gate.gate.kind == "cap-steps")):
                    yield Blocker(node, None if missing else float(low), float(floor or 0.0))

    def _verdicts(self, gates: tuple[GateResult, ...]) -> Iterator[TraceStep]:
        """Yield the steps from the score to the level."""
        score = self._root[LOW] if self._scored else None
        yield TraceStep("na_share", "na-share", (), self._root[NA], {"ceiling": self._model.na_ceiling})
        borders = {str(level.number): level.lower for level in self._model.levels if level.lower is not None}
        if borders:
            yield TraceStep("band", "band", (("score", score),), _number(self._band_level()), {"from": borders})
        for columns, gate in zip(self._evaluation.gates, gates, strict=True):
            yield self._gate_step(columns, gate)
        held = tuple((gate.id, float(gate.level_held)) for gate in gates if gate.level_held is not None)
        inputs = (("band", _number(self._band_level())), *held)
        yield TraceStep("level", "level", inputs, _number(self._level()), {"outcome": self._outcome})

    def _gate_step(self, columns: GateColumns, gate: GateResult) -> TraceStep:
        own = columns.gate.gate
        names = tuple(dict.fromkeys(node for check in columns.gate.checks for node in check.nodes))
        inputs = tuple((name, self._value(name)) for name in names)
        floors = [
            {
                "nodes": list(check.nodes),
                "floors": {str(self._numbers[place]): floor for place, floor in check.floors.items()},
            }
            for check in columns.gate.checks
        ]
        detail = {"kind": own.kind, "verdict": gate.verdict, "condition": own.condition, "checks": floors}
        return TraceStep(own.id, "gate", inputs, _number(gate.level_held), detail)

    def _value(self, name: str) -> float | None:
        spread = self._evaluation.spread(name)
        return float(spread.block[ROW, LOW]) if _state(spread) == "valued" else None

    def _missing(self) -> Iterator[str]:
        if not self._evaluation.incomplete[ROW]:
            return
        values = self._evaluation.values
        for asked in self._compiled.questions.values():
            if asked.question.required and needed(asked, self._compiled, values)[ROW]:
                yield from self._blanks(asked.question.id)
        for leaf in self._compiled.leaves.values():
            if values.leaf(leaf.indicator.id).spread.missing[ROW]:
                yield from self._inputs(leaf)

    def _blanks(self, question: str) -> Iterator[str]:
        questions = self._evaluation.values.questions
        for slot in self._compiled.questions[question].slots:
            scope = questions.slot_scope(slot.id)
            if (scope is None or scope.yes[ROW]) and not questions.given(slot)[ROW]:
                yield slot.id

    def _inputs(self, leaf: Leaf) -> Iterator[str]:
        """Yield the blank inputs that keep an indicator missing, required or not."""
        names = [leaf.asked.question.id] if leaf.asked else []
        names += leaf.formula.names if leaf.formula else ()
        names += [name for condition in leaf.extra for name in condition.names]
        names += [name for remedy in leaf.remedies for name in remedy.when.names]
        for name in names:
            if name in self._compiled.questions:
                yield from self._blanks(name)
            elif name in self._compiled.owners and name in set(self._blanks(self._compiled.owners[name])):
                yield name


def _state(spread: Spread) -> State:
    if spread.missing[ROW]:
        return "missing"
    _, _, live, na = spread.block[ROW]
    return "valued" if live else "not-applicable" if na else "out-of-scope"


def _number(level: int | None) -> float | None:
    return None if level is None else float(level)
