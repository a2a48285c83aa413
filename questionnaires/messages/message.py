from __future__ import annotations

from dataclasses import dataclass

from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong (and what was expected), how to mend it, and whether it is only a warning."""

    what: Text
    mend: Text
    warning: bool = False


def says(zh: str, en: str, *, mend_zh: str, mend_en: str, warning: bool = False) -> Message:
    """Return a message; names in braces are a fault's particulars."""
    return Message(Text(zh, en), Text(mend_zh, mend_en), warning)
