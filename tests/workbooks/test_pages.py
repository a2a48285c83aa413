"""Download, upload, look, confirm: for the members of the enterprise, whole or not at all."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from assessments.conftest import fill
from sqlalchemy import select

from app.models import Answer, Upload
from app.services.answer_words import as_fields
from questionnaires.workbooks.plan import sheets
from questionnaires.workbooks.reading import read_workbook

KIND = "every-kind@1.0.0"
START = {
    "facts.share": 20.0,
    "facts.heads": 12,
    "facts.words": "老样子",
    "facts.practice": {"level": 1, "degree": "full"},
}


@pytest.fixture
def questionnaire(registry):
    return registry.get("every-kind", "1.0.0")


@pytest.fixture
def draft(house, questionnaire):
    address = house.editor.start(KIND)
    fill(house.editor, address, questionnaire, START)
    return address


def changed(data, **cells):
    """Return the workbook with other values in the main cells of questions."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[1]
    for name, value in cells.items():
        key = name.replace("_", ".", 1)
        row = next(cell.row for cell in page["A"] if cell.value == key)
        page.cell(row, 3).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def download(browser, draft, **query):
    response = browser.get(f"{draft}/workbook.xlsx", **query)
    assert response.status_code == 200
    return response.content


def upload(browser, draft, data, name="填好.xlsx"):
    files = {"file": (name, data, "application/octet-stream")}
    return browser.client.post(f"{draft}/workbook", data={"csrf_token": browser.token()}, files=files)


def colleague_saves(browser, draft, questionnaire, **answers):
    """Save answers that had been saved once before."""
    for name, value in answers.items():
        question = questionnaire.questions[name.replace("_", ".", 1)]
        response = browser.autosave(f"{draft}/answers/{question.id}", as_fields(question, value, revision=1))
        assert response.status_code == 200, response.text


def stored(database):
    with database.reading() as session:
        return {one.question: one.value for one in session.scalars(select(Answer)) if one.value is not None}


def test_the_workbook_holds_the_answers_so_far(house, draft, registry):
    data = download(house.reader, draft)
    filled = read_workbook(data, "x.xlsx", registry)
    assert {name: value for name, value in filled.answers.items() if value is not None} == START
    assert filled.subject["enterprise"]["uscc"] == house.organisation.uscc
    english = openpyxl.load_workbook(io.BytesIO(download(house.reader, draft, lang="en")))
    assert english.sheetnames[:2] == ["How to fill in", "1 Facts figures"]


def test_upload_look_and_confirm(house, draft, database):
    data = changed(download(house.editor, draft), facts_heads=15, facts_words=None, facts_money="１,２３４.５")
    response = upload(house.editor, draft, data)
    assert response.status_code == 303
    preview = response.headers["location"]
    page = house.editor.get(preview).text
    assert "填好.xlsx" in page
    assert "改动了 3 题" in page
    assert stored(database) == START
    assert house.editor.post(preview).status_code == 303
    assert stored(database) == {
        "facts.share": 20.0,
        "facts.heads": 15,
        "facts.practice": START["facts.practice"],
        "facts.money": 1234.5,
    }
    with database.reading() as session:
        assert session.scalar(select(Upload)) is None
    assert house.editor.post(preview).status_code == 404  # the second click changes nothing


def test_what_a_colleague_saved_meanwhile_stays(house, draft, database, questionnaire):
    data = changed(download(house.editor, draft), facts_heads=15)
    colleague_saves(house.owner, draft, questionnaire, facts_share=33.0, facts_heads=14)
    preview = upload(house.editor, draft, data).headers["location"]
    page = house.editor.get(preview).text
    assert "owner 在您下载之后改过" in page
    assert house.editor.post(preview).status_code == 409
    assert stored(database) == START | {"facts.share": 33.0, "facts.heads": 14}
    assert house.editor.post(preview, {"keep:facts.heads": "mine"}).status_code == 303
    assert stored(database) == START | {"facts.share": 33.0, "facts.heads": 15}


