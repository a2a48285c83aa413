"""Pages that anybody can read, in both languages."""

import re

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.config import Settings
from app.db import Database
from app.main import create_app
from app.models import Installation
from questionnaires.catalogue import catalogue, glossary

from .conftest import Browser, House

PUBLIC = [
    "/",
    "/register",
    "/sign-in",
    "/privacy",
    "/terms",
    "/standards",
    "/standards/1.2.2",
    "/glossary",
    "/questionnaires",
    "/questionnaires/enterprise-evaluation/0.9.0",
    "/nowhere",
]
HAN = re.compile(r"[一-鿿]")
FOREIGN = re.compile(r'<(\w+)[^>]* lang="zh-CN"[^>]*>.*?</\1>', re.DOTALL)


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_reads_in_one_language(browser: Browser, path: str, language: str) -> None:
    response = browser.get(path, lang=language)
    assert response.status_code == (404 if path == "/nowhere" else 200)
    page = response.text
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in page
    if language == "en":
        left = [line.strip() for line in FOREIGN.sub("", page).splitlines() if HAN.search(line)]
        assert left == []


@pytest.mark.parametrize("path", PUBLIC)
def test_nothing_inline_and_nothing_from_elsewhere(browser: Browser, path: str) -> None:
    response = browser.get(path)
    assert "'unsafe" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=\"/static/)", response.text)
    assert not re.search(r'(src|href)="(https?:)?//', response.text)


def test_the_switch_keeps_the_page_and_the_choice(browser: Browser) -> None:
    page = browser.get("/organisations/regions", above="110000")
    assert page.status_code == 200
    assert 'href="/glossary?a=1&amp;lang=en"' in browser.get("/glossary", a="1").text
    browser.get("/glossary", lang="en")
    assert '<html lang="en">' in browser.get("/terms").text


def test_home_tells_what_to_expect(browser: Browser) -> None:
    page = browser.get("/").text
    for text in ("分钟", "审计报告", "主管部门使用", "可以填写", "企业服务型制造投入产出测算", "起步", "卓越"):
        assert text in page


def test_the_whole_tree_is_there(browser: Browser) -> None:
    page = browser.get("/standards").text
    for node in catalogue().nodes:
        assert f'href="/standards/{node.id}"' in page
        assert node.name.zh in page


def test_every_node_shows_its_topics_and_what_answers_to_them(browser: Browser) -> None:
    for node in catalogue().nodes:
        page = browser.get(f"/standards/{node.id}").text
        assert node.description.zh in page
        for topic in node.topics:
            assert f'id="{topic.id}"' in page
    page = browser.get("/standards/2.4.1").text
    assert re.search(r'href="/questionnaires/enterprise-evaluation/[0-9.]+#a4\.', page)


def test_an_unknown_node(browser: Browser) -> None:
    response = browser.get("/standards/9.9")
    assert response.status_code == 404
    assert "9.9" in response.text


def test_every_term_has_an_anchor(browser: Browser) -> None:
    page = browser.get("/glossary").text
    for term in glossary().terms:
        assert f'id="{term.id}"' in page
        assert all(f'href="#{other}"' in page for other in term.see)


def test_a_questionnaire_shows_everything(app: FastAPI, browser: Browser) -> None:
    page = browser.get("/questionnaires/enterprise-evaluation/0.9.0").text
    questionnaire = app.state.registry.get("enterprise-evaluation", "0.9.0")
    for id_ in (*questionnaire.questions, *questionnaire.indicators):
        assert f'id="{id_}"' in page
    for question in questionnaire.questions.values():
        for level in getattr(question, "levels", ()):
            assert escaped(level.statement.zh) in page
        for group in getattr(question, "groups", ()):
            assert all(escaped(clause.text.zh) in page for clause in group.clauses)
    for gate in questionnaire.gates:
        assert escaped(gate.text.zh) in page
    for indicator in questionnaire.indicators.values():
        assert indicator.basis is None or escaped(indicator.basis.text.zh) in page
    assert questionnaire.edition is not None
    assert escaped(questionnaire.edition.notice.zh) in page


def escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;").replace('"', "&#34;")
    )


def test_formulas_are_in_words(browser: Browser) -> None:
    page = browser.get("/questionnaires/enterprise-evaluation/0.9.0").text
    shown = re.sub(r"<[^>]+>", "", re.search(r'id="c3.renewal".*?class="formula">(.*?)</p>', page, re.DOTALL)[1])  # type: ignore[index]
    assert re.match(r"100 × .+ ÷ ", shown)
    for raw in ("c1.accounts", "&#39;one&#39;", "=="):
        assert raw not in re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize("path", ["/questionnaires/enterprise-evaluation/9.9.9", "/questionnaires/nothing/1.0.0"])
def test_an_unknown_questionnaire(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_the_demo_is_announced_on_every_page(browser: Browser, house: House, database: Database) -> None:
    assert "示例数据" not in browser.get("/").text
    with database.writing() as session:
        session.add(Installation(name="demo", value="loaded"))
    for page in (browser.get("/"), browser.get("/nowhere"), house.owner.get(house.path)):
        assert "示例数据" in page.text


@pytest.mark.parametrize(("language", "shown"), [("zh", "京ICP备0号"), ("en", "Operated by a test")])
def test_the_operators_footer(database_url: str, language: str, shown: str) -> None:
    made = create_app(
        Settings.model_validate(
            {"database_url": database_url, "footer_zh": "京ICP备0号", "footer_en": "Operated by a test"}
        )
    )
    client = TestClient(made)
    for path in ("/", "/privacy"):
        assert shown in client.get(path, params={"lang": language}).text
    made.state.database.close()


def test_health(browser: Browser) -> None:
    response = browser.get("/health")
    assert (response.status_code, response.json()["status"]) == (200, "ok")
    assert re.fullmatch(r"\d+\.\d+\.\d+", response.json()["version"])


def test_static_files_are_kept_as_long_as_their_content_lasts(browser: Browser) -> None:
    found = re.search(r'href="(/static/css/base\.css\?v=\w+)"', browser.get("/").text)
    assert found
    assert "immutable" in browser.get(found[1].split("?")[0], v="x").headers["cache-control"]
    assert browser.get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/privacy", "/standards", "/glossary", "/questionnaires"])
def test_wrong_method(browser: Browser, path: str) -> None:
    response = browser.post(path)
    assert response.status_code == 405
    assert "不能这样访问" in response.text


@pytest.mark.parametrize("path", ["/account", "/organisations", "/organisations/new", ""])
def test_pages_behind_the_door_read_in_english(house: House, path: str) -> None:
    page = house.owner.get(path or house.path, lang="en").text.replace("江南压缩机", "").replace("中文</option>", "")
    left = [line.strip() for line in FOREIGN.sub("", page).splitlines() if HAN.search(line)]
    assert left == []
