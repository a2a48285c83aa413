"""Checking and submitting."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.clock import now
from app.errors import InvalidError
from app.repositories import submissions as rows
from app.services.fields import single
from app.services.review import Gap, Review, review
from app.services.submissions import IncompleteError, Pledge, submit
from app.web.concerns import concern_view
from app.web.dependencies import FormFields
from app.web.interval import interval_view
from app.web.page import redirect, render
from app.web.place import Here, Place, told
from app.web.section_body import code_of
from app.web.sections import fields_of
from questionnaires.types import Checklist, Section

router = APIRouter(prefix="/assessments/{assessment_id}")


@dataclass(frozen=True, slots=True)
class GapView:
    """A question that is not answered in full, with the way there."""

    name: str
    href: str
    detail: str


@router.get("/review")
def show_review(here: Here) -> Response:
    """Show what is missing, what to check and the pledge."""
    draft = here.draft()
    if draft.assessment.status != "draft":
        return RedirectResponse(here.base, 303)
    return _page(here, review(draft))


@router.post("/submit")
def submit_assessment(here: Here, form: FormFields) -> Response:
    """Submit, once; without the pledge or with gaps the review comes again."""
    fields = fields_of(form)
    pledge = Pledge(single(fields, "name"), agreed=single(fields, "agreed") == "yes", at=now())
    try:
        with here.database.writing() as session:
            done = submit(session, here.registry, here.user, here.assessment_id, pledge)
    except IncompleteError as error:
        return _page(here, review(here.draft()), error.status, message=told(error, here.translator))
    except InvalidError as error:
        faults = {name: here.translator.say(text) for name, text in error.fields.items()}
        return _page(here, review(here.draft()), error.status, faults=faults, name=pledge.name)
    return redirect(here.request, f"/submissions/{done.id}")


def _page(here: Place, checked: Review, status: int = 200, **problem: object) -> Response:
    draft = checked.draft
    with here.database.reading() as session:
        old = rows.of_assessment(session, draft.assessment.corrects_id) if draft.assessment.corrects_id else None
    return render(
        here.request,
        "assessments/review.html",
        status,
        review=checked,
        draft=draft,
        questionnaire=draft.questionnaire,
        base=here.base,
        interval=interval_view(draft, here.translator),
        gaps=[(section, code_of(section), _gaps(here, section, gaps)) for section, gaps in checked.gaps],
        not_applicable=list(_not_applicable(here, checked)),
        concerns=[concern_view(draft, concern, here.translator) for concern in checked.concerns],
        vetoes=[gate for gate in draft.questionnaire.gates if gate.id in checked.vetoes],
        first=f"{here.base}/sections/{draft.questionnaire.sections[0].id}",
        corrects=old,
        **({"faults": {}, "message": "", "name": here.user.name} | problem),
    )


def _gaps(here: Place, section: Section, gaps: tuple[Gap, ...]) -> list[GapView]:
    return [
        GapView(
            gap.question.name.get(here.translator.language),
            f"{here.base}/sections/{section.id}#{gap.field if gap.count else 'q-' + gap.question.id}",
            _detail(here, gap),
        )
        for gap in gaps
    ]


def _detail(here: Place, gap: Gap) -> str:
    if gap.unfinished:
        return here.translator.say("没有填完：缺达到程度、理由或选项")
    return here.translator.say("还差 %(count)s 处", count=gap.count) if gap.count else ""


def _not_applicable(here: Place, checked: Review) -> list[tuple[str, str, str]]:
    """Return name, reason and the way to the question."""
    found = []
    language, section_of = here.translator.language, checked.draft.questionnaire.section_of
    for one in checked.not_applicable:
        name = one.question.name.get(language)
        if isinstance(one.question, Checklist) and one.group:
            group = next(group for group in one.question.groups if group.id == one.group)
            name = f"{name} · {group.name.get(language)}"
        href = f"{here.base}/sections/{section_of[one.question.id].id}#q-{one.question.id}"
        found.append((name, one.reason, href))
    return found
