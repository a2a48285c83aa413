"""A warm headless Chromium that prints one page again and again: the yardstick of `servimeter bench report`."""

from __future__ import annotations

import os
import re
import shutil
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Printed:
    """What one printing took and gave."""

    seconds: float
    pages: int
    size: int


class Chromium:
    """Prints `html` to PDF. Raises ImportError without Playwright and FileNotFoundError without a browser."""

    def __init__(self, html: str) -> None:
        try:
            from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a development dependency
        except ImportError:
            message = (
                "需要开发依赖 playwright（pip install playwright） / the development dependency playwright is needed"
            )
            raise ImportError(message) from None
        self._html = html
        self._path = _executable()
        self._start = sync_playwright

    def __enter__(self) -> Self:
        """Start the browser."""
        self._playwright: Any = self._start().start()
        self._browser = self._playwright.chromium.launch(executable_path=self._path, args=ARGUMENTS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the browser."""
        self._browser.close()
        self._playwright.stop()

    def timed(self) -> Printed:
        """Print once in a new tab and say how long it took."""
        start = time.perf_counter()
        page = self._browser.new_page()
        page.set_content(self._html)
        data: bytes = page.pdf(prefer_css_page_size=True, print_background=True)
        seconds = time.perf_counter() - start
        page.close()
        return Printed(seconds, len(re.findall(rb"/Type\s*/Page\b", data)), len(data))


def _executable() -> str:
    found = os.environ.get("SERVIMETER_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        message = (
            "没有找到 chromium，可用 SERVIMETER_CHROMIUM 指明 / no chromium found; SERVIMETER_CHROMIUM may name one"
        )
        raise FileNotFoundError(message)
    return found
