"""Plain forms: single fields, safe ways back."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import FormData


def one(form: FormData, name: str) -> str:
    """Return the last value of a field, trimmed; empty when it is missing or a file."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def secret(form: FormData, name: str) -> str:
    """Return a password field as typed: blanks count."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def safe_next(target: str, otherwise: str) -> str:
    """Return `target` when it is a page of ours, else `otherwise`: no other host or scheme, no tricks with slashes."""
    if not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target or not target.isprintable():
        return otherwise
    parts = urlsplit(target)
    return otherwise if parts.scheme or parts.netloc else target
