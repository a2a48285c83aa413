"""Every number on the way from an answer to the level, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.services.answer_words import Wording
from app.services.numbers import grouped
from app.services.worked import filled
from questionnaires.types import Indicator, Section
from reports import data
from scoring.result import NodeResult, Result, TraceStep


@dataclass(frozen=True, slots=True)
class Row:
    """A node or indicator: its numbers, and the steps that led to its value, in words."""

    id: str
    kind: str
    code: str
    name: str
    source: str
    state: str
    value: float | None
    weight: float
    share: float
    contribution: float | None
    steps: tuple[str, ...]


class TraceView:
    """The rows of a result, from the total down, and the steps from the score to the level."""

    def __init__(self, report: data.Report, result: Result, answers: Mapping[str, Any], wording: Wording) -> None:
        self.report, self.result, self.answers, self.wording = report, result, answers, wording
        self.say, self.language = wording.say, wording.language
        self.questionnaire = wording.questionnaire
        self._steps: dict[str, list[TraceStep]] = {}
        for step in result.trace:
            self._steps.setdefault(step.id, []).append(step)

    def rows(self) -> Iterator[Row]:
        """Yield parents before children."""
        if not self.questionnaire.dimensions:
            return
        sections = {section.id: section for section in self.questionnaire.domains}
        yield self._row("total", "total", "", self.say("总分"), self.result.score)
        for dimension in self.report.dimensions:
            yield self._node("dimension", dimension.value)
            for domain in dimension.domains:
                yield self._node("domain", domain.value)
                yield from self._inside(sections[domain.value.id], domain)

    def _node(self, kind: str, value: data.Value) -> Row:
        return self._row(value.id, kind, value.code, value.name, value.contribution)

    def _inside(self, section: Section, domain: data.Domain) -> Iterator[Row]:
        shown = {one.value.id: one.value for one in domain.indicators}
        groups = {group.id: group for group in section.groups}
        last = None
        for indicator in (one for one in section.indicators if one.id in shown):  # the others are out of scope
            if indicator.group and indicator.group != last:
                yield self._row(indicator.group, "group", "", groups[indicator.group].name.get(self.language), None)
            last = indicator.group
            yield self._indicator(indicator, shown[indicator.id])

    def _indicator(self, indicator: Indicator, value: data.Value) -> Row:
        question = self.questionnaire.questions.get(indicator.question_id or "")
        source = " ".join(self.wording.lines(question, self.answers.get(question.id))) if question else ""
        return self._row(indicator.id, "indicator", "", value.name, value.contribution, source, value.reason)

    def _row(self, name: str, kind: str, code: str, title: str, contribution: float | None, *more: str) -> Row:
        node: NodeResult = self.result.nodes[name]
        source, reason = (*more, "", "")[:2]
        own = [step for step in self._steps.get(name, ()) if step.rule != "contribution"]
        steps = [*self._figures(name, own), *(self._words(step) for step in own)]
        parts = [part for one in self._parts(name) for part in one]
        return Row(
            name,
            kind,
            code,
            title,
            source,
            node.state,
            node.value,
            node.weight,
            node.effective_weight,
            contribution,
            tuple(filter(None, [*parts, *steps, reason])),
        )

    def _figures(self, name: str, steps: list[TraceStep]) -> Iterator[str]:
        """Say where the figures of questions that went in were read, each once."""
        for figure in dict.fromkeys(one for step in steps for one, _ in step.inputs if one != name):
            for step in self._steps.get(figure, ()):
                if step.rule == "linked":
                    yield f"{figure} — {self._words(step)}"

    def _parts(self, name: str) -> Iterator[list[str]]:
        """Yield the steps of the groups of a checklist."""
        for part, node in self.result.nodes.items():
            if node.kind == "checklist-group" and node.parent == name:
                yield [
                    f"{part} — {self._words(step)}" for step in self._steps.get(part, ()) if step.rule == "checklist"
                ]

    def verdicts(self) -> list[tuple[str, str, str]]:
        """Return the steps from the score to the level: id, name, and how."""
        names = {gate.id: gate.name for gate in self.report.gates} | {
            "na_share": self.say("不适用的份额"),
            "band": self.say("得分分段"),
            "level": self.say("等级"),
        }
        return [(step.id, names[step.id], self._words(step)) for step in self.result.trace if step.id in names]

    def _number(self, value: float | None) -> str:
        return "—" if value is None else grouped(round(value, 6))

    def _inputs(self, step: TraceStep, weights: Mapping[str, float] | None = None) -> str:
        parts = [
            f"{name} {self._number(value)}" + (f" × {weights[name]:g}" if weights and name in weights else "")
            for name, value in step.inputs
        ]
        return "；".join(parts) if self.language == "zh" else "; ".join(parts)

    def _words(self, step: TraceStep) -> str:
        rule = "stated" if step.rule == "number" else step.rule.replace("-", "_")
        writer = getattr(self, f"_{rule}", None)
        return str(writer(step)) if writer else f"{step.rule}: {self._inputs(step)} = {self._number(step.output)}"

    def _ladder(self, step: TraceStep) -> str:
        given = dict(step.inputs)
        level, degree = given["level"] or 0, given["degree"]
        if not level:
            return self.say("尚未开展，取 %(output)s", output=self._number(step.output))
        return self.say(
            "等级与程度：%(level)s − 1 ＋ %(degree)s ＝ %(output)s",
            level=self._number(level),
            degree=self._number(degree),
            output=self._number(step.output),
        )

    def _checklist(self, step: TraceStep) -> str:
        inputs = self._inputs(step, step.detail["weights"])
        return self.say("加权平均：%(inputs)s ＝ %(output)s", inputs=inputs, output=self._number(step.output))

    def _stated(self, step: TraceStep) -> str:
        return self.say("填报值：%(inputs)s", inputs=self._inputs(step))

    def _choice(self, step: TraceStep) -> str:
        return self.say("选项的值：%(inputs)s", inputs=self._inputs(step))

    _multi_choice = _choice

    def _formula(self, step: TraceStep) -> str:
        formula = filled(self.questionnaire, step, self.language, self.answers)
        return self.say("算式：%(formula)s ＝ %(output)s", formula=formula, output=self._number(step.output))

    def _substitute(self, step: TraceStep) -> str:
        formula = filled(self.questionnaire, step, self.language, self.answers)
        return self.say("改用算式：%(formula)s ＝ %(output)s", formula=formula, output=self._number(step.output))

    def _linked(self, step: TraceStep) -> str:
        source, own = step.detail["source"], step.detail["own"]
        origin = next((one for one in self.report.origins if one.id == step.id), None)
        read = self.say(
            "取自“%(questionnaire)s”的提交 %(number)s（%(day)s）的“%(measure)s”：%(output)s",
            questionnaire=origin.questionnaire if origin else source.get("slug", ""),
            number=source.get("number", ""),
            day=origin.day if origin else "",
            measure=origin.measure if origin else source.get("measure", ""),
            output=self._number(step.output),
        )
        if own is None or step.output is None or own == step.output:
            return read
        apart = self.say(
            "本问卷所填算得 %(own)s，相差 %(difference)s，以引用的为准",
            own=self._number(own),
            difference=self._number(step.output - own),
        )
        return self.say("%(read)s；%(apart)s", read=read, apart=apart)

    def _ask(self, step: TraceStep) -> str:
        return self.say("改取另一题的答案：%(inputs)s", inputs=self._inputs(step))

    def _undefined(self, step: TraceStep) -> str:
        remedy = {
            "zero": self.say("按最低值计"),
            "ask": self.say("改取另一题的答案"),
            "substitute": self.say("改用另一个算式"),
        }.get(step.detail["then"], "")
        return self.say("特殊情形第 %(place)s 条：%(remedy)s", place=step.detail["rule"] + 1, remedy=remedy)

    def _breakpoints(self, step: TraceStep) -> str:
        points = " → ".join(f"({raw:g}, {value:g})" for raw, value in step.detail["points"])
        raw = self._number(step.inputs[0][1])
        return self.say(
            "折算：%(raw)s 落在 %(points)s，得 %(output)s", raw=raw, points=points, output=self._number(step.output)
        )

    def _goalposts(self, step: TraceStep) -> str:
        return self.say(
            "折算：%(raw)s 在 %(start)s 至 %(end)s 之间，得 %(output)s",
            raw=self._number(step.inputs[0][1]),
            start=self._number(step.detail["from"]),
            end=self._number(step.detail["to"]),
            output=self._number(step.output),
        )

    def _scale(self, step: TraceStep) -> str:
        low, high = self._number(step.detail["min"]), self._number(step.detail["max"])
        return self.say(
            "放到 %(low)s–%(high)s 的标度上：%(output)s", low=low, high=high, output=self._number(step.output)
        )

    def _arithmetic(self, step: TraceStep) -> str:
        inputs = self._inputs(step, step.detail["weights"])
        return self.say("加权算术平均：%(inputs)s ＝ %(output)s", inputs=inputs, output=self._number(step.output))

    def _geometric(self, step: TraceStep) -> str:
        inputs = self._inputs(step, step.detail["weights"])
        return self.say("加权几何平均：%(inputs)s ＝ %(output)s", inputs=inputs, output=self._number(step.output))

    def _harmonic(self, step: TraceStep) -> str:
        inputs = self._inputs(step, step.detail["weights"])
        return self.say("加权调和平均：%(inputs)s ＝ %(output)s", inputs=inputs, output=self._number(step.output))

    def _minimum(self, step: TraceStep) -> str:
        return self.say("取最小：%(inputs)s ＝ %(output)s", inputs=self._inputs(step), output=self._number(step.output))

    def _lead(self, step: TraceStep) -> str:
        return self.say(
            "以最大的一类为主（%(lead)s，权数 %(weight)s）：%(inputs)s ＝ %(output)s",
            lead=self.say("、").join(step.detail.get("lead", ())),
            weight=self._number(step.detail.get("lead_weight")),
            inputs=self._inputs(step),
            output=self._number(step.output),
        )

    def _na_share(self, step: TraceStep) -> str:
        share, ceiling = (step.output or 0) * 100, step.detail["ceiling"] * 100
        return self.say("不适用占总权重 %(share)s%%，上限 %(ceiling)s%%", share=f"{share:.2f}", ceiling=f"{ceiling:g}")

    def _band(self, step: TraceStep) -> str:
        borders = self.say("、").join(f"L{level} ≥ {lower:g}" for level, lower in step.detail["from"].items())
        score = self._number(step.inputs[0][1])
        return self.say(
            "按得分分段：%(score)s；%(borders)s。所在分段 L%(output)s",
            score=score,
            borders=borders,
            output=self._number(step.output),
        )

    def _gate(self, step: TraceStep) -> str:
        verdict = {
            "met": self.say("满足"),
            "not-met": self.say("未满足"),
            "hit": self.say("命中"),
            "not-hit": self.say("未命中"),
            "open": self.say("未定"),
            "skipped": self.say("未到适用等级"),
        }[step.detail["verdict"]]
        if step.output is None:
            return verdict
        return self.say("%(verdict)s；最高可到 L%(level)s", verdict=verdict, level=self._number(step.output))

    def _level(self, step: TraceStep) -> str:
        if step.output is None:
            return self.say("不给出等级（%(outcome)s）", outcome=step.detail["outcome"])
        inputs = self._inputs(step)
        return self.say("取下列各项的最低：%(inputs)s ＝ L%(output)s", inputs=inputs, output=self._number(step.output))
