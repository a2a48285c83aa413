"""The number parser: what people type is read, or refused with a reason, and never misread."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidError
from app.services.numbers import Bounds, grouped, parse_number

TWO = Bounds(decimals=2)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("27.4", 27.4),
        ("１２，３４５．６７", 12345.67),
        ("1,234,567", 1234567),
        ("1 234 567", 1234567),
        ("1'234.5", 1234.5),
        ("１２。５", 12.5),
        ("－3.5", -3.5),
        ("+8", 8),
        (".5", 0.5),
        ("5.", 5),
        ("007", 7),
        ("  42　", 42),
        ("12.50000", 12.5),
    ],
)
def test_reads_what_people_type(typed: str, value: float) -> None:
    assert parse_number(typed, TWO) == value


@pytest.mark.parametrize("typed", ["", "  ", "　"])
def test_blank_is_no_answer(typed: str) -> None:
    assert parse_number(typed, TWO) is None


@pytest.mark.parametrize(
    "typed",
    [
        "12,34",
        "1,2345",
        "1.234.567",
        "1,234 567",
        "1e5",
        "nan",
        "inf",
        "约三成",
        "--5",
        "3万",
        "0x1F",
        "1_000",
        "1,,000",
    ],
)
def test_refuses_what_could_be_misread(typed: str) -> None:
    with pytest.raises(InvalidError):
        parse_number(typed, TWO)


def test_the_unit_may_be_typed_behind_it() -> None:
    assert parse_number("27.4％", Bounds(decimals=1, units=("%",))) == 27.4
    assert parse_number("3 万元", Bounds(units=("万元",))) == 3
    with pytest.raises(InvalidError):
        parse_number("3万", Bounds(units=("万元",)))


def test_range_and_decimals_are_kept() -> None:
    percent = Bounds(0, 100, 1)
    assert parse_number("100", percent) == 100
    for typed in ("100.1", "-0.1", "50.25"):
        with pytest.raises(InvalidError):
            parse_number(typed, percent)


def test_no_decimals_gives_an_int() -> None:
    value = parse_number("1,200", Bounds())
    assert value == 1200
    assert isinstance(value, int)


FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@given(st.integers(-(10**12), 10**12), st.integers(0, 2), st.booleans(), st.booleans())
def test_reads_back_every_way_of_writing_a_figure(whole: int, decimals: int, commas: bool, full_width: bool) -> None:
    value = whole / 10**decimals
    text = f"{value:,.{decimals}f}" if commas else f"{value:.{decimals}f}"
    typed = text.translate(FULL_WIDTH) if full_width else text
    assert parse_number(typed, TWO) == value


@given(st.floats(-1e9, 1e9).map(lambda x: round(x, 2)))
def test_shown_figures_can_be_typed_again(value: float) -> None:
    assert parse_number(grouped(value), TWO) == value


@given(st.text(max_size=80))
def test_any_text_is_read_within_bounds_or_refused(typed: str) -> None:
    value = None
    with suppress(InvalidError):
        value = parse_number(typed, Bounds(-5, 1000, 2))
    assert value is None or -5 <= value <= 1000