def test_a_conflict_can_be_left_to_the_colleague(house, draft, database, questionnaire):
    data = changed(download(house.editor, draft), facts_heads=15)
    colleague_saves(house.owner, draft, questionnaire, facts_heads=14)
    preview = upload(house.editor, draft, data).headers["location"]
    assert house.editor.post(preview, {"keep:facts.heads": "theirs"}).status_code == 303
    assert stored(database) == START | {"facts.heads": 14}


def test_a_bare_fraction_is_asked_about(house, draft, database):
    preview = upload(house.editor, draft, changed(download(house.editor, draft), facts_share=0.3)).headers["location"]
    page = house.editor.get(preview).text
    place = re.search(r'name="doubt:([^"]+)"', page)[1]
    assert house.editor.post(preview).status_code == 409
    assert stored(database) == START
    assert house.editor.post(preview, {f"doubt:{place}": "other"}).status_code == 303
    assert stored(database) == START | {"facts.share": 30.0}


def test_faults_are_named_by_cell_and_nothing_is_stored(house, draft, database):
    response = upload(house.editor, draft, changed(download(house.editor, draft), facts_heads="许多", facts_share=200))
    assert response.status_code == 422
    assert "有 2 处需要改正" in response.text
    assert len(re.findall(r"1 事实 数字!C\d+", response.text)) >= 2
    assert stored(database) == START


def test_nothing_chosen_and_no_workbook(house, draft):
    assert house.editor.post(f"{draft}/workbook").status_code == 422
    assert upload(house.editor, draft, b"x").status_code == 422
    assert "不是 .xlsx" in upload(house.editor, draft, b"x").text


def test_a_huge_file(house, draft):
    response = upload(house.editor, draft, b"\0" * 20_000_000)
    assert response.status_code == 413
    assert "5 MB" in response.text


def test_the_workbook_of_another_assessment(house, draft):
    other = house.editor.start(KIND, year=2024)
    response = upload(house.editor, other, download(house.editor, draft))
    assert response.status_code == 422
    assert "另一" in response.text


def test_a_blank_workbook_clears_nothing(house, draft, database, questionnaire):
    data = house.nobody.get("/questionnaires/every-kind/1.0.0/workbook.xlsx").content
    preview = upload(house.editor, draft, changed(data, facts_heads=99)).headers["location"]
    assert "改动了 1 题" in house.editor.get(preview).text
    assert house.editor.post(preview, {"keep:facts.heads": "mine"}).status_code == 303
    assert stored(database) == START | {"facts.heads": 99}


def test_nothing_to_change(house, draft):
    preview = upload(house.editor, draft, download(house.editor, draft)).headers["location"]
    assert "没有要保存的改动" in house.editor.get(preview).text


def test_not_saving(house, draft, database):
    preview = upload(house.editor, draft, changed(download(house.editor, draft), facts_heads=1)).headers["location"]
    assert house.editor.post(f"{preview}/discard").status_code == 303
    assert house.editor.get(preview).status_code == 404
    assert stored(database) == START


def test_who_may(house, draft):
    data = download(house.editor, draft)
    preview = upload(house.editor, draft, changed(data, facts_heads=1)).headers["location"]
    assert house.owner.get(preview).status_code == 404  # each person's own uploads
    assert house.reader.get(f"{draft}/workbook").status_code == 200
    assert upload(house.reader, draft, data).status_code == 403
    for path in ("/workbook", "/workbook.xlsx", preview.removeprefix(draft)):
        assert house.stranger.get(f"{draft}{path}").status_code == 404
        assert house.nobody.get(f"{draft}{path}").status_code == 303
    assert upload(house.stranger, draft, data).status_code == 404
    assert house.editor.get("/questionnaires/every-kind/9.9.9/workbook.xlsx").status_code == 404
    assert house.editor.get(f"{draft}/workbook/not-an-id").status_code in {404, 422}


def test_every_question_has_its_cells(questionnaire):
    keyed = {row.question for sheet in sheets(questionnaire) for row in sheet.rows if row.key}
    assert keyed == set(questionnaire.questions)
