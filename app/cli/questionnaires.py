"""`servimeter questionnaires`: list, check and publish questionnaires, and export the schema of their files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app.cli.options import FAULTS, language_option, line, path_option, refuse, registry
from app.i18n import translations
from questionnaires.checking import check_all, check_path
from questionnaires.digest import digest as digest_of
from questionnaires.faults import Faulty, errors
from questionnaires.json_schema import FILES, json_schema
from questionnaires.published import publish as add_to_lock
from questionnaires.published import published


@click.group()
def questionnaires() -> None:
    """问卷：列出、检查、发布 / Questionnaires: list, check, publish."""


@questionnaires.command("list")
@path_option
@language_option
def list_known(paths: tuple[Path, ...], lang: str) -> None:
    """列出可用的问卷及版本；* 为已发布 / List questionnaires and versions; * is published."""
    known = registry(paths, lang)
    locked = {(one.slug, one.version) for one in published()[0]}
    for slug in known.slugs():
        for version in known.versions(slug):
            mark = "*" if (slug, version) in locked else " "
            try:
                title = known.get(slug, version).title.get(lang)
            except Faulty as error:
                title = translations(lang).say("有 %(count)d 处错误，请运行 check", count=len(errors(error.faults)))
            click.echo(f"{mark} {slug} {version}  {title}")


@questionnaires.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@path_option
@language_option
def check(path: Path | None, paths: tuple[Path, ...], lang: str) -> None:
    """检查 PATH（默认检查全部）；有错误时返回 1 / Check PATH (all by default); exit code 1 on errors."""
    known = registry(paths, lang)
    faults = check_path(path, known) if path else check_all(known)
    for fault in faults:
        click.echo(line(fault, lang))
    wrong = len(errors(faults))
    say = translations(lang).say
    click.echo(say("错误 %(errors)d 处，提醒 %(warnings)d 处", errors=wrong, warnings=len(faults) - wrong))
    if wrong:
        raise SystemExit(FAULTS)


@questionnaires.command()
@click.argument("file", required=False, type=click.Choice(list(FILES)), default="questionnaire")
@click.option(
    "--all", "folder", type=click.Path(file_okay=False, path_type=Path), help="全部写入文件夹 / Write all to a folder."
)
def schema(file: str, folder: Path | None) -> None:
    """输出供编辑器使用的 JSON Schema / Print the JSON Schema of a kind of file, for editors."""
    if folder is None:
        click.echo(_json(file))
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / f"{name}.schema.json").write_text(f"{_json(name)}\n", encoding="utf-8")
        click.echo(folder / f"{name}.schema.json")


def _json(file: str) -> str:
    return json.dumps(json_schema(file), ensure_ascii=False, indent=2)


@questionnaires.command()
@click.argument("slug")
@click.argument("version")
@path_option
@language_option
def digest(slug: str, version: str, paths: tuple[Path, ...], lang: str) -> None:
    """输出某一版本的摘要 / Print the digest of a version."""
    try:
        click.echo(digest_of(registry(paths, lang).folder(slug, version)))
    except Faulty as error:
        refuse(error, lang)


@questionnaires.command()
@click.argument("slug")
@click.argument("version")
@language_option
def publish(slug: str, version: str, lang: str) -> None:
    """登记某一版本为已发布，此后不得改动 / Put a version on the lock; it must not change from then on."""
    try:
        added = add_to_lock(registry((), lang), slug, version)
    except Faulty as error:
        refuse(error, lang)
    click.echo(f"{added.slug} {added.version} {added.digest}")
