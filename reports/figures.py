"""The charts of a report, each with a title and a description in words."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reports.charts import Cell, Rung, Spoke, band_scale, bar, cover_steps, coverage, ladder, radar
from reports.charts.lines import Trace, lines_chart
from reports.charts.stacks import stacks
from reports.charts.svg import drawing
from reports.charts.waterfall import WaterfallBar, waterfall
from reports.data import Fact, StandardNode, Value
from reports.measured import Chart, Composition, Line, Series, Waterfall
from reports.ranking import next_border
from reports.sentences import headline, state_words
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Figures:
    """Draws the charts of one report."""

    words: Words

    @property
    def _scale(self) -> tuple[float, float]:
        return self.words.report.scale.low, self.words.report.scale.high

    @property
    def _rungs(self) -> list[Rung]:
        return [Rung(level.number, level.name, level.lower) for level in self.words.report.levels]

    @property
    def _borders(self) -> list[float]:
        return [rung.lower for rung in self._rungs if rung.lower is not None]

    @property
    def _threshold(self) -> float | None:
        return next_border(self.words.report)

    @property
    def has_threshold(self) -> bool:
        """Whether charts show a threshold that needs explaining."""
        return self._threshold is not None

    @property
    def bordered(self) -> bool:
        """Whether levels have bands."""
        return bool(self._borders)

    def cover(self) -> Markup:
        """Draw the steps of the cover; five plain ones where there are no levels."""
        outcome, count = self.words.report.outcome, sum(level.number > 0 for level in self.words.report.levels)
        held = outcome.level or 0
        interval = (
            outcome.level_interval
            if outcome.provisional and outcome.level_interval and outcome.level_interval[1] > 0
            else None
        )
        parts = cover_steps(count or 5, held if count else 0, interval=interval)
        return drawing(620, 420, headline(self.words), "", [parts])

    def ladder(self) -> Markup:
        """Draw the ladder of levels with the mark of the score."""
        outcome, words = self.words.report.outcome, self.words
        open_levels = outcome.level_interval if outcome.provisional else None
        return ladder(
            self._rungs,
            awarded=outcome.level,
            score=outcome.score,
            interval=open_levels,
            mark=words.either(outcome.score, outcome.interval),
            title=words.say("等级阶梯"),
            desc=headline(words),
            width=470,
            height=230,
        )

    def band_scale(self) -> Markup:
        """Draw the bands of the scale and where the score stands."""
        outcome, words = self.words.report.outcome, self.words
        mark = words.either(outcome.score, outcome.interval)
        return band_scale(
            self._rungs if self._borders else [],
            scale=self._scale,
            score=outcome.score,
            interval=outcome.interval,
            mark=mark,
            title=words.say("得分在分段上的位置：%(mark)s", mark=mark),
            width=470,
        )

    def radar(self, width: float) -> Markup:
        """Draw the radar of the domains, of the dimensions where there are no domains."""
        report, words = self.words.report, self.words
        values = [domain.value for domain in report.domains] or [dimension.value for dimension in report.dimensions]
        shown = [value for value in values if value.state != "out-of-scope"]
        return radar(
            [self._spoke(value) for value in shown],
            scale=self._scale,
            rings=self._borders,
            threshold=self._threshold,
            title=words.say("各领域得分"),
            desc=words.listed(f"{value.name} {words.either(value.value, value.interval)}" for value in shown),
            width=width,
        )

    def bar(self, value: Value, width: float = 190, height: float = 12) -> Markup:
        """Draw the bar of a value, or the range that is still open."""
        shown = self.words.either(value.value, value.interval)
        return bar(
            value.value,
            scale=self._scale,
            title=f"{value.name} {shown}",
            threshold=self._threshold,
            span=value.interval if value.state == "missing" else None,
            width=width,
            height=height,
        )

    def standards(self) -> Markup:
        """Draw the map of the standards system, a row of cells for each branch."""
        nodes, words = self.words.report.standards, self.words
        leaves = [node for node in nodes if not any(other.code.startswith(node.code + ".") for other in nodes)]
        branches = list(dict.fromkeys(node.code.split(".")[0] for node in leaves))
        rows = [[self._cell(node) for node in leaves if node.code.split(".")[0] == branch] for branch in branches]
        return coverage(
            rows,
            scale=self._scale,
            title=words.say("标准体系覆盖图"),
            desc=words.say("颜色越深，得分越高；虚线框未列入提问"),
            width=620,
        )

    def named(self, nodes: list[StandardNode]) -> list[str]:
        """Return code and name of the highest nodes of a branch that was not asked, not those below."""
        codes = {node.code for node in nodes}
        return [f"{node.code} {node.name}" for node in nodes if node.code.rpartition(".")[0] not in codes]

    def measured(self, chart: Chart, width: float = 620) -> Markup:
        """Draw a chart of what was measured; its description has every figure."""
        title = self.chart_title(chart)
        desc = self.words.listed(self._spoken(chart))
        match chart:
            case Waterfall():
                bars = [WaterfallBar(step.label, step.kind, step.value, step.figure) for step in chart.steps]
                return waterfall(bars, title=title, desc=desc, width=width)
            case Series():
                years = [str(year) for year in chart.years]
                return lines_chart([_trace(one) for one in chart.lines], years, title=title, desc=desc, width=width)
            case Composition():
                years = [str(year) for year in chart.years]
                parts = [_trace(one) for one in chart.parts]
                return stacks(parts, years, chart.totals, title=title, desc=desc, width=width)

    def chart_title(self, chart: Chart) -> str:
        """Return the title of a chart with its unit, and the year of one that has a single year."""
        unit = self.words.say("（%(text)s）", text=chart.unit)
        year = self.words.say("，%(year)s 年", year=chart.year) if isinstance(chart, Waterfall) else ""
        return f"{chart.title}{year}{unit}"

    def _spoken(self, chart: Chart) -> list[str]:
        if isinstance(chart, Waterfall):
            return [f"{step.label} {'−' if step.kind == 'minus' else ''}{step.figure}" for step in chart.steps]
        rows = chart.lines if isinstance(chart, Series) else chart.parts
        return [
            f"{one.name} {year} {figure}" for one in rows for year, figure in zip(chart.years, one.figures, strict=True)
        ]

    def pairs(self, facts: tuple[Fact, ...]) -> list[str]:
        """Return facts as words."""
        return [f"{fact.label} {fact.value}" for fact in facts]

    def sources(self, titles: tuple[str, ...]) -> str:
        """Return references by their places in the list of references."""
        places = {one.label: place for place, one in enumerate(self.words.report.method.references, 1)}
        return "".join(f"[{places[title]}]" for title in titles)

    def bands(self) -> list[str]:
        """Return the border of each band in words."""
        return [
            f"{self.words.full_level(level.number)} ≥ {level.lower:g}"
            for level in self.words.report.levels
            if level.lower is not None
        ]

    def _spoke(self, value: Value) -> Spoke:
        low, high = value.interval if value.interval and value.value is None else (None, None)
        return Spoke(f"{value.code} {value.name}".strip(), value.value, low, high)

    def _cell(self, node: StandardNode) -> Cell:
        known = self.words.score(node.value) if node.value is not None else state_words(self.words, node.state)
        return Cell(node.code, node.value, known if node.asked else self.words.say("未问"), node.asked)


def _trace(one: Line) -> Trace:
    return Trace(one.name, one.values, one.figures)
