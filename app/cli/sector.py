"""`servimeter sector`: the service input of a sector from an input–output table, as a benchmark."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click
import numpy as np

from app.cli.options import BAD_INPUT, language_option
from app.i18n import N_, translations
from scoring.sectors import ServiceInput, TableError, service_input

TOTAL = "output"
SAID = {
    "shape": N_("流量表须是方阵：每个部门一行一列，次序相同，最后一行 output 是各部门总产出。"),
    "negative": N_("流量和总产出须是数，流量不能为负。"),
    "output": N_("各部门的总产出须大于零。"),
    "singular": N_("这张表解不出完全消耗系数：请核对流量与总产出是否同一单位。"),
}
NAMES = {
    "direct": N_("直接消耗的服务"),
    "complete": N_("完全消耗的服务"),
    "relative_direct": N_("占全部直接消耗"),
    "relative_complete": N_("占全部完全消耗"),
    "value_added": N_("最终需求中的服务业增加值"),
}


@click.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--sector", required=True, help="要看的部门 / The sector looked at.")
@click.option("--services", required=True, help="服务部门，逗号分隔 / Service sectors, separated by commas.")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / Print JSON.")
@language_option
def sector(table: Path, sector: str, services: str, *, as_json: bool, lang: str) -> None:
    """由投入产出表 TABLE（CSV）算一个部门的服务投入，只作部门基准 / The service input of a sector from an input-output TABLE.

    第一列是部门名，其余各列依次是各部门；最后一行 output 是总产出。
    The first column names the sectors, the others are the sectors in the same order; the last row, output, has their total output.
    """
    names, flows, output = _read(table, lang)
    wanted = [one.strip() for one in services.split(",") if one.strip()]
    for one in (sector, *wanted):
        if one not in names:
            _refuse(lang, N_("表里没有部门“%(name)s”；现有：%(known)s。"), name=one, known="、".join(names))
    try:
        found = service_input(flows, output, names.index(sector), [names.index(one) for one in wanted])
    except TableError as error:
        _refuse(lang, SAID[error.code])
    click.echo(json.dumps(asdict(found), indent=2) if as_json else _words(found, lang))


def _words(found: ServiceInput, lang: str) -> str:
    say = translations(lang).say
    values = asdict(found)
    return "\n".join(f"{say(NAMES[key])}  {'—' if value is None else f'{value:.7f}'}" for key, value in values.items())


def _read(path: Path, lang: str) -> tuple[list[str], np.ndarray, np.ndarray]:
    try:
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        *body, last = [row for row in rows[1:] if row]
        names = [row[0] for row in body]
        flows = np.array([[float(cell) for cell in row[1:]] for row in body])
        output = np.array([float(cell) for cell in last[1:]])
    except OSError:
        _refuse(lang, N_("读不到文件 %(file)s。请检查路径。"), file=path)
    except ValueError:
        _refuse(lang, SAID["negative"])
    if last[0] != TOTAL or rows[0][1:] != names:
        _refuse(lang, SAID["shape"])
    return names, flows, output


def _refuse(lang: str, message: str, **parts: object) -> NoReturn:
    click.echo(translations(lang).say(message, **parts), err=True)
    raise SystemExit(BAD_INPUT)
