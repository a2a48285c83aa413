"""Log lines: one JSON object each in production, readable text in development; never local variables, which may be secrets."""

from __future__ import annotations

import structlog


def configure(*, production: bool) -> None:
    """Set up logging for this process; calling it again changes nothing but the format."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    last: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if production
        else [plain]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *last,
        ]
    )
