"""The sentences that say what the result is, why, and how sure."""

from __future__ import annotations

from reports.data import Blocker, Domain, Gate, Indicator, Outcome
from reports.measure_sentences import measured_headline, measured_verdict
from reports.ranking import blockers, blocking, strongest, weakest
from reports.words import Words


def headline(words: Words) -> str:
    """Return the one line that a board should remember."""
    outcome = words.report.outcome
    match outcome.kind:
        case "vetoed":
            return words.say("不予定级：触及底线条件") if words.report.levels else words.say("指数不作数：触及底线条件")
        case "not-rateable":
            return (
                words.say("不予定级：不适用的内容过多")
                if words.report.levels
                else words.say("不给出指数：不适用的内容过多")
            )
        case "incomplete":
            return _open_headline(words, outcome)
        case "level":
            return words.full_level(outcome.level or 0) + _distance(words, outcome)
        case "index":
            return words.say("指数 %(score)s", score=words.score(outcome.score))
    return measured_headline(words)


def _open_headline(words: Words, outcome: Outcome) -> str:
    if not words.report.dimensions:
        return words.say("暂定：数据不全")
    if outcome.level_interval and words.report.levels:
        return words.say("暂定：%(levels)s", levels=words.levels_between(*outcome.level_interval))
    return words.say("暂定：%(span)s 之间", span=words.span(outcome.interval))


def _distance(words: Words, outcome: Outcome) -> str:
    level = outcome.level or 0
    above = [one for one in words.report.levels if one.number > level]
    if not above:
        return ""
    if outcome.band_level is not None and outcome.band_level > level:
        return words.say("；得分已达%(band)s，为等级条件所限", band=words.level(outcome.band_level))
    if outcome.margin_to_next is None:
        return ""
    return words.say(
        "，距%(next)s %(margin)s 分", next=words.level(above[0].number), margin=words.score(outcome.margin_to_next)
    )


def verdict(words: Words) -> list[str]:
    """Return the sentences below the headline: what the level means, what leads and lags, what holds back."""
    if not words.report.dimensions:
        return measured_verdict(words)
    return [part for part in (_meaning(words), _ends(words), _held_back(words), _open(words), _na(words)) if part]


def _meaning(words: Words) -> str:
    outcome = words.report.outcome
    if outcome.kind == "vetoed":
        hit = words.listed(gate.name for gate in words.report.gates if gate.verdict == "hit")
        band = words.level(outcome.band_level) if outcome.band_level is not None else ""
        if band:
            return words.say("命中“%(gates)s”，本次不授予等级；仅按得分计，在%(band)s分段。", gates=hit, band=band)
        if words.report.levels:
            return words.say("命中“%(gates)s”，本次不授予等级。", gates=hit)
        score = words.either(outcome.score, outcome.interval)
        return words.say("命中“%(gates)s”；仅按得分计为 %(score)s，不供其他评价引用。", gates=hit, score=score)
    if outcome.kind == "not-rateable":
        share, ceiling = words.percent(outcome.na_share), words.percent(outcome.na_ceiling, 0)
        return words.say(
            "不适用的内容占总权重 %(share)s，超过 %(ceiling)s 的上限，得分仅供参考。", share=share, ceiling=ceiling
        )
    found = words.find_level(outcome.level)
    return found.meaning if found else ""


def _ends(words: Words) -> str:
    best, worst = strongest(words.report, 2), weakest(words.report, 2)
    if not best or not worst:
        return ""
    return words.say(
        "做得最好的是%(best)s，最薄弱的是%(worst)s。",
        best=words.listed(f"{one.value.name} {words.score(one.value.value)}" for one in best),
        worst=words.listed(f"{one.value.name} {words.score(one.value.value)}" for one in worst),
    )


def _held_back(words: Words) -> str:
    """Name what keeps the next level away, where a rule and not the score does."""
    outcome = words.report.outcome
    if outcome.kind != "level" or outcome.level is None:
        return ""
    found = blockers(words.report)
    if not found:
        return ""
    named = words.listed(blocker_words(words, blocker) for blocker in found[:3])
    more = words.say("等 %(count)s 处", count=len(found)) if len(found) > 3 else ""
    return words.say("另须补齐%(named)s%(more)s，才能进入下一级。", named=named, more=more)


