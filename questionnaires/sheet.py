"""A CSV file as rows of cells that know their lines."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from .faults import Fault, Faulty
from .text import Text

MAX_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells of a record, without outer space, and the line on which it begins."""

    line: int
    cells: tuple[str, ...]


def read_sheet(path: Path) -> list[SheetRow]:
    """Return the records of a file that are not empty. Raises `Faulty` when it cannot be read."""
    return parse_sheet(_bytes(path), str(path))


def parse_sheet(data: bytes, name: str) -> list[SheetRow]:
    """Return the records of a file's bytes that are not empty; faults call it `name`. Raises `Faulty` when it is not CSV."""
    text = _decoded(data, name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[SheetRow] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(SheetRow(line, tuple(cell.strip() for cell in cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Faulty([Fault.of("data-syntax", name, line, (), {"problem": error})]) from error
    return rows


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise Faulty([Fault.of("missing-file", str(path), 0, (), {"name": path.name})]) from error
    if data is None:
        limit = Text(f"{MAX_BYTES} 字节", f"{MAX_BYTES} bytes")
        raise Faulty([Fault.of("too-large", str(path), 1, (), {"limit": limit})])
    return data


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Faulty([Fault.of("data-encoding", name, 1, (), {})])
