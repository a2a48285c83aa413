"""Asking for a report, watching it, downloading it: members only."""

from __future__ import annotations

import re
import uuid
from urllib.parse import unquote

import pytest
from report_jobs import browser, stored
from report_samples import FOREIGN

from app.clock import now
from app.config import Settings
from app.models import Report, ReportStatus
from reports.pdf import Pdf


@pytest.fixture
def settings(database_url):
    return Settings.model_validate({"database_url": database_url, "questionnaires": [FOREIGN]})


@pytest.fixture
def place(database, source):
    return stored(database, source(FOREIGN / "service-index" / "examples" / "repairer.yaml"))


@pytest.fixture
def enter(app, database, place):
    return lambda name=None: browser(app, database, place.people[name] if name else None)


def ask(visitor, place, language="zh"):
    return visitor.post(f"/submissions/{place.submission}/reports", language=language)


@pytest.fixture
def address(enter, place):
    return ask(enter("owner"), place).headers["location"]


def change(database, address, **values):
    with database.writing() as session:
        report = session.get(Report, uuid.UUID(address.rsplit("/", 1)[1]))
        for name, value in values.items():
            setattr(report, name, value)


def finish(database, address):
    made = Pdf(b"%PDF-1.7 sample", 12)
    change(
        database,
        address,
        status=ReportStatus.DONE,
        progress=100,
        pdf=made.data,
        sha256=made.sha256,
        pages=12,
        finished_at=now(),
    )


def test_ask_goes_to_the_page_of_the_report(enter, place):
    response = ask(enter("owner"), place)
    assert response.status_code == 303
    page = enter("owner").get(response.headers["location"])
    assert page.status_code == 200
    assert "正在排队" in page.text


def test_a_double_click_makes_one_report(enter, place):
    owner = enter("owner")
    assert ask(owner, place).headers["location"] == ask(owner, place).headers["location"]


def test_a_teammate_who_only_reads_may_ask_too_and_gets_the_same(enter, place, address):
    assert ask(enter("reader"), place).headers["location"] == address


@pytest.mark.parametrize("path", ["", "/status", "/file"])
def test_stranger_404(enter, address, path):
    assert enter("stranger").get(address + path).status_code == 404


def test_stranger_may_not_ask(enter, place):
    assert ask(enter("stranger"), place).status_code == 404


@pytest.mark.parametrize("path", ["", "/status", "/file"])
def test_logged_out(enter, address, path):
    assert enter().get(address + path).status_code in {303, 401}


@pytest.mark.parametrize("wrong", ["00000000-0000-4000-8000-000000000000", "nonsense"])
def test_bad_id(enter, wrong):
    owner = enter("owner")
    assert owner.get(f"/reports/{wrong}").status_code == 404
    assert owner.get(f"/reports/{wrong}/file").status_code == 404
    assert owner.post(f"/submissions/{wrong}/reports", language="zh").status_code == 404


def test_bad_language(enter, place):
    assert ask(enter("owner"), place, "fr").status_code == 422


def test_wrong_method(enter, address):
    assert enter("owner").post(address).status_code == 405


def test_a_form_without_its_token_is_refused(enter, place):
    response = enter("owner").client.post(f"/submissions/{place.submission}/reports", data={"language": "zh"})
    assert response.status_code == 403


def test_the_page_reloads_itself_only_without_scripts_and_only_while_waiting(enter, database, address):
    waiting = enter("owner").get(address).text
    assert re.search(r'<noscript><meta http-equiv="refresh"', waiting)
    finish(database, address)
    assert 'http-equiv="refresh"' not in enter("owner").get(address).text


def test_status_tells_the_script_how_far_it_is(enter, database, address):
    change(database, address, status=ReportStatus.RENDERING, progress=40)
    body = enter("owner").get(f"{address}/status").json()
    assert body == {"status": "rendering", "progress": 40, "words": "正在生成，已完成 40%。"}


def test_download_has_a_name_people_and_file_systems_can_read(enter, database, address):
    finish(database, address)
    response = enter("owner").get(f"{address}/file")
    assert response.content == b"%PDF-1.7 sample"
    assert response.headers["content-type"] == "application/pdf"
    disposition = response.headers["content-disposition"]
    assert 'filename="servimeter-SM-7K4Q-W2XN-9D3F-zh.pdf"' in disposition
    name = unquote(disposition.split("UTF-8''")[1])
    assert name == "甬江 模具：一厂_2025_服务型制造评价报告_SM-7K4Q-W2XN-9D3F.pdf"


def test_a_file_that_is_not_ready_is_not_served(enter, address):
    assert enter("owner").get(f"{address}/file").status_code == 409


@pytest.mark.parametrize("reason", ["abandoned", "broken", "unavailable"])
def test_a_failure_says_why_and_offers_another_try(enter, database, place, address, reason):
    change(database, address, status=ReportStatus.FAILED, error=reason, attempts=3)
    page = enter("owner").get(address).text
    assert "再试一次" in page
    assert "管理员" in page
    assert ask(enter("owner"), place).headers["location"] == address
    assert "正在排队" in enter("owner").get(address).text


def test_the_other_language_is_offered_then_linked(enter, place, address):
    owner = enter("owner")
    assert 'value="en"' in owner.get(address).text
    english = ask(owner, place, "en").headers["location"]
    assert f'href="{english}"' in owner.get(address).text
