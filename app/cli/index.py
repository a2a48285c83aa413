"""`servimeter index`: an index of many units from a questionnaire and a CSV file."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from app.cli.options import language_option, path_option, refuse, registry
from app.i18n import Translator, translations
from app.services.indices import WorkedOut, named, work_out
from questionnaires.faults import Faulty
from scoring.display import displayed
from scoring.index import reasons
from scoring.index.engine import DRAWS, Draws
from scoring.index.plain import word
from scoring.index.sample import INPUTS

MOST_DRAWS = 100_000


@click.command()
@click.argument("questionnaire")
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / Print JSON.")
@click.option(
    "--draws",
    type=click.IntRange(0, MOST_DRAWS),
    default=DRAWS,
    show_default=True,
    help="不确定性分析的抽样次数，0 为不做 / Draws of the uncertainty run, 0 for none.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="随机数种子 / Seed of the random numbers."
)
@path_option
@language_option
def index(  # noqa: PLR0913 - click hands over each option by itself
    questionnaire: str, data: Path, *, as_json: bool, draws: int, seed: int, paths: tuple[Path, ...], lang: str
) -> None:
    """计算 DATA.csv 中各单位的指数；QUESTIONNAIRE 为问卷名称、名称@版本、文件夹或 questionnaire.yaml / Work out the index of the units in DATA.csv; QUESTIONNAIRE is a slug, slug@version, a folder or its questionnaire.yaml."""  # noqa: E501 - click shows the docstring
    try:
        found = named(questionnaire, registry(paths, lang))
        worked = work_out(found, data, Draws(draws, seed) if draws else None)
    except Faulty as error:
        refuse(error, lang)
    if as_json:
        click.echo(json.dumps(worked.plain(), ensure_ascii=False, indent=2, allow_nan=False))
        return
    for row in _rows(worked, translations(lang)):
        click.echo(row)


def _rows(worked: WorkedOut, words: Translator) -> Iterator[str]:
    yield f"{worked.questionnaire.title.get(words.language)} {worked.questionnaire.version}"
    run = worked.result.robustness
    places = {int(row): place for place, row in enumerate(run.rows)} if run else {}
    cells = [_heading(worked, words), *(_cells(worked, row, places, words) for row in _in_order(worked))]
    yield from aligned(cells)
    yield from _uncertainty(worked, words)


def _in_order(worked: WorkedOut) -> list[int]:
    """Return the units by year, then by rank; those without a score last, in the order of the file."""
    ranks, years = worked.result.rank.tolist(), worked.units.years
    return sorted(range(len(ranks)), key=lambda row: (years[row] or 0, ranks[row] == 0, ranks[row], row))


def _heading(worked: WorkedOut, words: Translator) -> list[str]:
    say = words.say
    year = [say("年份")] if any(worked.units.years) else []
    unsure = [say("名次中位数"), say("名次 5%–95%")] if worked.result.robustness else []
    return [*year, say("名次"), say("单位"), say("得分"), say("所处等级"), *unsure, say("说明")]


def _cells(worked: WorkedOut, row: int, places: dict[int, int], words: Translator) -> list[str]:
    result = worked.result
    year = [str(worked.units.years[row])] if any(worked.units.years) else []
    scored = result.rank[row] > 0
    score = str(displayed(float(result.score[row]), worked.questionnaire.decimals)) if scored else "–"
    level = str(result.level[row]) if result.level[row] >= 0 else "–"
    return [
        *year,
        str(result.rank[row]) if scored else "–",
        worked.units.names[row],
        score,
        level,
        *_interval(worked, places.get(row)),
        _remark(worked, row, words),
    ]


def _interval(worked: WorkedOut, place: int | None) -> list[str]:
    run = worked.result.robustness
    if run is None:
        return []
    if place is None:
        return ["–", "–"]
    low, middle, high = run.uncertainty.rank[:, place].tolist()
    return [str(middle), f"{low}–{high}"]


def _remark(worked: WorkedOut, row: int, words: Translator) -> str:
    result, root = worked.result, worked.result.basis.tree.root
    codes = [result.nodes.reason[row, root]]
    if result.level_reason[row] in {reasons.VETOED, reasons.NOT_RATEABLE, reasons.NO_FIXED_SCALE, reasons.MISSING}:
        codes.append(result.level_reason[row])
    remarks = [_meaning(int(code), words) for code in codes if code]
    if result.basis.figures.imputed[row].any():
        remarks.append(words.say("有 %(count)d 项插补值", count=int(result.basis.figures.imputed[row].sum())))
    return words.say("；").join(remarks)


def _meaning(code: int, words: Translator) -> str:
    zh, en = reasons.MEANINGS[word(code) or ""]
    return en if words.language == "en" else zh


def _uncertainty(worked: WorkedOut, words: Translator) -> Iterator[str]:
    run, say = worked.result.robustness, words.say
    if run is None:
        return
    yield ""
    yield say("不确定性：%(draws)d 次抽样，种子 %(seed)d，权重上下浮动 25%%", draws=run.draws.size, seed=run.draws.seed)
    for name, alternatives in zip(INPUTS[1:], run.alternatives.names, strict=True):
        yield f"  {_input(name, words)}  {', '.join(alternatives)}"
    for one in run.alternatives.left_out:
        yield "  " + say("未采用 %(name)s：%(reason)s", name=one.name, reason=_meaning(one.reason, words))
    if run.sensitivity is None:
        return
    yield say("名次平均变动的来源（一阶、总效应）")
    for name, shares in run.sensitivity.inputs.items():
        shown = _meaning(reasons.NOT_VARIED, words) if shares is None else f"{shares.first:.2f}  {shares.total:.2f}"
        yield f"  {_input(name, words)}  {shown}"


def _input(name: str, words: Translator) -> str:
    say = words.say
    return {
        "weights": say("权重"),
        "normalisation": say("归一化"),
        "aggregation": say("汇总方法"),
        "imputation": say("缺失值处理"),
    }[name]


def aligned(rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield rows of cells as lines in columns; a Chinese character takes two places."""
    listed = list(rows)
    widths = [max(map(_width, column)) for column in zip(*listed, strict=True)]
    for row in listed:
        yield "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
