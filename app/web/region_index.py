"""The index of regions by name: table, chart, the figures behind it, and a download."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from app.clock import now
from app.i18n import N_, Translator, translations
from app.services.cohorts import COUNTRY
from app.services.comparisons import WHOLE, below, name_of
from app.services.region_figures import Datum
from app.services.region_index import RegionIndex, region_index
from app.web.dependencies import Db, Questionnaires, SignedIn
from app.web.page import number, render
from app.web.region_charts import MOST
from app.web.region_words import as_csv
from app.web.visit import visit
from questionnaires.regions import CURRENT, parent, path
from reports.charts import Interval, ranges

router = APIRouter()
SCALE = (0.0, 100.0)
LACKING = "availability"
"""The reason of a node with too little data."""
HEADS = (
    N_("名次"),
    N_("代码"),
    N_("地区"),
    N_("得分"),
    N_("所处等级"),
    N_("名次 5%"),
    N_("名次中位数"),
    N_("名次 95%"),
    N_("得分 5%"),
    N_("得分 95%"),
)


@router.get("/regions/index")
def show(request: Request, database: Db, registry: Questionnaires, user: SignedIn) -> Response:
    """Show the regions below one by their index."""
    seen = _read(request, database, registry, user)
    translator = translations(visit(request).language)
    ordered = _ordered(seen)
    chosen = request.query_params.get("unit", "")
    return render(
        request,
        "regions/index.html",
        seen=seen,
        ordered=ordered,
        levels=seen.questionnaire.levels,
        chart=_chart(translator, ordered),
        name_of=name_of,
        has_below=lambda code: seen.in_charge and bool(below(code)),
        remark=lambda one: remark(seen, translator, one),
        available=lambda one: available(seen, one),
        meaning=lambda word: _meaning(seen, translator, word),
        origin=lambda datum: origin(translator, datum, live=seen.live),
        unit=chosen if chosen in seen.figures else "",
        of_unit=next((one for one in ordered if one["unit"] == chosen), None),
        peers=None if seen.in_charge and seen.department.region == COUNTRY else _above(seen),
        trail=[(COUNTRY, WHOLE), *((one.code, one.name) for one in path(seen.region, CURRENT))],
        synthetic=seen.synthetic or bool(seen.release and seen.release.demo) or visit(request).demo,
        today=now().date(),
    )


@router.get("/regions/index.csv")
def download(request: Request, database: Db, registry: Questionnaires, user: SignedIn) -> Response:
    """Return the index with every figure behind it."""
    seen = _read(request, database, registry, user)
    translator = translations(visit(request).language)
    return as_csv(_rows(seen, translator), f"index-{seen.region}-{seen.year}.csv")


def _read(request: Request, database: Db, registry: Questionnaires, user: SignedIn) -> RegionIndex:
    given = request.query_params
    year = given.get("year", "")
    with database.reading() as session:
        return region_index(
            session,
            registry,
            request.app.state.cohorts,
            user,
            given.get("region", COUNTRY),
            int(year) if year.isascii() and year.isdecimal() and len(year) == len("2025") else None,
            today=now().date(),
            live=given.get("source", "live") == "live",
        )


def _above(seen: RegionIndex) -> str | None:
    """Return the region among whose parts the department's own is ranked, when another page is shown."""
    above = parent(seen.department.region) or COUNTRY
    return above if above != seen.region else None


def _ordered(seen: RegionIndex) -> list[dict[str, Any]]:
    found = seen.found["results"] if seen.found else []
    return sorted(found, key=lambda one: (one["rank"] is None, one["rank"] or 0, one["unit"]))


def _chart(translator: Translator, ordered: list[dict[str, Any]]) -> Markup:
    drawn = [
        Interval(
            rank=str(one["rank"] or ""),
            name=name_of(one["unit"]).get(translator.language),
            value=one["score"],
            low=(one["uncertainty"]["score"] or {}).get("low") if one["uncertainty"] else None,
            high=(one["uncertainty"]["score"] or {}).get("high") if one["uncertainty"] else None,
            end=number(one["score"], 1) if one["score"] is not None else "",
            lack=translator.say("没有得分"),
        )
        for one in ordered[:MOST]
    ]
    if all(one.value is None for one in drawn):
        return Markup("")
    return ranges(
        drawn,
        SCALE,
        title=translator.say("区域指数"),
        desc=translator.say("点是得分，横条是 5%–95% 区间。"),
        decimals=0,
    )


