"""Languages: Chinese is the original and the message id; English is read from the catalogue beside this package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

LANGUAGES: Final = ("zh", "en")
DEFAULT: Final = "zh"
TAGS: Final = {"zh": "zh-CN", "en": "en"}
DOMAIN: Final = "servimeter"
LOCALE: Final = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Translator:
    """Gives the text of a message id in one language; an unknown one reads Chinese."""

    language: str
    messages: dict[str, str]

    def gettext(self, message: str) -> str:
        """Return `message` in this language, its placeholders unfilled."""
        return self.messages.get(message) or message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the form for `number`; Chinese has one form, so the id is the same for both."""
        return self.gettext(singular if number == 1 else plural)

    def say(self, message: str, **parts: object) -> str:
        """Return `message` in this language with its named parts filled in."""
        text = self.gettext(message)
        return text % parts if parts else text


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark `message` for translation where it is shown."""
    return message


@cache
def translations(language: str, locale: Path = LOCALE) -> Translator:
    """Return the translator of `language` for the package whose catalogues are in the folder `locale`."""
    if language == DEFAULT:
        return Translator(DEFAULT, {})
    return Translator(language, _read(locale / language / "LC_MESSAGES" / f"{DOMAIN}.po"))


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    with file.open("rb") as stream:
        catalogue: Catalog = read_po(stream)
    return {
        entry.id: entry.string
        for entry in catalogue
        if isinstance(entry.id, str) and isinstance(entry.string, str) and entry.id and entry.string and not entry.fuzzy
    }
