"""What the documents say exists: links, commands, make targets and settings."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from app.cli import main
from app.config import ROOT, Settings

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("questionnaires/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:^|[\s`])servimeter ((?:[a-z-]+ ?)+)", re.MULTILINE)
TARGET = re.compile(r"\bmake ([a-z-]+)`")


def identifier(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=identifier)
def test_links_lead_somewhere(document: Path) -> None:
    dead = [link for link in LINK.findall(document.read_text("utf-8")) if not (document.parent / link).exists()]
    assert dead == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=identifier)
def test_commands_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    code = "\n".join(re.findall(r"```.*?```|`[^`]+`", text, re.DOTALL))
    assert [command for command in COMMAND.findall(code) if not _known(main, command.split())] == []


def _known(group: click.Command, words: list[str]) -> bool:
    if not words or not isinstance(group, click.Group):
        return True
    command = group.get_command(click.Context(group), words[0])
    return command is not None and _known(command, words[1:])


@pytest.mark.parametrize("document", DOCUMENTS, ids=identifier)
def test_make_targets_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(TARGET.findall(document.read_text("utf-8"))) <= targets


def test_every_setting_is_documented() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    names = {"DATABASE_URL"} | {
        f"SERVIMETER_{name.upper()}" for name in Settings.model_fields if name != "database_url"
    }
    assert {name for name in names if f"`{name}`" not in readme} == set()


def test_locks_pin_with_hashes_and_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text("utf-8")
        assert "://" not in lock
        entries = re.split(r"\n(?=[a-z0-9])", lock.strip())
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
