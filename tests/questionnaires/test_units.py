"""The data file of an index: what is understood, in which encodings, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.faults import Fault, Faulty
from questionnaires.registry import Registry
from questionnaires.units import NoNumberError, Units, number, read_units
from scoring.model import Model

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def model() -> Model:
    return Registry(built_in=HERE / "base").model("small", "1.0.0")


def read(model: Model, path: Path, text: str | bytes) -> Units:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_units(path, model)


def codes(model: Model, path: Path, text: str | bytes) -> list[tuple[str, int, str]]:
    with pytest.raises(Faulty) as caught:
        read(model, path, text)
    return [(fault.code, fault.line, fault.path) for fault in caught.value.faults]


def test_every_kind_of_cell(model: Model, tmp_path: Path) -> None:
    header = (
        "unit,year,facts.repairs,facts.accident,facts.modes,facts.founded,facts.remarks,facts.accounts.revenue.y0,"
        "facts.accounts.service.y1,p1.plan,p1.crew,p1.safety.fire.drill,p1.safety.fire.doors,r1.scope\n"
    )
    row = '东部,2024,１２,no,design;repair,2001-05-06,"a,b","12,300.5",1e3,2:half,0,half,full,na\n'
    found = read(model, tmp_path / "data.csv", header + row + "西部,2024,,,,,,,,,,,,\n")

    assert (found.names, found.years) == (("东部", "西部"), (2024, 2024))
    assert found.answers[0] == {
        "facts.repairs": 12.0,
        "facts.accident": "no",
        "facts.modes": ["design", "repair"],
        "facts.founded": "2001-05-06",
        "facts.remarks": "a,b",
        "facts.accounts": {"revenue": {"y0": 12300.5}, "service": {"y1": 1000.0}},
        "p1.plan": {"level": 2, "degree": "half"},
        "p1.crew": {"level": 0},
        "p1.safety": {"fire": {"drill": "half", "doors": "full"}},
        "r1.scope": {"na": "CSV"},
    }
    assert found.answers[1] == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_line_ends(model: Model, tmp_path: Path, encoding: str, end: str) -> None:
    text = end.join(["unit,facts.repairs", "县域㐀,3", "", "江南,4", ""])

    assert read(model, tmp_path / "data.csv", text.encode(encoding)).names == ("县域㐀", "江南")


def test_without_years_there_are_none_and_a_unit_stands_once(model: Model, tmp_path: Path) -> None:
    assert read(model, tmp_path / "data.csv", "unit,facts.repairs\nA,1\n").years == (None,)
    assert codes(model, tmp_path / "data.csv", "unit,facts.repairs\nA,1\nA,2\n") == [("data-unit-twice", 3, "")]


def test_all_faults_are_named_with_line_and_column(model: Model, tmp_path: Path) -> None:
    text = "unit,facts.repairs,facts.accident\nA,five,maybe\nB,501,no\nC,-1\n,2,no\n"

    assert codes(model, tmp_path / "data.csv", text) == [
        ("data-number", 2, "facts.repairs"),
        ("answer-unknown-option", 2, "facts.accident"),
        ("answer-too-large", 3, "facts.repairs"),
        ("data-width", 4, ""),
        ("data-unit", 5, ""),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unit,facts.accident\nA,na\n", "answer-na-not-allowed"),
        ("unit,p1.plan\nA,3:most\n", "answer-unknown-degree"),
        ("unit,p1.plan\nA,two\n", "data-number"),
        ("unit,facts.founded\nA,2024/1/2\n", "answer-bad-date"),
        ("unit,r1.share\nA,3\n", "data-column"),
        ("unit,p1.safety.fire.drill,p1.safety.fire.doors\nA,na,half\n", "answer-"),
        ("unit,facts.repairs\nA,1e400\n", "answer-not-finite"),
        ("", "data-empty"),
        ("unit,facts.repairs,year\nA,1,2024\n", "data-column"),
    ],
)
def test_what_is_refused(model: Model, tmp_path: Path, text: str, expected: str) -> None:
    assert codes(model, tmp_path / "data.csv", text)[0][0].startswith(expected)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        ("-1.5", -1.5),
        ("+.5", 0.5),
        ("1,234", 1234),
        ("１，２３４．５", 1234.5),
        ("1e-3", 0.001),
        ("−3", -3),
        (" 7 ", 7),
    ],
)
def test_numbers_as_people_and_programs_write_them(cell: str, value: float) -> None:
    assert number(cell) == value


@pytest.mark.parametrize(
    "cell", ["12%", "1,23", "12,34,567", "1 2", "nan", "inf", "0x10", "五", "--1", "1.2.3", "3 万"]
)
def test_what_is_no_number(cell: str) -> None:
    with pytest.raises(NoNumberError):
        number(cell)


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_give_units_or_faults(tmp_path_factory: pytest.TempPathFactory, model: Model, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "data.csv"
    path.write_bytes(data)
    faults: tuple[Fault, ...] = ()
    try:
        read_units(path, model)
    except Faulty as error:
        faults = error.faults
    assert all(fault.message(lang) for fault in faults for lang in ("zh", "en"))