def blocker_words(words: Words, blocker: Blocker) -> str:
    """Return a blocker with what it has and what it needs."""
    if blocker.value is None:
        return words.say("%(name)s（未答，须达 %(needed)s）", name=blocker.name, needed=words.score(blocker.needed))
    value, needed = words.score(blocker.value), words.score(blocker.needed)
    return words.say("%(name)s（%(value)s，须达 %(needed)s）", name=blocker.name, value=value, needed=needed)


def _open(words: Words) -> str:
    report = words.report
    if not report.outcome.provisional:
        return ""
    return words.say(
        "还有 %(count)s 项必答内容未答。得分在 %(span)s 之间，答完之后必落在这一区间；前提是未答的底线条件都未触及。",
        count=sum(missing.count for missing in report.missing),
        span=words.span(report.outcome.interval),
    )


def _na(words: Words) -> str:
    outcome = words.report.outcome
    if outcome.na_share <= 0 or outcome.na_as_zero is None or outcome.kind == "not-rateable":
        return ""
    share, score = words.percent(outcome.na_share), words.score(outcome.na_as_zero)
    return words.say(
        "不适用的内容占总权重 %(share)s，已从分母中剔除；若按最低分计，总分为 %(score)s。", share=share, score=score
    )


def domain_summary(words: Words, domain: Domain) -> str:
    """Return which indicators of a domain lead and lag, in one sentence; nothing where there is no difference to speak of."""
    known = [(one.value.name, one.value.value) for one in domain.indicators if one.value.value is not None]
    if len(known) < 2:
        return ""
    best, worst = max(known, key=lambda pair: pair[1]), min(known, key=lambda pair: pair[1])
    if best[1] - worst[1] < 0.005:
        return words.say("各项均为 %(score)s。", score=words.score(best[1]))
    return words.say(
        "最强的是%(best)s（%(high)s），最弱的是%(worst)s（%(low)s）。",
        best=best[0],
        high=words.score(best[1]),
        worst=worst[0],
        low=words.score(worst[1]),
    )


def rows(domain: Domain) -> int:
    """Return how many rows the table of a domain has."""
    groups = {one.group.id for one in domain.indicators if one.group}
    return len(groups) + sum(1 + len(one.parts) for one in domain.indicators)


def worth(words: Words, indicator: Indicator) -> str:
    """Return why a step comes first: that the next level asks for it, and what it adds to the score."""
    level = words.report.outcome.level
    above = next((one.number for one in words.report.levels if level is not None and one.number > level), None)
    parts = []
    if above is not None and indicator.value.id in blocking(words.report):
        parts.append(words.say("进入%(level)s的条件之一", level=words.level(above)))
    gain = words.gain(indicator.step.gain) if indicator.step else ""
    if gain:
        parts.append(words.say("完成后总分约加 %(gain)s", gain=gain))
    return words.capital(words.say("；").join(parts))


def gate_verdict(words: Words, gate: Gate) -> str:
    """Return the verdict of a gate in a word or two."""
    if gate.held is not None:
        if gate.verdict == "met":
            return words.say("全部满足")
        return words.say("允许到%(level)s", level=words.level(gate.held))
    spoken = {
        "met": words.say("满足"),
        "not-met": words.say("未满足"),
        "hit": words.say("命中"),
        "not-hit": words.say("未命中"),
        "open": words.say("未答"),
        "skipped": words.say("未到适用等级"),
    }
    return spoken[gate.verdict]


def gate_detail(words: Words, gate: Gate) -> str:
    """Return what a gate would take."""
    if not gate.blockers:
        return ""
    named = words.listed(blocker_words(words, blocker) for blocker in gate.blockers)
    if gate.held is None:
        return named
    above = next((level.number for level in words.report.levels if level.number > (gate.held or 0)), None)
    return (
        words.say("到%(level)s还差：%(named)s。", level=words.level(above), named=named) if above is not None else named
    )


def state_words(words: Words, state: str) -> str:
    """Return why there is no value, in a word."""
    spoken = {
        "missing": words.say("未答"),
        "not-applicable": words.say("不适用"),
        "out-of-scope": words.say("不在范围"),
    }
    return spoken.get(state, "")
