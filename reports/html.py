"""The report as one HTML page, laid out for paper."""

from __future__ import annotations

from datetime import UTC
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports import measure_sentences, ranking, sentences
from reports.charts import emblem
from reports.data import Report
from reports.figures import Figures
from reports.words import Gettext, Words

TAGS = {"zh": "zh-CN", "en": "en"}


def page(report: Report, gettext: Gettext) -> str:
    """Return the whole report as HTML; `gettext` translates the message ids of `reports`, which are Chinese."""
    words = Words(report, gettext)
    return (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            words=words,
            say=words.say,
            _=gettext,
            figures=Figures(words),
            sentences=sentences,
            measures=measure_sentences,
            ranking=ranking,
            emblem=emblem,
            tag=TAGS[report.language],
            made=report.standing.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
    )


@cache
def stylesheet() -> str:
    """Return the style sheet of the report."""
    return files("reports").joinpath("templates/report.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["paragraphs"] = _paragraphs
    return made


def _paragraphs(text: str) -> list[Markup]:
    return [Markup.escape(part) for part in text.splitlines() if part.strip()]
