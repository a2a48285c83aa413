"""Opens an uploaded workbook without trusting it: size, kind, what it would unpack to, macros."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

import openpyxl
from openpyxl.workbook import Workbook

from questionnaires.faults import Fault, Faulty
from questionnaires.text import Text

MAX_BYTES: Final = 5_000_000
MAX_UNPACKED: Final = 60_000_000
MAX_RATIO: Final = 150
"""Unpacked to packed size of a part above a megabyte; text of workbooks stays below 40."""
MAX_PARTS: Final = 500
_OLD: Final = b"\xd0\xcf\x11\xe0"
"""How files of Excel 97–2003 and encrypted ones begin."""
_SCHEMA: Final = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def open_workbook(data: bytes, name: str) -> Workbook:
    """Return the workbook in `data`; raises `Faulty` when it is none, too large, or holds macros."""
    _check(data, name)
    try:
        return openpyxl.load_workbook(io.BytesIO(data), rich_text=False, keep_links=False)
    except Exception as error:  # noqa: BLE001 - a hostile file can make the reader fail in any way
        raise _refused(name, "workbook-broken", problem=type(error).__name__) from None


def _check(data: bytes, name: str) -> None:
    if len(data) > MAX_BYTES:
        limit = Text(f"{MAX_BYTES // 1_000_000} MB", f"{MAX_BYTES // 1_000_000} MB")
        raise _refused(name, "workbook-large", limit=limit, size=f"{len(data) / 1_000_000:.1f} MB")
    if data.startswith(_OLD):
        raise _refused(name, "workbook-old")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _check_parts(packed, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise _refused(name, "workbook-kind") from None


def _check_parts(packed: zipfile.ZipFile, name: str) -> None:
    parts = packed.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED or any(map(_swells, parts)):
        raise _refused(name, "workbook-bomb")
    names = {part.filename for part in parts}
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise _refused(name, "workbook-macros")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise _refused(name, "workbook-kind")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _SCHEMA.search(packed.read(part)):
            raise _refused(name, "workbook-bomb")


def _swells(part: zipfile.ZipInfo) -> bool:
    return part.file_size > 1_000_000 and part.file_size > MAX_RATIO * max(part.compress_size, 1)


def _refused(name: str, code: str, **detail: object) -> Faulty:
    return Faulty([Fault.of(code, name, 0, (), detail)])
