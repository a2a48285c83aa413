from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from faulty_cases import BASE
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.answers import load_answers
from questionnaires.entries import MAX_BYTES, parse, read_entries
from questionnaires.faults import Fault, Faulty
from questionnaires.loading import examine
from questionnaires.registry import Registry

ANSWERS = {"answers.yaml": (BASE / "answers.yaml").read_bytes()}
REGISTRY = Registry(built_in=BASE)
SOUND = {path.name: path.read_bytes() for path in (BASE / "small" / "1.0.0").iterdir()}


def plain(text: str, *, as_json: bool = False) -> object:
    entry, faults = parse(text.encode(), "x.yaml", as_json=as_json)
    assert entry is not None
    assert not faults
    return entry.plain()


@pytest.mark.parametrize(
    "word",
    [
        "yes",
        "no",
        "on",
        "off",
        "Yes",
        "12:30",
        "010",
        "0x1F",
        "0o7",
        "1_000",
        "+5",
        ".5",
        "5.",
        "2026-11-22",
        "NaN",
        ".inf",
    ],
)
def test_words_that_yaml_would_turn_into_something_else_stay_words(word: str) -> None:
    assert plain(f"a: {word}") == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [("0", 0), ("-3", -3), ("2.50", 2.5), ("1e3", 1000.0), ("true", True), ("null", None), ('"7"', "7"), ("", None)],
)
def test_decimal_numbers_and_the_three_words_are_read(word: str, value: object) -> None:
    assert plain(f"a: {word}") == {"a": value}


def test_entries_know_their_lines() -> None:
    entry, _ = parse(b"a: 1\nb:\n  - x\n  - c: |\n      long\n", "x.yaml")
    assert entry is not None
    assert [entry.at("a").line, entry.at("b").line, entry.at("b", 1, "c").line, entry.at("b", 7).line] == [1, 2, 4, 2]


def test_json_keeps_its_own_rules() -> None:
    assert plain('{"a": "\\ud83d\\ude00", "b": [1, 2.5, null, true], "\\u4e2d": "010"}', as_json=True) == {
        "a": "😀",
        "b": [1, 2.5, None, True],
        "中": "010",
    }
    _, faults = parse(b'{"a": 1, "a": 2}', "x.json", as_json=True)
    assert [fault.code for fault in faults] == ["duplicate-key"]
    assert [fault.code for fault in parse(b'{"a": NaN}', "x.json", as_json=True)[1]] == ["yaml-syntax"]
    assert [fault.code for fault in parse(b"[" * 5000, "x.json", as_json=True)[1]] == ["yaml-syntax"]


@pytest.mark.parametrize("data", [b"[" * 100_000, b"a: " * 5000, b"- " * 5000, b"{a: " * 1000, b"- x\n" * 100_001])
def test_hostile_files_meet_a_limit_instead_of_the_stack(data: bytes) -> None:
    _, faults = parse(data, "x.yaml")
    assert {fault.code for fault in faults} <= {"too-large", "yaml-syntax"}
    assert faults


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    assert [fault.code for fault in read_entries(path)[1]] == ["too-large"]
    assert [fault.code for fault in read_entries(tmp_path)[1]] == ["missing-file"]


@given(st.binary(max_size=400))
def test_random_bytes_only_ever_give_faults(data: bytes) -> None:
    parse(data, "x.yaml")
    parse(data, "x.json", as_json=True)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=12,
    )
)
def test_json_comes_back_as_it_was(value: object) -> None:
    text = json.dumps(value)
    if "Infinity" not in text:
        assert plain(text, as_json=True) == value


@st.composite
def mutated(draw: st.DrawFn, sound: dict[str, bytes]) -> tuple[str, bytes]:
    name = draw(st.sampled_from(sorted(sound)))
    lines = sound[name].splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        other = draw(st.sampled_from(lines))
        change = draw(st.sampled_from(["drop", "swap", "insert", "cut", "garble", "dedent"]))
        if change == "drop" and len(lines) > 1:
            del lines[at]
        elif change == "swap":
            lines[at] = other
        elif change == "insert":
            lines.insert(at, other)
        elif change == "cut":
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        elif change == "garble":
            spot = draw(st.integers(0, len(lines[at])))
            lines[at] = (
                lines[at][:spot]
                + draw(
                    st.sampled_from(
                        [b"[", b"}", b": ", b"&a ", b"*a", b"!", b"'", b"\x00", b"\xff", b"9e9", b"-", b"null"]
                    )
                )
                + lines[at][spot:]
            )
        else:
            lines[at] = lines[at].lstrip()
    return name, b"".join(lines)


VALUES = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        7,
        0.5,
        "",
        "x",
        "p1.plan",
        "a" * 70,
        [],
        {},
        ["x"],
        [[0]],
        {"zh": "x", "en": "x"},
        {"kind": "lead"},
    ]
)


def replaced(draw: st.DrawFn, value: object) -> object:
    """Replace something, somewhere below, by something else."""
    if isinstance(value, dict | list) and value and draw(st.integers(0, 9)):
        at = draw(st.sampled_from(list(value) if isinstance(value, dict) else range(len(value))))
        inner = replaced(draw, value[at])
        return {**value, at: inner} if isinstance(value, dict) else [*value[:at], inner, *value[at + 1 :]]
    return draw(VALUES)


@st.composite
def reshaped(draw: st.DrawFn, sound: dict[str, bytes]) -> tuple[str, bytes]:
    name = draw(st.sampled_from(sorted(sound)))
    entry, _ = parse(sound[name], name)
    return name, json.dumps(replaced(draw, entry.plain() if entry else None)).encode()


def readable(faults: Iterable[Fault]) -> bool:
    return all(fault.message("zh") and fault.message("en") for fault in faults)


def answer_faults(path: Path) -> Iterable[Fault]:
    try:
        return load_answers(path, REGISTRY).warnings
    except Faulty as error:
        return error.faults


@given(mutated(SOUND) | reshaped(SOUND))
def test_mutated_questionnaires_only_ever_give_faults(
    tmp_path_factory: pytest.TempPathFactory, change: tuple[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("mutated") / "small" / "1.0.0"
    folder.mkdir(parents=True)
    for name, data in (*SOUND.items(), change):
        (folder / name).write_bytes(data)
    assert readable(examine(folder).faults)


@given(mutated(ANSWERS) | reshaped(ANSWERS))
def test_mutated_answers_only_ever_give_faults(
    tmp_path_factory: pytest.TempPathFactory, change: tuple[str, bytes]
) -> None:
    path = tmp_path_factory.mktemp("mutated") / change[0]
    path.write_bytes(change[1])
    assert readable(answer_faults(path))
