"""Facts about an enterprise that can be checked: its credit code, its industry, its size class."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from .description import Pattern, Record
from .entries import NOWHERE, Entry, read_entries
from .faults import Fault, Faulty
from .reading import Reader
from .text import Text

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: 31 characters, without I, O, S, V and Z."""
ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
INDUSTRIES: Final = Path(__file__).parent / "codes" / "industries.yaml"
_USCC: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)

Size = Literal["large", "medium", "small", "micro"]
SIZES: Final[dict[Size, Text]] = {
    "large": Text("大型", "Large"),
    "medium": Text("中型", "Medium"),
    "small": Text("小型", "Small"),
    "micro": Text("微型", "Micro"),
}


def normalised_uscc(text: str) -> str:
    """Return a credit code without spaces, half-width and in capitals."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def uscc_faults(text: str, place: Entry = NOWHERE) -> list[Fault]:
    """Return what is wrong with a unified social credit code: errors of form and check character, a warning for the code inside it.

    What characters 3 to 8 say is not judged: they are the registering authority's region when the code was issued.
    """
    code = normalised_uscc(text)
    if not _USCC.fullmatch(code):
        return [place.fault("uscc-form", found=code)]
    if code[-1] != uscc_check(code[:17]):
        return [place.fault("uscc-check", found=code, expected=uscc_check(code[:17]))]
    if code[16] != organisation_check(code[8:16]):
        return [place.fault("uscc-organisation", found=code)]
    return []


def uscc_check(body: str) -> str:
    """Return the check character of the first 17 characters (GB 32100-2015: weights 3^i mod 31)."""
    total = sum(ALPHABET.index(character) * pow(3, index, 31) for index, character in enumerate(body))
    return ALPHABET[-total % 31]


def organisation_check(body: str) -> str:
    """Return the check character of the 8 characters of an organisation code (GB 11714; values 0–9, A = 10 … Z = 35)."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    check = -total % 11
    return "X" if check == 10 else str(check)


def size_class(staff: float, revenue: float) -> Size:
    """Return the size class of an industrial enterprise by staff (persons) and operating revenue (万元).

    统计上大中小微型企业划分办法（2017）, industry: large, medium and small need both lower limits, else the next class down counts.
    """
    limits: tuple[tuple[Size, float, float], ...] = (("large", 1000, 40000), ("medium", 300, 2000), ("small", 20, 300))
    return next((size for size, persons, money in limits if staff >= persons and revenue >= money), "micro")


@dataclass(frozen=True, kw_only=True)
class Industry(Record):
    """A division of manufacturing; `tertiary` marks the one that statistics count as a service."""

    code: Annotated[str, Pattern("bad-id", r"[0-9]{2}", Text("两位数字", "two digits"))]
    name: Text
    tertiary: bool = False


@dataclass(frozen=True, kw_only=True)
class _Industries(Record):
    industries: tuple[Industry, ...]


@cache
def industries() -> dict[str, Industry]:
    """Return the divisions 13–43 of GB/T 4754-2017 by code."""
    entry, faults = read_entries(INDUSTRIES)
    reader = Reader()
    table = reader.record(entry, _Industries) if entry else None
    if table is None or faults or reader.faults:
        raise Faulty([*faults, *reader.faults])
    return {industry.code: industry for industry in table.industries}
