"""Moving a draft to the newest version of its questionnaire by starting again from its answers."""

from __future__ import annotations

import shutil
import threading
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.models import Answer, AnswerEvent, Assessment
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire

from .conftest import COMPLETE, FOLDER, FOREIGN, MAIN, TRIAL, House, example, fill
from .test_autosave import save

NEWER = "workshop-readiness@1.1.0"
CHANGES = [
    ("questionnaire.yaml", 'version: "1.0.0"', 'version: "1.1.0"'),
    ("questionnaire.yaml", "{id: often,", "{id: mostly,"),
    ("profile.yaml", "id: profile.since", "id: profile.opened"),
    ("profile.yaml", "id: profile.remark\n    kind: text", "id: profile.remark\n    kind: file"),
    ("profile.yaml", "    max_length: 20\n", ""),
    (
        "floor.yaml",
        "{id: milling, label: {zh: 铣, en: Milling}, value: 30}",
        "{id: planing, label: {zh: 刨, en: Planing}, value: 30}",
    ),
    (
        "figures.yaml",
        "  - id: figures.years\n",
        """  - id: figures.sites
    kind: number
    name: {zh: 处数, en: Sites}
    ask: {zh: 有几处？, en: How many sites?}
    unit: {zh: 处, en: sites}
    min: 1
    max: 9
  - id: figures.years
""",
    ),
]
"""What the newer version does otherwise: an option, a name and a kind changed, a required question added."""
ANSWERS = COMPLETE | {"profile.since": "2001-02-03", "floor.tidy": "often"}
CARRIED = set(COMPLETE) - {"profile.remark", "floor.tidy"}
NEWEST = {name: COMPLETE[name] for name in CARRIED} | {"floor.tidy": "always", "figures.sites": 2}


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A folder with a newer version of the foreign questionnaire."""
    folder = tmp_path / "workshop-readiness" / "1.1.0"
    shutil.copytree(FOLDER / "workshop-readiness" / "1.0.0", folder)
    for name, old, new in CHANGES:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return tmp_path


@pytest.fixture
def newest(newer: Path) -> Questionnaire:
    return Registry([newer]).get("workshop-readiness", "1.1.0")


@pytest.fixture
def settings(database_url: str, newer: Path) -> Settings:
    return Settings.model_validate({"database_url": database_url, "questionnaires": [FOLDER, newer]})


@pytest.fixture
def old(house: House, foreign: Questionnaire) -> str:
    """The address of a filled-in draft of the older version, with a note, an unfinished answer and a second revision."""
    address = house.owner.start(FOREIGN)
    fill(house.owner, address, foreign, ANSWERS)
    save(house.owner, address, "floor.plan", 1, value="3", **{"floor.plan__note": "计划见附件"})
    return address


def of(database: Database, address: str) -> Assessment:
    with database.reading() as session:
        return session.get_one(Assessment, uuid.UUID(address.rpartition("/")[2]))


def answers(database: Database, address: str) -> dict[str, Answer]:
    with database.reading() as session:
        found = session.scalars(select(Answer).where(Answer.assessment_id == of(database, address).id))
        return {one.question: one for one in found}


def events(database: Database, address: str) -> dict[str, list[AnswerEvent]]:
    with database.reading() as session:
        found = session.scalars(select(AnswerEvent).where(AnswerEvent.assessment_id == of(database, address).id))
        listed: dict[str, list[AnswerEvent]] = {}
        for one in found:
            listed.setdefault(one.question, []).append(one)
        return listed


def revisions(history: dict[str, list[AnswerEvent]]) -> dict[str, list[int]]:
    return {name: sorted(one.revision for one in listed) for name, listed in history.items()}


def test_says_what_is_carried_dropped_and_new(house: House, old: str) -> None:
    assert f'href="{old}/restart"' in house.editor.get("/dashboard").text
    section = house.editor.get(f"{old}/sections/floor").text
    assert "有新版本 1.1.0" in section
    assert f'href="{old}/restart"' in section
    page = house.editor.get(f"{old}/restart").text
    assert f"带入 {len(CARRIED)} 题" in page
    assert "有 3 题的答案" in page
    assert [name for name in ("投产日期", "说明", "整洁") if f"<li>{name}</li>" in page] == ["投产日期", "说明", "整洁"]
    assert "<li>计划</li>" not in page
    assert "另有 1 道新的必答题" in page


def test_counts_only_new_questions_that_are_asked(house: House) -> None:
    address = house.editor.start(FOREIGN)
    save(house.editor, address, "profile.kind", 0, value="repair")
    page = house.editor.get(f"{address}/restart").text
    assert "没有答案会落下" in page
    assert "没有新的必答题" in page


def test_starts_a_new_draft_from_the_answers_and_keeps_the_old_one(house: House, old: str, database: Database) -> None:
    before, history = answers(database, old), events(database, old)
    response = house.editor.post(f"{old}/restart")
    new = response.headers["location"]
    assert response.status_code == 303
    assert (of(database, new).version, of(database, new).status) == ("1.1.0", "draft")
    assert of(database, old).status == "replaced"
    made = answers(database, new)
    assert set(made) == CARRIED
    for name in CARRIED:
        assert (made[name].value, made[name].note) == (before[name].value, before[name].note)
    assert made["floor.plan"].value == {"level": 3}
    assert made["floor.plan"].note == "计划见附件"
    assert {(one.revision, one.updated_by) for one in made.values()} == {(1, house.editor.user.id)}  # type: ignore[union-attr]
    assert revisions(events(database, new)) == {name: [1] for name in CARRIED}
    assert revisions(events(database, old)) == revisions(history)
    assert answers(database, old).keys() == before.keys()
    assert revisions(history)["floor.plan"] == [1, 2]


def test_the_frame_of_the_figures_goes_along(house: House, database: Database) -> None:
    frame = {"scope": "consolidated", "entities": "甲公司\n乙公司", "audited": "yes"}
    old = house.editor.start(FOREIGN, 2024, **frame)
    new = of(database, house.editor.post(f"{old}/restart").headers["location"])
    assert (new.year, new.scope, new.entities, new.audited) == (2024, "consolidated", "甲公司\n乙公司", True)


def test_the_old_draft_can_be_read_and_leads_to_the_new_one(house: House, old: str) -> None:
    new = house.editor.post(f"{old}/restart").headers["location"]
    dashboard = house.reader.get("/dashboard").text
    assert "已转到 1.1.0" in dashboard
    assert f'href="{new}"' in dashboard
    assert f"{old}/discard" not in house.editor.get("/dashboard").text
    shown = house.reader.get(house.reader.get(old).headers["location"])
    assert shown.status_code == 200
    page = house.editor.get(f"{old}/sections/floor").text
    assert "这份草稿已转到 1.1.0" in page
    assert f'href="{new}"' in page
    assert "计划见附件" in page
    assert '<fieldset class="bare" disabled>' in page
    assert "只读成员" not in page
    assert house.editor.get(f"{old}/review").headers["location"] == old


def test_the_old_draft_is_not_changed_submitted_deleted_or_corrected(
    house: House, old: str, database: Database
) -> None:
    house.editor.post(f"{old}/restart")
    before = {name: one.revision for name, one in answers(database, old).items()}
    assert save(house.editor, old, "floor.plan", 2, value="1").status_code == 409
    section = house.editor.post(f"{old}/sections/profile", {"profile.kind": "repair", "profile.kind:revision": "1"})
    assert section.status_code == 409
    assert "已转到新版本" in section.text
    for action in ("submit", "discard", "correct"):
        response = house.editor.post(f"{old}/{action}", name="王敏", agreed="yes")
        assert response.status_code == 409
        assert "已转到新版本" in response.text
    assert house.editor.get(f"{old}/discard").status_code == 409
    assert house.editor.get(f"{old}/restart").status_code == 409
    assert {name: one.revision for name, one in answers(database, old).items()} == before


def test_pressing_twice_gives_the_same_draft(house: House, old: str, database: Database) -> None:
    assert len({house.editor.post(f"{old}/restart").headers["location"] for _ in range(3)}) == 1
    with database.reading() as session:
        assert len(session.scalars(select(Assessment)).all()) == 2


def test_pressing_twice_at_once_gives_the_same_draft(house: House, old: str, database: Database) -> None:
    found: list[str] = []
    browsers = [house.owner, house.editor, house.owner, house.editor]
    tokens = [browser.token() for browser in browsers]

    def press(place: int) -> None:
        response = browsers[place].client.post(f"{old}/restart", data={"csrf_token": tokens[place]})
        found.append(response.headers["location"])

    threads = [threading.Thread(target=press, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert set(answers(database, found[0])) == CARRIED


def test_it_is_not_moved_again_when_the_new_draft_is_gone(house: House, old: str) -> None:
    new = house.editor.post(f"{old}/restart").headers["location"]
    house.editor.post(f"{new}/discard")
    assert house.editor.post(f"{old}/restart").status_code == 409
    assert "已停用" in house.editor.get("/dashboard").text
    assert "后来被删除" in house.editor.get(f"{old}/sections/floor").text


def test_the_shipped_questionnaire_moves_from_the_trial_to_the_newest_version(
    house: House, database: Database, registry: Registry
) -> None:
    """All but the ladder of c5.sustainability, which became a question of another name that stands in for a linked index."""
    given = example("trial-mould-shop")["answers"]
    old = house.editor.start(TRIAL)
    fill(house.editor, old, registry.get(*TRIAL.split("@")), given)
    assert "<li>可持续发展管理</li>" in house.editor.get(f"{old}/restart").text
    new = house.editor.post(f"{old}/restart").headers["location"]
    assert of(database, new).version == MAIN.partition("@")[2]
    assert {name: one.value for name, one in answers(database, new).items()} == {
        name: one.value for name, one in answers(database, old).items() if name != "c5.sustainability"
    }


def test_a_correction_stays_a_correction(
    house: House, foreign: Questionnaire, submitted: str, database: Database
) -> None:
    with database.reading() as session:
        original = session.scalars(select(Assessment)).one().id
    draft = house.editor.post(f"/assessments/{original}/correct").headers["location"].removesuffix("/review")
    new = house.editor.post(f"{draft}/restart").headers["location"]
    assert of(database, new).corrects_id == original
    assert house.editor.post(f"/assessments/{original}/correct").headers["location"] == f"{new}/review"


def test_in_english(house: House, old: str) -> None:
    page = house.editor.get(f"{old}/restart", lang="en").text
    assert "Move this draft for 2025 to version 1.1.0?" in page
    assert "<li>Tidiness</li>" in page


def test_teammate_may_restart(house: House, old: str) -> None:
    assert house.editor.get(f"{old}/restart").status_code == 200
    assert house.editor.post(f"{old}/restart").status_code == 303


def test_stranger(house: House, old: str) -> None:
    assert house.stranger.get(f"{old}/restart").status_code == 404
    assert house.stranger.post(f"{old}/restart").status_code == 404


def test_reader_is_refused_and_offered_nothing(house: House, old: str) -> None:
    assert house.reader.get(f"{old}/restart").status_code == 403
    assert house.reader.post(f"{old}/restart").status_code == 403
    assert f"{old}/restart" not in house.reader.get("/dashboard").text
    assert f"{old}/restart" not in house.reader.get(f"{old}/sections/floor").text


def test_logged_out(house: House, old: str, database: Database) -> None:
    assert house.nobody.get(f"{old}/restart").headers["location"].startswith("/sign-in")
    assert house.nobody.post(f"{old}/restart").headers["location"] == "/sign-in"
    assert of(database, old).status == "draft"


def test_bad_id(house: House) -> None:
    for name in (str(uuid.uuid4()), "nothing"):
        assert house.editor.get(f"/assessments/{name}/restart").status_code in {404, 422}
    assert house.editor.post(f"/assessments/{uuid.uuid4()}/restart").status_code == 404


def test_wrong_method(house: House, old: str) -> None:
    headers = {"X-CSRF-Token": house.editor.token()}
    assert house.editor.client.put(f"{old}/restart", headers=headers).status_code == 405


def test_the_newest_version_is_not_moved(house: House, database: Database) -> None:
    address = house.editor.start(NEWER)
    assert f"{address}/restart" not in house.editor.get("/dashboard").text
    assert house.editor.get(f"{address}/restart").status_code == 409
    assert "1.1.0 已是最新版本" in house.editor.post(f"{address}/restart").text
    assert of(database, address).status == "draft"


def test_what_was_submitted_is_not_moved(house: House, submitted: str, database: Database) -> None:
    with database.reading() as session:
        address = f"/assessments/{session.scalars(select(Assessment)).one().id}"
    assert house.editor.get(f"{address}/restart").status_code == 409
    assert "已经提交" in house.editor.post(f"{address}/restart").text


def test_not_where_the_newer_version_was_submitted_already(house: House, newest: Questionnaire) -> None:
    done = house.editor.start(NEWER)
    fill(house.editor, done, newest, NEWEST)
    assert house.editor.post(f"{done}/submit", name="王敏", agreed="yes").status_code == 303
    address = house.editor.start(FOREIGN)
    assert f"{address}/restart" not in house.editor.get("/dashboard").text
    response = house.editor.post(f"{address}/restart")
    assert response.status_code == 409
    assert "请从原结果开始更正" in response.text


def test_a_newer_version_with_errors_does_not_shut_the_draft(house: House, newer: Path, old: str) -> None:
    (newer / "workshop-readiness" / "1.2.0").mkdir()
    (newer / "workshop-readiness" / "1.2.0" / "questionnaire.yaml").write_text("format: 1\n", encoding="utf-8")
    house.editor.client.app.state.registry = Registry([FOLDER, newer])  # type: ignore[attr-defined]
    assert house.editor.get("/dashboard").status_code == 200
    assert house.editor.get(f"{old}/sections/floor").status_code == 200
    assert house.editor.get(f"{old}/restart").status_code == 409
