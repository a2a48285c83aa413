"""`servimeter messages`: keeps the English catalogues complete. Chinese is the message id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.config import ROOT

METHODS: Final = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS: Final = {
    "**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false", "extensions": "jinja2.ext.do"}
}
ERRORS: Final = (
    "AppError",
    "NotFoundError",
    "ForbiddenError",
    "ConflictError",
    "InvalidError",
    "TooManyError",
    "TooLargeError",
)
CHINESE: Final = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""Every message id has some; other strings in the place of one are none."""
KEYWORDS: Final[tuple[Mapping[str, tuple[int, ...] | None], ...]] = (
    {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "say": (1,), **dict.fromkeys(ERRORS, (1,))},
    {"say": (2,), "redirect": (3,)},  # those of pages take the request first
)
PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]|%%")


@dataclass(frozen=True)
class Domain:
    """A package with texts of its own and the file of their translations."""

    package: str

    @property
    def folder(self) -> Path:
        return ROOT / self.package

    @property
    def file(self) -> Path:
        return self.folder / "locale" / "en" / "LC_MESSAGES" / "servimeter.po"

    def template(self) -> Catalog:
        """Return the messages that the sources hold now."""
        made = Catalog(project="servimeter", fuzzy=False)
        for keywords in KEYWORDS:
            for name, _line, message, comments, context in self._extracted(keywords):
                if CHINESE.search(message if isinstance(message, str) else message[0]):
                    made.add(message, None, [(f"{self.package}/{name}", 0)], auto_comments=comments, context=context)
        return made

    def _extracted(self, keywords: Mapping[str, tuple[int, ...] | None]) -> Iterator[Any]:
        return extract_from_dir(str(self.folder), METHODS, OPTIONS, keywords, comment_tags=("Translators:",))

    def translations(self) -> Catalog:
        """Return the translations there are."""
        if not self.file.exists():
            return Catalog(locale="en", project="servimeter", fuzzy=False)
        with self.file.open("rb") as stream:
            return read_po(stream, locale="en")


DOMAINS: Final = (Domain("app"), Domain("reports"))


@click.group()
def messages() -> None:
    """界面文字的译文 / Translations of the interface."""


@messages.command()
def update() -> None:
    """按源代码更新译文目录，新的留空 / Update the catalogues from the sources; new entries stay empty."""
    for domain in DOMAINS:
        catalogue = domain.translations()
        catalogue.update(domain.template(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        domain.file.parent.mkdir(parents=True, exist_ok=True)
        with domain.file.open("wb") as stream:
            write_po(stream, catalogue, width=120, sort_output=True, omit_header=True, include_lineno=False)
        click.echo(f"{domain.file.relative_to(ROOT)}: {len(catalogue)}")


@messages.command()
def check() -> None:
    """检查译文是否齐全 / Check that every message is translated with the same placeholders."""
    faults = [fault for domain in DOMAINS for fault in domain_faults(domain)]
    for fault in faults:
        click.echo(fault)
    if faults:
        raise SystemExit(1)
    click.echo("译文齐全 / complete")


def domain_faults(domain: Domain) -> list[str]:
    """Return what is missing or wrong in a domain's translations."""
    return catalogue_faults(domain.template(), domain.translations(), domain.package)


def catalogue_faults(template: Catalog, translations: Catalog, name: str) -> list[str]:
    """Return the faults of `translations` against the messages of `template`, one line each."""
    wanted = {_key(message): message for message in template if message.id}
    given = {_key(message): message for message in translations if message.id}
    faults = [f"{name}: 没有译文 / not translated: {key}" for key in wanted if not _complete(given.get(key))]
    faults += [f"{name}: 多余 / obsolete: {key}" for key in (*given, *translations.obsolete) if key not in wanted]
    faults += [f"{name}: 待定 / fuzzy: {key}" for key, message in given.items() if message.fuzzy]
    faults += [
        f"{name}: 占位不一致 / placeholders differ: {key}"
        for key, message in given.items()
        if _complete(message) and any(_placeholders(key) != _placeholders(text) for text in _strings(message))
    ]
    return faults


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> Iterator[str]:
    yield from (message.string,) if isinstance(message.string, str) else message.string or ("",)


def _complete(message: Message | None) -> bool:
    return message is not None and all(text.strip() for text in _strings(message))


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text)) - {""}
