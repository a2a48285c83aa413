"""What a person does in the browser, in their own terms: register, fill in, submit, fetch the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, Page

from questionnaires.registry import BUILT_IN

PASSWORD = "一句只有自己记得住的话"
ENTERPRISE = {
    "uscc": "91110000MA0000269Y",
    "name": "试验压缩机有限公司",
    "industry": "34",
    "staff": "1,200",
    "revenue": "46,800",
}


def example(name: str) -> dict[str, Any]:
    """Return the answers of a built-in example."""
    return answers_in(BUILT_IN / "enterprise-evaluation" / "examples" / f"{name}.yaml")


def answers_in(file: Path) -> dict[str, Any]:
    """Return the answers of an answer file."""
    answers: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))["answers"]
    return answers


def register(page: Page, base: str, email: str = "zhang@firm.example") -> None:
    """Register a person and an enterprise."""
    page.goto(f"{base}/register")
    page.fill("#name", "张工")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.check("#consent")
    page.click("main form .btn-primary")
    page.fill("[name=uscc]", ENTERPRISE["uscc"])
    page.fill("[name=name]", ENTERPRISE["name"])
    choose_region(page)
    page.select_option("[name=industry]", ENTERPRISE["industry"])
    page.fill("[name=staff]", ENTERPRISE["staff"])
    page.fill("[name=revenue]", ENTERPRISE["revenue"])
    page.click("main form .btn-primary")


def choose_region(page: Page) -> None:
    """Choose Hangzhou's Binjiang district, step by step; without JavaScript each step asks the server for the next list."""
    for field, code in (("province", "330000"), ("prefecture", "330100"), ("county", "330108")):
        choice = page.locator(f"[name={field}]")
        next_list = page.locator("button[value=regions]")
        if field != "province" and next_list.is_visible():
            next_list.click()
        choice.locator(f"option[value='{code}']").wait_for(state="attached")
        choice.select_option(code)


def sign_in(page: Page, base: str, email: str = "zhang@firm.example") -> None:
    page.goto(f"{base}/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main form .btn-primary")


def start(page: Page, base: str, slug: str, year: str = "2025") -> str:
    """Start an assessment and return its address."""
    page.goto(f"{base}/assessments/new")
    page.check(f"[name=questionnaire][value^='{slug}@']")
    page.select_option("#year", year)
    page.check("[name=scope][value=entity]")
    page.click("main form .btn-primary")
    return page.url.split("/sections/")[0]


def sections(page: Page, assessment: str) -> list[str]:
    """Return the addresses of the pages of the form."""
    page.goto(assessment)
    links = page.locator("a[href*='/sections/']:not([href*='lang='])").evaluate_all(
        "all => all.map(one => one.href.split('#')[0])"
    )
    return list(dict.fromkeys(links))


def fill(page: Page, answers: dict[str, Any]) -> None:
    """Fill in the open page and save, until saving brings no further question."""
    asked = set(page.locator("main [name]").evaluate_all("all => all.map(one => one.name)"))
    left = dict.fromkeys((name, value) for name, value in _fields(answers) if name in asked)
    while fresh := _fill_visible(page, list(left)):
        for control in fresh:
            del left[control]
        page.locator("form button.btn[name=to]:not(.btn-primary)").click()
        await_saved(page)
        assert page.locator(".field-error").count() == 0, page.locator(".field-error").all_inner_texts()


def await_saved(page: Page, seconds: float = 30) -> None:
    """Wait until the page has loaded and nothing typed is still on its way to the server."""
    page.wait_for_load_state()
    unsent = "Object.values(localStorage).some(one => one.includes('stamp'))"
    for _ in range(int(seconds * 20)):
        if not page.evaluate(unsent):
            return
        page.wait_for_timeout(50)
    raise AssertionError("what was typed was not saved in time")


def _fill_visible(page: Page, controls: list[tuple[str, str]]) -> list[tuple[str, str]]:
    filled = []
    for name, value in controls:
        if _control(page, name).locator("visible=true").count():
            _set(page, name, value)
            filled.append((name, value))
    return filled


def _control(page: Page, name: str) -> Locator:
    return page.locator(f'main [name="{name}"]')


def _set(page: Page, name: str, value: str) -> None:
    control = _control(page, name)
    kind = control.first.get_attribute("type")
    if kind in {"radio", "checkbox"}:
        page.locator(f'main [name="{name}"][value="{value}"]').check()
    elif control.first.evaluate("one => one.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.first.fill(value)


def _fields(answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Name every control that the answers touch, and its value; see `app.services.fields`."""
    for question, answer in answers.items():
        match answer:
            case {"na": reason}:
                yield question, "na"
                yield f"{question}:reason", reason
            case {"level": level, **rest}:
                yield question, str(level)
                if "degree" in rest:
                    yield f"{question}:degree:{level}", rest["degree"]
            case dict():
                yield from _parts(question, answer)
            case list():
                yield from ((question, option) for option in answer)
            case _:
                yield question, str(answer)


def _parts(question: str, answer: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for outer, inner in answer.items():
        if "na" in inner:
            yield f"{question}:{outer}::na", "na"
            yield f"{question}:{outer}::reason", inner["na"]
            continue
        yield from ((f"{question}:{outer}:{name}", str(value)) for name, value in inner.items())


def submit(page: Page, assessment: str) -> None:
    """Review and submit with the pledge."""
    page.goto(f"{assessment}/review")
    page.fill("#name", "张工")
    page.check("#agreed")
    page.click("form[action$='/submit'] .btn-primary")


def report(page: Page, language: str = "zh") -> bytes:
    """Ask for the report from the result page and return its bytes."""
    page.locator(
        f"form[action$='/reports'] button[value={language}], form[action$='/reports'] .btn-primary"
    ).first.click()
    link = page.locator("a[href$='/file']")
    link.first.wait_for(timeout=120_000)
    with page.expect_download() as download:
        link.first.click()
    return Path(download.value.path()).read_bytes()
