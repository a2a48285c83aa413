"""The published questionnaires give the numbers that were worked out for them, apart from the engine, in YAML beside this file."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from questionnaires.registry import BUILT_IN, Registry
from scoring.answers import LinkedValue
from scoring.compile import compile as compile_for_scoring
from scoring.compiled import Compiled
from scoring.engine import score
from scoring.result import Finding, Result

HERE = Path(__file__).parent
FILES = sorted(file for file in HERE.glob("*/*.yaml") if "from: " in file.read_text("utf-8"))
TOLERANCE = 1e-9
Case = dict[str, Any]


def cases() -> list[Any]:
    contents = [(file, yaml.safe_load(file.read_text("utf-8"))) for file in FILES]
    return [
        pytest.param(file, content, case, id=f"{file.stem}: {case['name']}")
        for file, content in contents
        for case in content["cases"]
    ]


@cache
def compiled(slug: str, version: str) -> Compiled:
    return compile_for_scoring(Registry().model(slug, version))


def answers(file: Path, content: Case, case: Case) -> dict[str, Any]:
    """Return the case's starting answers with its changes.

    A change of a table or checklist is merged by row or group; null removes an answer or a cell.
    """
    start = case["from"]
    if start.startswith("examples/"):
        source = yaml.safe_load((BUILT_IN / content["questionnaire"] / f"{start}.yaml").read_text("utf-8"))["answers"]
    else:
        source = yaml.safe_load((file.parent / content["bases"]).read_text("utf-8"))[start]
    result = copy.deepcopy(source)
    for question, value in case.get("change", {}).items():
        _change(result, question, value)
    return result


def _change(result: dict[str, Any], question: str, value: Any) -> None:
    if value is None:
        result.pop(question, None)
    elif isinstance(value, dict) and value and all(isinstance(part, dict) for part in value.values()):
        for part, inner in value.items():
            whole = result.setdefault(question, {})
            old = whole.get(part, {})
            both = inner if "na" in inner or "na" in old else {**old, **inner}
            whole[part] = {name: cell for name, cell in both.items() if cell is not None}
    else:
        result[question] = value


def linked(content: Case, case: Case, year: int) -> dict[str, LinkedValue]:
    """Return what the examples named under `read` give by their results, in the way of the application."""
    found = {}
    for example in case.get("read", ()):
        slug, name = example.split("/")
        source = yaml.safe_load((BUILT_IN / slug / "examples" / f"{name}.yaml").read_text("utf-8"))
        industry = source["enterprise"]["industry"]
        read = score(compiled(slug, source["version"]), source["answers"], year=year, industry=industry)
        for target, link in Registry().get(content["questionnaire"], str(content["version"])).links.items():
            value = readable(read, link.measure) if link.slug == slug else None
            if value is not None:
                found[target] = LinkedValue(value)
    return found


def readable(result: Result, name: str) -> float | None:
    """Return a measure, of the reporting year by its own name, or a node's value, of a result that links read."""
    if result.outcome not in {"level", "index", "measured"}:
        return None
    measure = result.measures.get(name) or result.measures.get(f"{name}.y0")
    return measure.value if measure else result.nodes[name].value


def measured(result: Result, name: str) -> float | str | None:
    """Return a measure's value, or why it has none: the reason if there is one, else the state."""
    measure = result.measures[name]
    return measure.value if measure.state == "valued" else measure.reason or measure.state


def _in_year(finding: Finding) -> str:
    return finding.rule if finding.year is None else f"{finding.rule}.y{-finding.year}"


@pytest.mark.parametrize(("file", "content", "case"), cases())
def test_case(file: Path, content: Case, case: Case) -> None:
    expected = case["expect"]
    model = compiled(content["questionnaire"], content["version"])
    year, industry = case.get("year", 2025), case.get("industry")
    links = linked(content, case, year)
    result = score(model, answers(file, content, case), year=year, links=links, industry=industry)
    assert result.outcome == expected["outcome"]
    assert result.level == expected.get("level")
    for name in {"score", "score_na_as_zero", "na_share", "band_level"} & set(expected):
        assert getattr(result, name) == pytest.approx(expected[name], abs=TOLERANCE), name
    for node, value in expected.get("nodes", {}).items():
        got = result.nodes[node].value if result.nodes[node].state == "valued" else result.nodes[node].state
        assert got == (pytest.approx(value, abs=TOLERANCE) if isinstance(value, float | int) else value), node
    verdicts = {gate.id: gate.level_held if gate.kind.startswith("cap") else gate.verdict for gate in result.gates}
    assert {gate: verdicts[gate] for gate in expected.get("gates", {})} == expected.get("gates", {})
    assert {name: measured(result, name) for name in expected.get("measures", {})} == {
        name: pytest.approx(value, rel=TOLERANCE, abs=TOLERANCE) if isinstance(value, float | int) else value
        for name, value in expected.get("measures", {}).items()
    }
    broken = {_in_year(finding) for finding in result.findings if finding.verdict == "broken"}
    assert broken == set(expected.get("broken", broken))
    assert broken >= set(expected.get("includes", ()))
    if "interval" in expected and result.score_interval:
        assert [result.score_interval.low, result.score_interval.high] == pytest.approx(
            expected["interval"], abs=TOLERANCE
        )


def test_every_rule_is_broken_in_some_case() -> None:
    content = yaml.safe_load((HERE / "input-output" / "1.0.0.yaml").read_text("utf-8"))
    expected = [case["expect"] for case in content["cases"]]
    broken = {name for one in expected for name in (*one.get("broken", ()), *one.get("includes", ()))}
    rules = compiled("input-output", "1.0.0").model.consistency
    assert {rule.id for rule in rules} <= {name.rsplit(".y", 1)[0] for name in broken}
