"""A linked indicator in the form: where its value comes from, or that the raw accounts are asked."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaires.registry import Registry

from .conftest import House, fill
from .test_links import ACCOUNTS, figures, submit

LINKS = "workshop-links@1.0.0"
TYPED = {"own.service": 10, "own.total": 100}


@pytest.fixture
def questionnaires(registry: Registry) -> tuple[Any, Any]:
    return registry.get("workshop-accounts", "1.0.0"), registry.get("workshop-links", "1.0.0")


def test_the_form_says_where_a_linked_value_comes_from(house: House, questionnaires: tuple[Any, Any]) -> None:
    accounts, links = questionnaires
    source = submit(house.editor, accounts, figures(30))
    number = house.editor.get(source).text.split('<span class="num">')[1].partition("<")[0]
    address = house.editor.start(LINKS)
    page = house.editor.get(f"{address}/sections/share.domain").text
    assert f'<a class="num" href="{source}">{number}</a>' in page
    assert f"取自{accounts.title.zh}的“{accounts.measures['service_share'].name.zh}”" in page
    assert "以引用的为准" not in page, "nothing was entered here that could differ"
    fill(house.editor, address, links, TYPED)
    assert "本问卷所填的数算得 10" in house.editor.get(f"{address}/sections/share.domain").text


def test_with_nothing_to_read_the_raw_accounts_are_asked(house: House, questionnaires: tuple[Any, Any]) -> None:
    fill(house.editor, house.editor.start(ACCOUNTS), questionnaires[0], figures(30))  # only a draft
    address = house.editor.start(LINKS)
    page = house.editor.get(f"{address}/sections/share.domain").text
    assert "所以按本问卷填写的原始数据计算" in page
    fill(house.editor, address, questionnaires[1], TYPED)
    assert '<b class="num">10' in house.editor.get(f"{address}/sections/share.domain").text
