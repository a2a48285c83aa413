from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from faulty_cases import BASE

from questionnaires.digest import digest
from questionnaires.faults import Faulty
from questionnaires.published import publish, published, published_faults
from questionnaires.registry import Registry

SMALL = BASE / "small" / "1.0.0"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder with two more versions of `small`, where 1.10.0 is newer than 1.9.0."""
    for version in ("1.9.0", "1.10.0"):
        folder = tmp_path / "small" / version
        shutil.copytree(SMALL, folder)
        header = folder / "questionnaire.yaml"
        header.write_text(header.read_text(encoding="utf-8").replace('"1.0.0"', f'"{version}"'), encoding="utf-8")
    return tmp_path


def test_questionnaires_from_outside_stand_beside_the_built_in_ones(outside: Path) -> None:
    registry = Registry([outside, BASE, BASE])

    assert registry.slugs() == tuple(sorted((*Registry().slugs(), "small")))
    assert registry.versions("small") == ("1.0.0", "1.9.0", "1.10.0")
    assert registry.latest("small").version == "1.10.0"
    assert registry.get("small", "1.9.0") is registry.get("small", "1.9.0")
    assert registry.model("small", "1.9.0").digest == registry.get("small", "1.9.0").digest


@pytest.mark.parametrize(("slug", "version", "hint"), [("smal", "1.0.0", "small"), ("small", "1.0.1", "1.0.0")])
def test_an_unknown_questionnaire_is_named_with_its_nearest(slug: str, version: str, hint: str) -> None:
    with pytest.raises(Faulty) as caught:
        Registry(built_in=BASE).get(slug, version)
    assert f"Did you mean {hint}" in caught.value.message("en")


def test_a_folder_that_does_not_exist_and_a_faulty_questionnaire_are_refused(outside: Path) -> None:
    with pytest.raises(Faulty):
        Registry([outside / "nowhere"])
    (outside / "small" / "1.9.0" / "facts.yaml").write_text("id: facts\n", encoding="utf-8")
    registry = Registry(built_in=outside)
    with pytest.raises(Faulty) as caught:
        registry.get("small", "1.9.0")
    assert {fault.code for fault in caught.value.faults} == {"missing-key"}
    assert registry.get("small", "1.10.0").version == "1.10.0"


def test_the_digest_ignores_line_ends_and_sees_everything_else(outside: Path) -> None:
    folder = outside / "small" / "1.9.0"
    before = digest(folder)
    path = folder / "p1.yaml"
    data = path.read_bytes()

    path.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") + b"\r\n")
    assert digest(folder) == before
    path.write_bytes(data.replace(b"weight: 6", b"weight: 7"))
    assert digest(folder) != before
    path.write_bytes(data)
    path.rename(folder / "p2.yaml")
    assert digest(folder) != before


def test_publishing_adds_a_line_once_and_guards_it(outside: Path) -> None:
    registry, lock = Registry(built_in=outside), outside / "published.lock"

    first = publish(registry, "small", "1.9.0", lock)
    assert publish(registry, "small", "1.9.0", lock) == first
    publish(registry, "small", "1.10.0", lock)
    assert lock.read_text() == (f"small 1.9.0 {first.digest}\nsmall 1.10.0 {digest(outside / 'small' / '1.10.0')}\n")
    assert published_faults(registry, lock) == []

    header = outside / "small" / "1.9.0" / "questionnaire.yaml"
    header.write_text(header.read_text().replace("minutes: 5", "minutes: 6"))
    changed = Registry(built_in=outside)
    assert [fault.code for fault in published_faults(changed, lock)] == ["published-changed"]
    with pytest.raises(Faulty):
        publish(changed, "small", "1.9.0", lock)
    assert len(published(lock)[0]) == 2


def test_a_faulty_version_is_not_published(outside: Path) -> None:
    (outside / "small" / "1.9.0" / "facts.yaml").unlink()
    lock = outside / "published.lock"
    with pytest.raises(Faulty):
        publish(Registry(built_in=outside), "small", "1.9.0", lock)
    assert not lock.exists()
