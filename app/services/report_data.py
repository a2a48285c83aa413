"""Gathers what a report says: a questionnaire's texts, a frozen result and its answers become plain values in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.i18n import Translator, translations
from app.services.answer_words import Wording
from app.services.engines import engine_of
from app.services.numbers import grouped
from app.services.profiles import industry_name, region_name, size_of
from app.services.report_answers import sections
from app.services.report_constants import constants
from app.services.report_findings import findings
from app.services.report_measures import groups, headlines
from app.services.report_method import method
from app.services.report_origins import origins
from app.services.report_source import Source
from app.services.report_standards import standards
from app.services.report_topics import frameworks
from app.services.report_tree import Tree
from app.services.standing import question_of
from questionnaires.types import Questionnaire
from reports import data
from scoring.answers import encode
from scoring.result import Result
from scoring.scope import asked


def build(source: Source, language: data.Language) -> data.Report:
    """Return the report's values in `language`."""
    translator = translations(language)
    questionnaire, result = source.questionnaire, source.result
    wording = Wording(questionnaire, translator)
    compiled = engine_of(questionnaire)
    shown = asked(
        compiled, encode(compiled, source.answers, None, source.enterprise["year"], source.enterprise.get("industry"))
    )
    tree = Tree(questionnaire, result, source.answers, source.enterprise, wording)
    found = groups(source, shown, translator)
    return data.Report(
        language=language,
        instrument=_instrument(questionnaire, language),
        subject=_subject(source, translator),
        standing=source.standing,
        scale=data.Scale(questionnaire.scale.min, questionnaire.scale.max, questionnaire.decimals),
        levels=tuple(
            data.Level(one.number, one.name.get(language), one.meaning.get(language), one.lower)
            for one in questionnaire.levels
        ),
        outcome=_outcome(questionnaire, result),
        dimensions=tree.dimensions(),
        gates=tree.gates(),
        missing=tuple(_missing(questionnaire, result.missing, language)),
        standards=standards(questionnaire, result, language),
        sections=sections(source, wording, shown),
        method=method(source, translator),
        groups=found,
        headlines=headlines(source, found),
        findings=findings(source, translator),
        constants=constants(source, translator),
        frameworks=frameworks(source, translator),
        origins=origins(source, translator),
        frozen=source.frozen,
    )


def _instrument(questionnaire: Questionnaire, language: data.Language) -> data.Instrument:
    source, edition = questionnaire.source, questionnaire.edition
    return data.Instrument(
        slug=questionnaire.slug,
        version=questionnaire.version,
        digest=questionnaire.digest,
        date=questionnaire.date.isoformat(),
        title=questionnaire.title.get(language),
        summary=questionnaire.summary.get(language),
        provenance=questionnaire.provenance,
        source=source.title.get(language),
        source_edition=source.edition.get(language),
        edition=edition.label.get(language) if edition else "",
        notice=edition.notice.get(language) if edition else "",
    )


def _subject(source: Source, translator: Translator) -> data.Subject:
    profile, language = source.enterprise, translator.language
    return data.Subject(
        name=_in_language(profile["name"], language),
        year=profile["year"],
        scope=profile["scope"],
        audited=bool(profile.get("audited")),
        entities=profile.get("entities") or "",
        facts=tuple(_facts(profile, translator)),
        illustrative=source.illustrative.get(language) if source.illustrative else "",
    )


def _in_language(name: str | Mapping[str, str], language: str) -> str:
    return name if isinstance(name, str) else name.get(language) or name["zh"]


def _facts(profile: Mapping[str, Any], translator: Translator) -> list[data.Fact]:
    say, language = translator.say, translator.language
    region, industry = profile.get("region"), profile.get("industry")
    staff, revenue = profile.get("staff"), profile.get("revenue")
    found = [
        (say("统一社会信用代码"), profile.get("uscc")),
        (say("地区"), region_name(region).get(language) if region else None),
        (say("行业"), f"{industry} {industry_name(industry).get(language)}" if industry else None),
        (say("从业人员"), say("%(staff)s 人", staff=grouped(staff)) if staff is not None else None),
        (say("营业收入"), say("%(revenue)s 万元", revenue=grouped(revenue)) if revenue is not None else None),
        (say("规模"), size_of(staff, revenue).get(language) if staff is not None and revenue is not None else None),
    ]
    return [data.Fact(label, str(value)) for label, value in found if value]


def _outcome(questionnaire: Questionnaire, result: Result) -> data.Outcome:
    interval = result.score_interval
    return data.Outcome(
        kind=result.outcome,
        score=result.score,
        interval=(interval.low, interval.high) if interval else None,
        na_as_zero=result.score_na_as_zero,
        level=result.level,
        band_level=result.band_level,
        level_interval=result.level_interval,
        margin_above=result.margin_above,
        margin_to_next=result.margin_to_next,
        na_share=result.na_share,
        na_ceiling=questionnaire.na_ceiling,
    )


def _missing(questionnaire: Questionnaire, names: Iterable[str], language: data.Language) -> Iterator[data.Missing]:
    """Yield the questions with missing parts, in the order of the form, each once."""
    counts = Counter(question_of(questionnaire, name) for name in names)
    for question in questionnaire.questions.values():
        if counts[question.id]:
            section = questionnaire.section_of[question.id].title.get(language)
            yield data.Missing(question.name.get(language), section, counts[question.id])
