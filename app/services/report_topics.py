"""What frameworks of disclosure ask for, and which indicators of a questionnaire answer it, for a report."""

from __future__ import annotations

from app.i18n import Translator
from app.services.report_source import Source
from questionnaires.disclosures import Disclosure, disclosures
from questionnaires.types import Indicator
from reports import measured


def frameworks(source: Source, translator: Translator) -> tuple[measured.Framework, ...]:
    """Return every framework whose disclosures an indicator names; nothing where none does."""
    indicators = [one for one in source.questionnaire.indicators.values() if one.disclosures]
    if not indicators:
        return ()
    language, known = translator.language, disclosures()
    found = [
        measured.Framework(
            one.name.get(language),
            one.title.get(language),
            tuple(_topic(source, topic, indicators, language) for topic in known.of(one.id)),
        )
        for one in known.frameworks
    ]
    return tuple(one for one in found if any(topic.indicators for topic in one.topics))


def _topic(source: Source, disclosure: Disclosure, indicators: list[Indicator], language: str) -> measured.Topic:
    naming = [one for one in indicators if disclosure.id in one.disclosures]
    return measured.Topic(
        code=disclosure.code or "",
        name=disclosure.name.get(language),
        dimension=disclosure.dimension,
        indicators=tuple(one.name.get(language) for one in naming),
        answered=any(source.result.nodes[one.id].state == "valued" for one in naming),
    )
