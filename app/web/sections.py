"""The form: a section per page, saved by its button or answer by answer while people type."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.errors import NotFoundError
from app.models import Role
from app.services import answers
from app.services import fields as names
from app.services.answer_forms import Entry, read_entries, read_entry
from app.services.answer_words import Wording, as_fields
from app.services.fields import Fields, single
from app.web.dependencies import FormFields
from app.web.form_page import Problems
from app.web.page import redirect, render
from app.web.place import Here, Place, section_in, told
from questionnaires.types import Questionnaire

router = APIRouter(prefix="/assessments/{assessment_id}")
REVIEW = ":review"
"""Where the last page's button leads; no section can have this id."""


def fields_of(form: FormData) -> dict[str, list[str]]:
    """Return the posted fields with every value of each."""
    return {key: [value for value in form.getlist(key) if isinstance(value, str)] for key in form}


@router.get("/sections/{section_id}")
def show_section(here: Here, section_id: str) -> Response:
    """Show a page of the form."""
    page = here.page(section_id)
    if page.draft.assessment.status == "submitted":
        return RedirectResponse(here.base, 303)
    return render(here.request, "assessments/section.html", page=page)


@router.post("/sections/{section_id}")
def save_section(here: Here, form: FormFields, section_id: str) -> Response:
    """Save a page of the form as a whole and go where the button says, or show it again with what is wrong."""
    questionnaire = here.questionnaire(Role.EDITOR)
    section = section_in(questionnaire, section_id)
    fields = cleared(fields_of(form))
    entries = read_entries(questionnaire, section.asked, fields)
    faults = {name: told(error, here.translator) for entry in entries for name, error in entry.faults.items()}
    if faults:
        return _again(here, section_id, Problems(fields, faults), 422)
    try:
        here.save(entries)
    except answers.ConflictsError as error:
        return _again(
            here, section_id, Problems(fields, conflicts=error.conflicts), error.status, told(error, here.translator)
        )
    return _onward(here, questionnaire, section_id, fields)


def cleared(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the fields without the answer that a button asked to clear; its note stays."""
    question = single(fields, "clear")
    kept = {names.revision(question), names.note(question)}
    return {name: values for name, values in fields.items() if names.owner(name) != question or name in kept}


def _again(here: Place, section_id: str, problems: Problems, status: int, message: str = "") -> Response:
    page = here.page(section_id)
    page.problems, page.message = problems, message
    return render(here.request, "assessments/section.html", status, page=page)


def _onward(here: Place, questionnaire: Questionnaire, section_id: str, fields: Fields) -> Response:
    base, to = here.base, single(fields, "to")
    if to == REVIEW:
        return RedirectResponse(f"{base}/review", 303)
    if to != section_id and any(one.id == to for one in questionnaire.sections):
        return RedirectResponse(f"{base}/sections/{to}", 303)
    anchor = f"#q-{single(fields, 'clear')}" if single(fields, "clear") else ""
    return redirect(here.request, f"{base}/sections/{section_id}{anchor}", "已保存。")


@router.post("/answers/{question_id}")
def save_answer(here: Here, form: FormFields, question_id: str) -> Response:
    """Save one answer for a script and say what it changed on the page that is open."""
    questionnaire = here.questionnaire(Role.EDITOR)
    fields = fields_of(form)
    entry = _entry(questionnaire, question_id, fields)
    if entry.faults:
        shown = {name: told(error, here.translator) for name, error in entry.faults.items()}
        return JSONResponse({"error": " ".join(shown.values()), "fields": shown}, 422)
    try:
        stored = here.save([entry])
    except answers.ConflictsError as error:
        return _conflict(here, error)
    saved = stored.get(question_id)
    page = here.page(single(fields, "page") or questionnaire.section_of[question_id].id)
    return JSONResponse({"revision": saved.revision if saved else 0, **page.fragments()})


def _entry(questionnaire: Questionnaire, question_id: str, fields: Fields) -> Entry:
    question = questionnaire.questions.get(question_id)
    if question is None:
        raise NotFoundError("这份问卷没有这一题。")
    return read_entry(questionnaire, question, fields)


def _conflict(here: Place, error: answers.ConflictsError) -> Response:
    conflict = error.conflicts[0]
    page = here.page(here.questionnaire().section_of[conflict.mine.question].id)
    question = page.draft.questionnaire.questions[conflict.mine.question]
    wording = Wording(page.draft.questionnaire, here.translator)
    mine, theirs = conflict.mine, conflict.theirs
    answer = {
        "error": told(error, here.translator),
        "name": question.name.get(here.translator.language),
        "mine": [*wording.lines(question, mine.value), *wording.note(mine.note)],
        "theirs": [*wording.lines(question, theirs.value), *wording.note(theirs.note)],
        "by": page.author(conflict),
        "revision": theirs.revision,
        "fields": as_fields(question, theirs.value, theirs.note, theirs.revision),
    }
    return JSONResponse(answer, error.status)
