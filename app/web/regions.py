"""Regions compared: for everybody from releases, for departments live in their own subtree. Every view is a link."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.clock import now
from app.errors import ForbiddenError, InvalidError
from app.i18n import N_, Translator, translations
from app.services import comparisons, regional, releases
from app.services.cohorts import COUNTRY, SIZE_IDS
from app.services.comparisons import FEWEST, MEASURES, Choice, Measure, name_of, ranked
from app.services.fields import single
from app.services.regional import View
from app.web.dependencies import Db, FormFields, SignedIn
from app.web.page import redirect, render, say
from app.web.region_charts import map_of, ranking_of
from app.web.region_words import Query, shown_value
from app.web.sections import fields_of
from app.web.visit import visit
from questionnaires.enterprise import SIZES
from questionnaires.industry_groups import industry_groups
from questionnaires.regions import CURRENT, path

router = APIRouter()
NAMES: dict[Measure, str] = {
    "mean": N_("平均得分"),
    "adjusted": N_("行业与规模调整后的平均得分"),
    "median": N_("得分中位数"),
    "high_share": N_("三级及以上企业占比"),
    "service_share": N_("综合服务收入占比"),
    "number": N_("参评企业数"),
}


@router.get("/regions")
def compare(request: Request, database: Db) -> Response:
    """Show the regions below one, ranked."""
    query, view = _read(request, database)
    return render(request, "regions/compare.html", **_context(request, query, view))


@router.get("/regions.csv")
def download(request: Request, database: Db) -> Response:
    """Return the same view as CSV (UTF-8 with the mark that spreadsheet programs look for)."""
    query, view = _read(request, database)
    stream = io.StringIO()
    csv.writer(stream).writerows(_rows(translations(visit(request).language), query, view))
    name = f"regions-{query.choice.region}-{query.choice.year}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + stream.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/regions/enterprises")
def enterprises(request: Request, database: Db) -> Response:
    """Show a department the enterprises of its subtree by name."""
    query, view = _read(request, database)
    found = []
    if view.department:
        with database.reading() as session:
            found = regional.enterprises(session, view.department, query.choice)
    context = _context(request, query, view)
    return render(request, "regions/enterprises.html", found=found, name_of=name_of, **context)


@router.post("/regions/releases")
def publish(request: Request, database: Db, user: SignedIn, form: FormFields) -> Response:
    """Publish a year and scope; for the department of the whole country."""
    fields = fields_of(form)
    year, scope = _number(single(fields, "year")), single(fields, "scope")
    with database.reading() as session:
        if regional.in_charge(session, user, COUNTRY) is None:
            raise ForbiddenError("只有全国主管部门可以发布。")
        firms = regional.firms_above_scale(session, year or 0)
    if year is None or scope not in {"entity", "consolidated"}:
        raise InvalidError("请选择要发布的年度和口径。")
    made = releases.publish(database, request.app.state.cohorts.get(scope, year), firms, user, now())
    to = f"/regions?region={COUNTRY}&year={year}&scope={scope}&source=release"
    return redirect(request, to, "已发布 %(year)s 年度第 %(number)s 次。", year=year, number=made.number)


def _read(request: Request, database: Db) -> tuple[Query, View]:
    given = request.query_params
    user = visit(request).user
    scope = given.get("scope", "entity")
    with database.reading() as session:
        year = _number(given.get("year")) or regional.newest_year(session, scope) or now().year
        choice = Choice(given.get("region") or _home(request, database), year, scope, *_kind(given, year))
        measure: Measure = next((one for one in MEASURES if one == given.get("measure")), "mean")
        live = given.get("source", "live") == "live"
        view = regional.view(session, request.app.state.cohorts, user, choice, live=live)
    if not (view.comparison and view.comparison.live) and measure == "adjusted":
        measure = "mean"
    return Query(choice, measure, view.comparison is not None and view.comparison.live), view


def _home(request: Request, database: Db) -> str:
    """Return where a department's people begin: their own region."""
    user = visit(request).user
    if user is None:
        return COUNTRY
    with database.reading() as session:
        own = regional.in_charge_of(session, user)
    return own or COUNTRY


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) == 4 else None


def _kind(given: Any, year: int) -> tuple[str | None, str | None]:
    group, size = given.get("group") or None, given.get("size") or None
    known = {one.id for one in industry_groups(date(year, 12, 31))}
    if (group and group not in known) or (size and size not in SIZE_IDS):
        raise InvalidError("没有这个行业组或规模。请用页面上的选项。")
    return group, size


def _context(request: Request, query: Query, view: View) -> dict[str, Any]:
    found, choice = view.comparison, query.choice
    translator = translations(visit(request).language)
    shown = ranked(found.lines, query.measure) if found else []
    return {
        "query": query,
        "view": view,
        "comparison": found,
        "ranked": shown,
        "measures": {
            key: say(request, name) for key, name in NAMES.items() if found is None or found.live or key != "adjusted"
        },
        "measure_name": say(request, NAMES[query.measure]),
        "groups": industry_groups(date(choice.year, 12, 31)),
        "sizes": SIZES,
        "trail": [(COUNTRY, comparisons.WHOLE), *((one.code, one.name) for one in path(choice.region, CURRENT))],
        "shown": lambda line, measure: shown_value(translator, line, measure),
        "map": map_of(translator, query, shown) if found and choice.region == COUNTRY else "",
        "chart": ranking_of(translator, query, shown, found.whole) if found else "",
        "fewest": FEWEST,
        "download": query.link().replace("/regions?", "/regions.csv?"),
        "synthetic": bool(view.release and view.release.demo) or visit(request).demo,
    }


def _rows(translator: Translator, query: Query, view: View) -> Iterator[list[str]]:
    say_, found = translator.say, view.comparison
    columns = [*MEASURES, "low", "high", "coverage", "change", "real", "composition"]
    heads = [say_(NAMES[one]) for one in MEASURES]
    more = [
        N_("均值 5% 界"),
        N_("均值 95% 界"),
        N_("规上企业覆盖率"),
        N_("比上年"),
        N_("其中：实际变化"),
        N_("其中：构成变化"),
    ]
    yield [say_("名次"), say_("代码"), say_("地区"), *heads, *map(say_, more)]
    for rank, line in ranked(found.lines, query.measure) if found else []:
        values = (getattr(line, column) for column in columns)
        yield [str(rank or ""), line.code, line.name.get(translator.language), *map(_plain, values)]


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
