"""The report as PDF, produced as PDF/A-3b with the frozen result inside it."""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from xml.etree import ElementTree

import pydyf
from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from reports.data import Report
from reports.html import page, stylesheet
from reports.words import Gettext

VARIANT = "pdf/a-3b"
ATTACHMENT = "result.json"
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML cannot hold: control characters, halves of pairs."""
WARM_UP = "<h1>报告</h1><p>成熟度 <b>level</b></p>"


class Markup(HTML):  # type: ignore[misc]
    """A page that is well-formed XML, as ours are: read by the parser written in C, in a twentieth of the time."""

    def __init__(self, markup: str) -> None:
        root = ElementTree.fromstring(UNFIT.sub("", markup))  # noqa: S314 - our own template
        self.base_url = None
        self.url_fetcher = URLFetcher()
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


@dataclass(frozen=True, slots=True)
class Pdf:
    """The file and how many pages it has."""

    data: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def render(report: Report, gettext: Gettext, progress: Callable[[int], None] = lambda _: None) -> Pdf:
    """Lay the report out and return the file; `progress` hears the percentage after each stage.

    The same report gives the same bytes: dates come from `report.standing.made_at`.
    """
    progress(5)
    html = page(report, gettext)
    progress(15)
    return from_html(html, report, progress)


def from_html(html: str, report: Report, progress: Callable[[int], None] = lambda _: None) -> Pdf:
    """Return the file for a page made by `reports.html.page`."""
    fonts, styles = _prepared()
    with _collector_paused():
        document = Markup(html).render(stylesheets=[styles], font_config=fonts)
        progress(75)
        document.metadata.attachments = [_attachment(report)]
        identifier = hashlib.sha256(report.frozen + html.encode()).hexdigest()[:32].encode()
        data = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, finisher=_link_once)
    progress(95)
    return Pdf(data, len(document.pages))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python from looking for garbage among the many boxes of a layout that is still in use: an eighth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def warm_up() -> None:
    """Load the libraries, the style sheet and the fonts, so that the first report is as quick as the next."""
    fonts, styles = _prepared()
    HTML(string=WARM_UP).write_pdf(stylesheets=[styles], font_config=fonts)


def _link_once(_document: Document, pdf: pydyf.PDF) -> None:
    """Leave one association for each attached file: WeasyPrint 70 writes it twice."""
    pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _attachment(report: Report) -> Attachment:
    made = report.standing.made_at.astimezone(UTC)
    return Attachment(
        string=report.frozen,
        name=ATTACHMENT,
        description="The frozen result with answers and trace",
        created=made,
        modified=made,
        relationship="Data",
    )


@cache
def _prepared() -> tuple[FontConfiguration, CSS]:
    """Read fonts and styles once per process: a warm worker renders in half the time of a cold one."""
    fonts = FontConfiguration()
    return fonts, CSS(string=stylesheet(), font_config=fonts)