def remark(seen: RegionIndex, translator: Translator, one: dict[str, Any]) -> str:
    """Return why a region has no score or no level, in words, and which parts of it lack data."""
    word = one["reason"] or one["level_reason"]
    if not seen.found or (word and word != LACKING):
        return _meaning(seen, translator, word)
    lacking = [part for part in seen.questionnaire.domains if one["nodes"][part.id]["reason"] == LACKING]
    if not lacking and not word:
        return ""
    share = f"{100 * seen.found['method']['availability']:g}"
    if len(lacking) in {0, len(seen.questionnaire.domains)}:
        return translator.say("有数据的权重不足 %(share)s%%", share=share)
    names = translator.say("、").join(part.title.get(translator.language) for part in lacking)
    return translator.say("%(parts)s：有数据的权重不足 %(share)s%%", parts=names, share=share)


def _meaning(seen: RegionIndex, translator: Translator, word: str | None) -> str:
    return str(seen.found["reasons"][word][translator.language]) if word and seen.found else ""


def available(seen: RegionIndex, one: dict[str, Any]) -> float:
    """Return the share of all weight whose indicators have data."""
    known = seen.found["indicators"] if seen.found else {}
    return sum(
        known[name]["effective_weight"] or 0.0 for name, at in one["indicators"].items() if at["raw"] is not None
    )


def origin(translator: Translator, datum: Datum, *, live: bool) -> str:
    """Return where a figure comes from in words, or why there is none."""
    if datum.value is None:
        return translator.say(datum.reason)
    if datum.aggregated:
        return translator.say("企业结果汇总（实时）") if live else translator.say("企业结果汇总（发布）")
    one = datum.statistic
    source = one.source if one else ""
    if one is None or one.published is None:
        return translator.say("统计：%(source)s（未公开）", source=source)
    return translator.say("统计：%(source)s（%(day)s 公布）", source=source, day=one.published.isoformat())


def _rows(seen: RegionIndex, translator: Translator) -> Iterator[list[str]]:
    say, language = translator.say, translator.language
    levels = [str(one.number) for one in seen.questionnaire.levels]
    dimensions, questions = seen.questionnaire.dimensions, seen.questionnaire.questions
    figure_heads = (
        cell for name, question in questions.items() for cell in (f"{name} {question.name.get(language)}", say("来源"))
    )
    yield [
        *map(say, HEADS),
        *(say("%(level)s 级的概率", level=one) for one in levels),
        say("数据可得率"),
        say("说明"),
        *(one.name.get(language) for one in dimensions),
        *figure_heads,
    ]
    for one in _ordered(seen):
        data = {datum.question: datum for datum in seen.figures[one["unit"]]}
        yield [
            *_summary(one, levels, language),
            _plain(available(seen, one)),
            remark(seen, translator, one),
            *(_plain(one["nodes"][dimension.id]["value"]) for dimension in dimensions),
            *(cell for name in questions for cell in _cells(data[name], translator, live=seen.live)),
        ]


def _summary(one: dict[str, Any], levels: list[str], language: str) -> list[str]:
    unsure = one["uncertainty"] or {}
    rank, score, chances = (unsure.get(name) or {} for name in ("rank", "score", "levels"))
    return [
        _plain(one["rank"]),
        one["unit"],
        name_of(one["unit"]).get(language),
        _plain(one["score"]),
        _plain(one["level"]),
        *(_plain(rank.get(name)) for name in ("low", "median", "high")),
        *(_plain(score.get(name)) for name in ("low", "high")),
        *(_plain(chances.get(level)) for level in levels),
    ]


def _cells(datum: Datum, translator: Translator, *, live: bool) -> tuple[str, str]:
    return _plain(datum.value), origin(translator, datum, live=live)


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
