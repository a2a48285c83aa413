"""Results as plain values for JSON, and back without loss."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from scoring.result import Blocker, Finding, GateResult, Interval, MeasureResult, NodeResult, Result, TraceStep

Plain = dict[str, Any]
_RECORDS = Interval, NodeResult, Blocker, GateResult, TraceStep, MeasureResult, Finding


def to_plain(result: Result) -> Plain:
    """Return a result as dicts, lists, strings, numbers, booleans and None."""
    plain: Plain = _plain(result)
    return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, _RECORDS):
        return {name: _plain(part) for name, part in zip(value._fields, value, strict=True)}
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def from_plain(plain: Plain) -> Result:
    """Return the result that `to_plain` made plain; older ones have no measures. Raises KeyError or TypeError for anything else."""
    return Result(
        **plain
        | {
            "score_interval": _interval(plain["score_interval"]),
            "level_interval": None if plain["level_interval"] is None else tuple(plain["level_interval"]),
            "missing": tuple(plain["missing"]),
            "nodes": {
                name: NodeResult(**node | {"interval": _interval(node["interval"])})
                for name, node in plain["nodes"].items()
            },
            "gates": tuple(_gate(gate) for gate in plain["gates"]),
            "trace": tuple(_step(step) for step in plain["trace"]),
            "measures": {name: MeasureResult(**one) for name, one in plain.get("measures", {}).items()},
            "findings": tuple(Finding(**one | {"at": tuple(one["at"])}) for one in plain.get("findings", ())),
        }
    )


def _interval(plain: Plain | None) -> Interval | None:
    return None if plain is None else Interval(**plain)


def _gate(plain: Plain) -> GateResult:
    return GateResult(**plain | {"blockers": tuple(Blocker(**blocker) for blocker in plain["blockers"])})


def _step(plain: Plain) -> TraceStep:
    return TraceStep(**plain | {"inputs": tuple((name, number) for name, number in plain["inputs"])})
