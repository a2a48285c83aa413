"""The catalogues are complete, and the check sees what is not."""

import pytest
from babel.messages.catalog import Catalog

from app.cli.messages import DOMAINS, Domain, catalogue_faults, domain_faults


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda domain: domain.package)
def test_every_message_is_translated(domain: Domain) -> None:
    assert domain_faults(domain) == []


def test_messages_are_found_wherever_they_are_said() -> None:
    found = {message.id for message in DOMAINS[0].template()}
    assert "您已退出。" in found  # redirect(request, to, message)
    assert "请选择角色。" in found  # an error
    assert "退出" in found  # a template
    assert "我已阅读并同意%(privacy)s和%(terms)s。" in found  # a trans block


def made(**messages: str) -> Catalog:
    catalogue = Catalog(locale="en", fuzzy=False)
    for number, (chinese, english) in enumerate(messages.items()):
        catalogue.add(chinese, english, flags=["fuzzy"] if english == "fuzzy" else (), lineno=number)
    return catalogue


@pytest.mark.parametrize(
    ("translations", "fault"),
    [
        ({"共 %(n)s 项": "%(n)s in all"}, None),
        ({}, "没有译文"),
        ({"共 %(n)s 项": " "}, "没有译文"),
        ({"共 %(n)s 项": "%(m)s in all"}, "占位不一致"),
        ({"共 %(n)s 项": "in all"}, "占位不一致"),
        ({"共 %(n)s 项": "%(n)s in all", "旧": "old"}, "多余"),
    ],
)
def test_faults_are_seen(translations: dict[str, str], fault: str | None) -> None:
    faults = catalogue_faults(made(**{"共 %(n)s 项": ""}), made(**translations), "app")
    assert [fault in line for line in faults] == ([True] if fault else [])


def test_an_uncertain_translation_is_a_fault() -> None:
    (line,) = catalogue_faults(made(项=""), made(项="fuzzy"), "app")
    assert "待定" in line
