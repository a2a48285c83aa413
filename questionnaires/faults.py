from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from .messages import MESSAGES
from .text import Text, both


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file: a code, where it is, and the particulars that its message names."""

    code: str
    file: str
    line: int
    path: str
    detail: tuple[tuple[str, Text], ...] = ()

    @classmethod
    def of(cls, code: str, file: str, line: int, path: Iterable[str | int], detail: Mapping[str, object]) -> Fault:
        """Return a fault whose particulars may be texts or plain values."""
        texts = tuple((key, value if isinstance(value, Text) else both(str(value))) for key, value in detail.items())
        return cls(code, file, line, ".".join(map(str, path)), texts)

    @property
    def warning(self) -> bool:
        """Whether it is worth a look but breaks nothing."""
        return MESSAGES[self.code].warning

    def what(self, lang: str) -> str:
        """Return what is wrong and what was expected."""
        return self._fill(MESSAGES[self.code].what, lang)

    def mend(self, lang: str) -> str:
        """How to mend it."""
        return self._fill(MESSAGES[self.code].mend, lang)

    def message(self, lang: str) -> str:
        """Both, in one line."""
        return f"{self.what(lang)}{' ' if lang == 'en' else ''}{self.mend(lang)}"

    def _fill(self, template: Text, lang: str) -> str:
        return template.get(lang).format(**{key: text.get(lang) for key, text in self.detail}).strip()


class Faulty(Exception):  # noqa: N818 - it is the file that is at fault
    """A file or folder that cannot be used; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(*(f"{fault.file}:{fault.line} {fault.code}" for fault in self.faults[:3]))

    def message(self, lang: str) -> str:
        """Every fault on its own line."""
        return "\n".join(f"{fault.file}:{fault.line}: {fault.message(lang)}" for fault in self.faults)


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults that are more than warnings."""
    return [fault for fault in faults if not fault.warning]


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """Return a hint that names the nearest known words, or all of them when there are few; empty if nothing fits."""
    names = sorted(set(known))
    near = get_close_matches(word, names, n=2, cutoff=0.6)
    if near:
        return Text(f"是不是想写 {' 或 '.join(near)}？", f"Did you mean {' or '.join(near)}?")
    if names and len(names) <= 12:
        return Text(f"可用的有：{'、'.join(names)}。", f"Known here: {', '.join(names)}.")
    return Text("", "")
