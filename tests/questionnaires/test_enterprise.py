from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.enterprise import (
    ALPHABET,
    industries,
    normalised_uscc,
    organisation_check,
    size_class,
    uscc_check,
    uscc_faults,
)

VALID = ["914403001922038216", "91330100799655058B", "9144030071526726XG", "91440400192548256N", "91350100M000100Y43"]


@pytest.mark.parametrize("code", [*VALID, "91440606722473344C", "91110000710935732K"])
def test_valid_codes_have_no_fault(code: str) -> None:
    assert uscc_faults(code) == []


@pytest.mark.parametrize(("body", "check"), [("91110000MA0000082", "0"), ("91110000MA0000269", "Y")])
def test_the_ends_of_the_alphabet_are_reached(body: str, check: str) -> None:
    assert uscc_check(body) == check


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("91350100M000100Y4Z", "uscc-form"),
        ("9135010OM000100Y43", "uscc-form"),
        ("91350100M000100Y4", "uscc-form"),
        ("", "uscc-form"),
        ("91350100M000100Y44", "uscc-check"),
    ],
)
def test_bad_codes_are_errors(code: str, fault: str) -> None:
    found = uscc_faults(code)
    assert [(one.code, one.warning) for one in found] == [(fault, False)]


def test_a_wrong_organisation_code_inside_is_a_warning() -> None:
    body = "91350100M000100Y5"
    found = uscc_faults(body + uscc_check(body))
    assert [(one.code, one.warning) for one in found] == [("uscc-organisation", True)]


def test_full_width_and_lower_case_are_normalised() -> None:
    assert normalised_uscc(" ９１３５０１００ｍ０００１００ｙ４３ ") == "91350100M000100Y43"
    assert uscc_faults("９１３５０１００ｍ０００１００ｙ４３") == []


@given(
    st.text(ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=8, max_size=8),
    st.data(),
)
def test_one_changed_character_is_always_noticed(head: str, region: str, inner: str, data: st.DataObject) -> None:
    check = organisation_check(inner)
    body = head + region + inner + ("0" if check == "X" else check)
    code = body + uscc_check(body)
    at = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from([character for character in ALPHABET if character != code[at]]))
    assert any(not fault.warning for fault in uscc_faults(code[:at] + other + code[at + 1 :]))


@pytest.mark.parametrize(
    ("staff", "revenue", "size"),
    [
        (1000, 40000, "large"),
        (999, 40000, "medium"),
        (1000, 39999, "medium"),
        (300, 2000, "medium"),
        (1200, 1500, "small"),
        (299, 2000, "small"),
        (20, 300, "small"),
        (19, 50000, "micro"),
        (5000, 299.9, "micro"),
    ],
)
def test_the_size_class_needs_both_limits(staff: int, revenue: float, size: str) -> None:
    assert size_class(staff, revenue) == size


def test_the_divisions_of_manufacturing_are_all_there() -> None:
    assert list(industries()) == [str(code) for code in range(13, 44)]
    assert [code for code, industry in industries().items() if industry.tertiary] == ["43"]
    assert industries()["34"].name.zh == "通用设备制造业"
