"""An outcome in a few words."""

from __future__ import annotations

from app.i18n import N_, Translator
from app.services.answer_words import level_name
from questionnaires.types import Questionnaire

OUTCOMES = {
    "vetoed": N_("触发否决，不予定级"),
    "incomplete": N_("答案不全"),
    "not-rateable": N_("不适用的内容过多，不予定级"),
    "index": N_("指数"),
    "measured": N_("测算"),
}


def outcome_words(questionnaire: Questionnaire | None, outcome: str, level: int | None, translator: Translator) -> str:
    """Return the level with its name, or why there is none."""
    if outcome != "level" or level is None:
        return translator.say(OUTCOMES.get(outcome, outcome))
    name = (
        next((one.name.get(translator.language) for one in questionnaire.levels if one.number == level), "")
        if questionnaire
        else ""
    )
    if level == 0:
        return name or translator.say("未达级")
    return f"{level_name(level, translator)} · {name}" if name else level_name(level, translator)
