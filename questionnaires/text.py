from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; `zh` is the original."""

    zh: str
    en: str

    def get(self, lang: str) -> str:
        """Return the text in `lang`; anything but `en` reads Chinese."""
        return self.en if lang == "en" else self.zh


def both(text: str) -> Text:
    """Return the same words in both languages: names, ids, numbers."""
    return Text(text, text)
