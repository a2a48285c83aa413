"""The charts of the region pages in words of one language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from app.i18n import Translator
from app.services.comparisons import FEWEST, Line
from app.web.region_words import SHARES, Query, shown_value
from reports.charts import Interval, Tile, ranges, tiles

ABBREVIATIONS: Final = """
11京BJ 12津TJ 13冀HE 14晋SX 15蒙NM 21辽LN 22吉JL 23黑HL 31沪SH 32苏JS 33浙ZJ 34皖AH
35闽FJ 36赣JX 37鲁SD 41豫HA 42鄂HB 43湘HN 44粤GD 45桂GX 46琼HI 50渝CQ 51川SC 52贵GZ
53滇YN 54藏XZ 61陕SN 62甘GS 63青QH 64宁NX 65新XJ 71台TW 81港HK 82澳MO
"""
"""Code, customary short name and the letters of GB/T 2260 of each province."""
SHORT: Final = {one[:2]: {"zh": one[2], "en": one[3:]} for one in ABBREVIATIONS.split()}
MOST = 60
"""So many rows of a chart; the table below it has all."""

Ranked = Sequence[tuple[int | None, Line]]


def scale_of(ranked: Ranked, measure: str) -> tuple[float, float]:
    """Return round limits that hold all values with their intervals."""
    values = [getattr(line, measure) for rank, line in ranked if rank]
    if measure == "mean":
        values += [end for rank, line in ranked if rank for end in (line.low, line.high) if end is not None]
    if not values:
        return 0.0, 1.0
    step = 0.1 if measure in SHARES else 50.0 if measure == "number" else 0.5
    low, high = (min(values) // step) * step, (max(values) // step + 1) * step
    return low, high if high > low else low + step


def _share(value: float, scale: tuple[float, float]) -> float:
    return (value - scale[0]) / (scale[1] - scale[0])


def map_of(translator: Translator, query: Query, ranked: Ranked) -> Markup:
    """Draw the provinces."""
    scale = scale_of(ranked, query.measure)
    drawn = [
        Tile(
            code=line.code,
            name=SHORT[line.code[:2]][translator.language],
            value=shown_value(translator, line, query.measure) if rank else "—",
            share=_share(getattr(line, query.measure), scale) if rank else None,
            title=f"{line.name.get(translator.language)} {shown_value(translator, line, query.measure)}",
            href=query.link(region=line.code),
        )
        for rank, line in ranked
    ]
    return tiles(
        drawn, title=translator.say("各省分布"), desc=translator.say("每个省一格，颜色越深数值越高；数值见下表。")
    )


def ranking_of(translator: Translator, query: Query, ranked: Ranked, whole: Line) -> Markup:
    """Draw the ranking with its intervals."""
    measure = query.measure
    spread = measure == "mean"
    rows = [
        Interval(
            rank=str(rank or ""),
            name=line.name.get(translator.language),
            value=getattr(line, measure) if rank else None,
            low=line.low if spread and rank else None,
            high=line.high if spread and rank else None,
            end="" if line.number is None else f"n={line.number}",
            lack=_lack(translator, line),
            href=query.link(region=line.code),
        )
        for rank, line in ranked[:MOST]
    ]
    return ranges(
        rows,
        scale_of(ranked, measure),
        title=translator.say("排名"),
        desc=translator.say("点是数值，横条是均值的 5%–95% 区间，竖线是整体。"),
        reference=getattr(whole, measure) if measure != "number" else None,
        decimals=2 if measure in SHARES else 0 if measure == "number" else 1,
    )


def _lack(translator: Translator, line: Line) -> str:
    if line.suppressed:
        return translator.say("不予公布")
    if line.number is not None and line.number < FEWEST:
        return translator.say("企业太少")
    return translator.say("无数据")
