"""A filled-in workbook in the place of an answer file."""

from __future__ import annotations

import json
from pathlib import Path

from questionnaires.answers import Answers, answers_in
from questionnaires.entries import parse
from questionnaires.faults import Fault, Faulty
from questionnaires.finished import finished
from questionnaires.registry import Registry

from .opening import MAX_BYTES
from .reading import read_workbook


def load_answer_workbook(path: Path, registry: Registry) -> Answers:
    """Return the answers in a workbook; `Faulty` lists all faults when there is any error.

    Answers that are only begun count as gaps. Figures that may be fractions for a percentage are warnings.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        raise Faulty([Fault.of("missing-file", str(path), 0, (), {"name": path.name})]) from None
    filled = read_workbook(data, str(path), registry)
    asked = filled.questionnaire.questions
    done = {name: finished(asked[name], value) for name, value in filled.answers.items()}
    plain = {
        "questionnaire": filled.stamp.slug,
        "version": filled.stamp.version,
        **filled.subject,
        "answers": {name: value for name, value in done.items() if value is not None},
        "notes": {name: note for name, note in filled.notes.items() if note},
    }
    entry, faults = parse(json.dumps(plain).encode(), str(path), as_json=True)
    read = answers_in(entry, faults, registry)
    doubts = [
        Fault.of(
            "workbook-fraction",
            str(path),
            0,
            (one.place,),
            {"place": one.place, "typed": one.typed, "other": one.other},
        )
        for one in filled.doubts
    ]
    return Answers(read.file, read.questionnaire, (*read.warnings, *doubts))
