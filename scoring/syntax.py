"""The text of a formula parsed to a tree: what is read, and where its nodes stand in the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

import numpy as np

MAX_LENGTH: Final = 4000
MAX_NODES: Final = 600

# Dots inside ids are parsed as this letter, so that a part may begin with a digit or be a word of Python. One character for one
# character keeps the columns of errors true.
DOT: Final = "\ua4f8"
_TOKEN: Final = re.compile(r"'[^']*'|\"[^\"]*\"|[A-Za-z_]\w*(?:\.\w+)+", re.ASCII)
_ID: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*", re.ASCII)


class FormulaError(ValueError):
    """A formula that is refused: `code` for translation, `detail` in plain English, `column` from 1 in the source."""

    def __init__(self, code: str, detail: str, column: int) -> None:
        super().__init__(f"{detail} (column {column})")
        self.code = code
        self.detail = detail
        self.column = column


class Source:
    """A parsed source that knows where its nodes stand."""

    def __init__(self, source: str) -> None:
        if len(source) > MAX_LENGTH:
            raise FormulaError("too-long", f"a formula has at most {MAX_LENGTH} characters", MAX_LENGTH + 1)
        self._masked = _TOKEN.sub(_mask, source.replace("\n", " "))
        self.tree = self._parse()
        if sum(1 for _ in ast.walk(self.tree)) > MAX_NODES:
            raise FormulaError("too-complex", f"a formula has at most {MAX_NODES} parts", 1)

    def _parse(self) -> ast.expr:
        lead = len(self._masked) - len(self._masked.lstrip())
        try:
            return ast.parse(self._masked.lstrip(), mode="eval").body
        except SyntaxError as error:
            raise FormulaError(
                "syntax", f"this does not read as a formula: {error.msg}", lead + (error.offset or 1)
            ) from None
        except (ValueError, RecursionError, MemoryError):  # a null byte, or nested beyond what the parser takes
            raise FormulaError("syntax", "this does not read as a formula", lead + 1) from None

    def column(self, node: ast.AST) -> int:
        stripped = self._masked.lstrip()
        offset = getattr(node, "col_offset", 0)
        return len(self._masked) - len(stripped) + len(stripped.encode()[:offset].decode()) + 1

    def error(self, node: ast.AST, code: str, detail: str) -> FormulaError:
        return FormulaError(code, detail, self.column(node))

    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._used()))

    def _used(self) -> Iterator[str]:
        calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        functions = {id(node.func) for node in calls}
        # Whether there is a link is known before anything is evaluated: asking for it waits for no value.
        links = {id(one) for node in calls if getattr(node.func, "id", "") == "linked" for one in node.args}
        left_out = functions | links
        found = [node for node in ast.walk(self.tree) if isinstance(node, ast.Name) and id(node) not in left_out]
        for node in sorted(found, key=lambda name: name.col_offset):
            yield self.identifier(node)

    def identifier(self, node: ast.Name) -> str:
        name = node.id.replace(DOT, ".")
        if not _ID.fullmatch(name):
            raise self.error(node, "bad-name", f"“{name}” is not an id")
        return name


def _mask(token: re.Match[str]) -> str:
    text = token.group()
    return text if text[0] in "'\"" else text.replace(".", DOT)


def day_number(text: str) -> float | None:
    """Days from 1970-01-01 to an ISO date, None if it is none."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        return float(np.datetime64(text, "D").astype(np.int64))
    except ValueError:
        return None
