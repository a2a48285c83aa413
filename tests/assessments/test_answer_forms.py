"""Posted fields become answers, answers become fields again, and nothing impossible gets in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.answer_forms import Entry, read_entry
from app.services.answer_words import as_fields
from questionnaires.finished import finished
from questionnaires.registry import Registry

FOREIGN = Registry([Path(__file__).parent / "questionnaires"]).get("workshop-readiness", "1.0.0")


def read(question: str, fields: dict[str, Any]) -> Entry:
    posted = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
    return read_entry(FOREIGN, FOREIGN.questions[question], posted)


@pytest.mark.parametrize(
    ("question", "fields", "value"),
    [
        ("profile.kind", {"profile.kind": "repair"}, "repair"),
        ("profile.kind", {}, None),
        ("profile.since", {"profile.since": "２０１９年３月１日"}, "2019-03-01"),
        ("profile.since", {"profile.since": "2019/3/1"}, "2019-03-01"),
        ("profile.plan", {"profile.plan": " 档案室 3 柜 "}, "档案室 3 柜"),
        ("profile.remark", {"profile.remark": "好\x00的\r\n"}, "好的"),
        ("profile.remark", {"profile.remark": "   "}, None),
        ("floor.tidy", {"floor.tidy": "often"}, "often"),
        ("floor.plan", {"floor.plan": "0"}, {"level": 0}),
        ("floor.plan", {"floor.plan": "3", "floor.plan:degree:3": "half"}, {"level": 3, "degree": "half"}),
        ("floor.plan", {"floor.plan": "3", "floor.plan:degree:2": "half"}, {"level": 3}),
        ("floor.plan", {"floor.plan": "na", "floor.plan:reason": "不排产"}, {"na": "不排产"}),
        ("floor.skills", {"floor.skills": ["grinding", "turning"]}, ["turning", "grinding"]),
        ("floor.safe", {"floor.safe:power:locks": "half"}, {"power": {"locks": "half"}}),
        (
            "floor.safe",
            {"floor.safe:fire::na": "na", "floor.safe:fire::reason": "无", "floor.safe:fire:exits": "half"},
            {"fire": {"na": "无"}},
        ),
        ("figures.accounts", {"figures.accounts:total:y0": "１，２３４．５"}, {"total": {"y0": 1234.5}}),
        ("figures.accounts", {"figures.accounts:na": "na"}, {"na": ""}),
        ("figures.years", {"figures.years": "2 年"}, 2),
    ],
)
def test_reads_an_answer(question: str, fields: dict[str, Any], value: Any) -> None:
    entry = read(question, fields)
    assert entry.faults == {}
    assert entry.value == value


@pytest.mark.parametrize(
    ("question", "fields", "field"),
    [
        ("profile.kind", {"profile.kind": "bakery"}, "profile.kind"),
        ("profile.kind", {"profile.kind": "na"}, "profile.kind"),
        ("profile.since", {"profile.since": "2019-02-30"}, "profile.since"),
        ("profile.since", {"profile.since": "1949-12-31"}, "profile.since"),
        ("profile.since", {"profile.since": "2027-01-01"}, "profile.since"),
        ("profile.remark", {"profile.remark": "好" * 21}, "profile.remark"),
        ("floor.plan", {"floor.plan": "5"}, "floor.plan"),
        ("floor.plan", {"floor.plan": "2", "floor.plan:degree:2": "mostly"}, "floor.plan"),
        ("floor.skills", {"floor.skills": ["none", "turning"]}, "floor.skills"),
        ("floor.skills", {"floor.skills": ["turning", "milling", "grinding", "fitting"]}, "floor.skills"),
        ("floor.safe", {"floor.safe:power:locks": "mostly"}, "floor.safe:power:locks"),
        ("figures.accounts", {"figures.accounts:total:y0": "-1"}, "figures.accounts:total:y0"),
        ("figures.accounts", {"figures.accounts:service:y1": "1.234"}, "figures.accounts:service:y1"),
        ("figures.years", {"figures.years": "3"}, "figures.years"),
        ("floor.tidy", {"floor.tidy": "often", "floor.tidy:note": "长" * 2001}, "floor.tidy:note"),
    ],
)
def test_refuses_what_cannot_be_and_names_the_field(question: str, fields: dict[str, Any], field: str) -> None:
    assert list(read(question, fields).faults) == [field]


@pytest.mark.parametrize(
    ("question", "value", "left"),
    [
        ("floor.plan", {"level": 3}, None),
        ("floor.plan", {"level": 0}, {"level": 0}),
        ("floor.plan", {"na": ""}, None),
        ("floor.skills", ["turning"], None),
        ("floor.safe", {"fire": {"na": ""}, "power": {"locks": "half"}}, {"power": {"locks": "half"}}),
    ],
)
def test_unfinished_answers_are_kept_but_not_scored(question: str, value: Any, left: Any) -> None:
    assert (
        read(
            question, {name: list(values) for name, values in as_fields(FOREIGN.questions[question], value).items()}
        ).value
        == value
    )
    assert finished(FOREIGN.questions[question], value) == left


DEGREES = st.sampled_from(["none", "half", "whole"])
REASON = st.text("无没有可燃物 abc", min_size=0, max_size=30).map(str.strip)
FIGURE = st.integers(0, 10**10).map(lambda cents: cents / 100)
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "profile.kind": st.sampled_from(["maker", "repair"]),
    "profile.since": st.dates(FOREIGN.questions["profile.since"].min, FOREIGN.questions["profile.since"].max).map(str),
    "floor.tidy": st.sampled_from(["never", "often", "always"]),
    "floor.plan": st.just({"level": 0})
    | st.builds(
        lambda level, degree: {"level": level, "degree": degree}, st.integers(1, 4), st.sampled_from(["half", "whole"])
    )
    | st.builds(lambda why: {"na": why}, REASON),
    "floor.safe": st.fixed_dictionaries(
        {"power": st.fixed_dictionaries({"locks": DEGREES})},
        optional={"fire": st.builds(lambda why: {"na": why}, REASON) | st.fixed_dictionaries({"exits": DEGREES})},
    ),
    "floor.skills": st.sampled_from([["turning", "milling"], ["none"], ["milling", "grinding", "fitting"]]),
    "figures.accounts": st.dictionaries(
        st.sampled_from(["total", "service"]),
        st.dictionaries(st.sampled_from(["y0", "y1"]), FIGURE, min_size=1),
        min_size=1,
    ),
    "figures.years": st.integers(1, 2),
}


@given(st.data())
def test_an_answer_put_into_a_form_is_read_back_the_same(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(sorted(ANSWERS)))
    value = data.draw(ANSWERS[question])
    note = data.draw(REASON)
    entry = read(
        question,
        {name: list(values) for name, values in as_fields(FOREIGN.questions[question], value, note, 7).items()},
    )
    assert (entry.value, entry.note, entry.revision, entry.faults) == (value, note, 7, {})


NAMES = st.sampled_from(["floor.plan", "floor.plan:degree:2", "floor.plan:reason", "floor.plan:revision"])


@given(st.dictionaries(NAMES, st.text(max_size=12)))
def test_any_post_is_read_or_refused(fields: dict[str, str]) -> None:
    entry = read("floor.plan", dict(fields))
    assert entry.faults or entry.value is None or set(entry.value) <= {"level", "degree", "na"}
