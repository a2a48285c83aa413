"""What does not fit together, for a report: the broken consistency rules with the enterprise's own notes."""

from __future__ import annotations

from app.i18n import Translator
from app.services.consistency import concerns
from app.services.report_source import Source
from reports import measured


def findings(source: Source, translator: Translator) -> tuple[measured.Finding, ...]:
    """Return the broken rules, in the questionnaire's order."""
    language = translator.language
    return tuple(
        measured.Finding(
            id=one.rule.id,
            severity=one.rule.severity,
            year=None if one.year is None else source.year + one.year,
            text=one.rule.text.get(language),
            mend=one.rule.mend.get(language),
            where=f"{one.section.title.get(language)} · {one.question.name.get(language)}",
            note=one.note,
        )
        for one in concerns(source.questionnaire, source.result, source.notes)
    )
