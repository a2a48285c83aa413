"""Errors that a person sees: each knows its HTTP status; the text is a Chinese message id for gettext with named parts."""

from __future__ import annotations


class AppError(Exception):
    """A refusal with a message id (Chinese, translated at the edge) and its named parts."""

    status = 400

    def __init__(self, message: str, **parts: object) -> None:
        super().__init__(message)
        self.message = message
        self.parts = parts


class NotFoundError(AppError):
    """It does not exist, or the asker may not know that it does."""

    status = 404


class ForbiddenError(AppError):
    """The asker is known and may see it, but may not do this."""

    status = 403


class ConflictError(AppError):
    """Somebody else changed it meanwhile."""

    status = 409


class InvalidError(AppError):
    """The input cannot be accepted; `fields` maps a form field to its message."""

    status = 422

    def __init__(self, message: str, fields: dict[str, str] | None = None, **parts: object) -> None:
        super().__init__(message, **parts)
        self.fields = fields or {}


class TooManyError(AppError):
    """Too many attempts; try again later."""

    status = 429
