"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from app.config import settings
from app.i18n import DEFAULT, LANGUAGES
from questionnaires.faults import Fault, Faulty
from questionnaires.registry import Registry

Function = TypeVar("Function", bound=Callable[..., object])
FAULTS = 1
BAD_INPUT = 2
"""Exit codes: what was checked has faults; what was given cannot be used."""


def _language(context: click.Context, _: click.Parameter, chosen: str | None) -> str:
    return chosen or context.find_root().obj or DEFAULT


def language_option(function: Function) -> Function:
    """Add `--lang`; it falls back to that of `servimeter`, then to Chinese."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        callback=_language,
        help="输出的语言 / Language of the output.",
    )(function)


def path_option(function: Function) -> Function:
    """Add `--path DIR`, as often as wanted."""
    return click.option(
        "--path",
        "paths",
        multiple=True,
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="另有问卷的文件夹 / A folder with more questionnaires.",
    )(function)


def registry(paths: Iterable[Path], lang: str) -> Registry:
    """Return the questionnaires built in, of the settings and of `paths`; a conflict ends the command."""
    try:
        return Registry([*settings().questionnaires, *paths])
    except Faulty as error:
        refuse(error, lang)


def refuse(error: Faulty, lang: str) -> NoReturn:
    """Print all faults to standard error and end with the exit code for bad input."""
    for fault in error.faults:
        click.echo(line(fault, lang), err=True)
    raise SystemExit(BAD_INPUT)


def line(fault: Fault, lang: str) -> str:
    """Return a fault as one line: file, line, path inside the file, code, what is wrong and how to mend it."""
    where = f"{_short(fault.file)}:{fault.line}: " if fault.file else ""
    path = f"{fault.path}: " if fault.path else ""
    return f"{where}{path}[{fault.code}] {fault.message(lang)}"


def _short(file: str) -> str:
    path, here = Path(file), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else file
