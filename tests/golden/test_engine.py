"""The engine gives the numbers that were worked out by hand in `engine/*.yaml`; each file says how."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "scoring"))
from engine_models import model

from scoring.answers import LinkedValue
from scoring.compile import compile as compile_model
from scoring.engine import score
from scoring.result import Result

Plain = dict[str, Any]
FILES = sorted((Path(__file__).parent / "engine").glob("*.yaml"))


def _cases() -> list[Any]:
    contents = [(file, yaml.safe_load(file.read_text("utf-8"))) for file in FILES]
    return [
        pytest.param(content["model"], case, id=f"{file.stem}: {case['name']}")
        for file, content in contents
        for case in content["cases"]
    ]


@pytest.mark.parametrize(("plain", "case"), _cases())
def test_case(plain: Plain, case: Plain) -> None:
    compiled = compile_model(model(plain | case.get("model", {})))
    links = {name: LinkedValue(**link) for name, link in case.get("links", {}).items()}
    result = score(compiled, case["answers"], year=case.get("year"), links=links, industry=case.get("industry"))
    expected = case["expect"]
    assert {key: got(result) for key, got in SEEN.items() if key in expected} == _close(
        {key: expected[key] for key in SEEN if key in expected}
    )
    for key, of_node in NODES.items():
        wanted = expected.get(key, {})
        assert {name: of_node(result.nodes[name]) for name in wanted} == _close(wanted), key
    for key, of_measure in MEASURES.items():
        wanted = expected.get(key, {})
        assert {name: of_measure(result.measures[name]) for name in wanted} == _close(wanted), key
    assert set(expected) <= set(SEEN) | set(NODES) | set(MEASURES)


def _close(wanted: Any) -> Any:
    """Numbers to 1e-9, everything else as it is."""
    if isinstance(wanted, dict):
        return {key: _close(part) for key, part in wanted.items()}
    if isinstance(wanted, list):
        return [_close(part) for part in wanted]
    return pytest.approx(wanted, abs=1e-9) if isinstance(wanted, float) else wanted


def _gates(result: Result) -> dict[str, list[Any]]:
    return {gate.id: [gate.verdict, gate.level_held] for gate in result.gates}


def _blockers(result: Result) -> dict[str, dict[str, list[Any]]]:
    return {gate.id: {b.node: [b.value, b.needed] for b in gate.blockers} for gate in result.gates if gate.blockers}


def _findings(result: Result) -> dict[str, str]:
    return {one.rule if one.year is None else f"{one.rule} {one.year}": one.verdict for one in result.findings}


def _pair(interval: Any) -> list[Any] | None:
    return None if interval is None else list(interval)


SEEN = {
    "outcome": lambda result: result.outcome,
    "score": lambda result: result.score,
    "na_as_zero": lambda result: result.score_na_as_zero,
    "na_share": lambda result: result.na_share,
    "level": lambda result: result.level,
    "band_level": lambda result: result.band_level,
    "interval": lambda result: _pair(result.score_interval),
    "levels": lambda result: _pair(result.level_interval),
    "margins": lambda result: [result.margin_above, result.margin_to_next],
    "missing": lambda result: list(result.missing),
    "gates": _gates,
    "blockers": _blockers,
    "findings": _findings,
    "no_nodes": lambda result: not result.nodes,
}

NODES = {
    "nodes": lambda node: node.value if node.state == "valued" else node.state,
    "intervals": lambda node: _pair(node.interval),
    "raw": lambda node: node.raw,
    "reasons": lambda node: node.reason,
    "effective": lambda node: node.effective_weight,
    "contributions": lambda node: node.contribution,
}

MEASURES = {
    "measures": lambda one: one.value if one.state == "valued" else one.state if one.reason is None else one.reason,
    "growth": lambda one: one.growth if one.growth_reason is None else one.growth_reason,
}
