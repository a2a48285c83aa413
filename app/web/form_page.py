"""What the page of one section shows, in the visitor's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from app.i18n import Translator
from app.services import fields as names
from app.services.answer_words import Wording, as_fields
from app.services.answers import Conflict
from app.services.consistency import Concern, of_section
from app.services.drafts import Draft
from app.services.fields import Fields
from app.services.totals import totals
from app.web.computed import computed_view
from app.web.concerns import ConcernView, concern_id, concern_view
from app.web.interval import IntervalView, interval_view
from app.web.linked_figures import figures_view
from app.web.markup import Sheet
from app.web.page import environment, moment
from app.web.progress import progress_view
from app.web.section_body import code_of, section_body
from questionnaires.registry import Registry
from questionnaires.types import Section


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    id: str
    code: str
    title: str
    href: str
    done: int
    total: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A dimension, or the sections before the first one (without a name)."""

    name: str
    sections: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Two answers to choose from."""

    id: str
    mine: Sequence[str]
    theirs: Sequence[str]
    by: str
    my_note: str
    their_note: str


@dataclass(frozen=True)
class Problems:
    """Why a posted form was not stored: messages by field, or conflicts."""

    fields: Fields
    faults: Mapping[str, str] = field(default_factory=dict)
    conflicts: Sequence[Conflict] = ()


class FormPage:
    """Everything the template `assessments/section.html` reads."""

    def __init__(
        self, draft: Draft, section: Section, translator: Translator, user_id: object, registry: Registry
    ) -> None:
        self.draft, self._section, self._translator, self._user_id = draft, section, translator, user_id
        self._registry = registry
        self.assessment = str(draft.assessment.id)
        self.base = f"/assessments/{self.assessment}"
        self.section = section.id
        self.read_only = not draft.editable
        self.replaced = draft.assessment.status == "replaced"
        self.problems: Problems | None = None
        self.message = ""

    @property
    def newer(self) -> str:
        """Return the version that the visitor can move the draft to."""
        return self.draft.newer.version if self.draft.newer and self.draft.editable else ""

    def _text(self, text: object) -> str:
        return text.get(self._translator.language) if text else ""  # type: ignore[attr-defined]

    @property
    def code(self) -> str:
        return code_of(self._section)

    @property
    def title(self) -> str:
        return self._text(self._section.title)

    @property
    def intro(self) -> str:
        return self._text(self._section.intro)

    @property
    def nodes(self) -> tuple[str, ...]:
        return self._section.nodes

    @property
    def action(self) -> str:
        return f"{self.base}/sections/{self.section}"

    @property
    def answers(self) -> str:
        return f"{self.base}/answers/"

    @property
    def review(self) -> str:
        return f"{self.base}/review"

    @property
    def eyebrow(self) -> str:
        assessment, say = self.draft.assessment, self._translator.say
        title = self._text(self.draft.questionnaire.title)
        scope = say("合并口径") if assessment.scope == "consolidated" else say("单一主体")
        year = say("%(year)s 年度", year=assessment.year)
        return " · ".join([f"{title} {assessment.version}", year, scope, *self._weight()])

    def _weight(self) -> Iterator[str]:
        dimensions = {one.id: one for one in self.draft.questionnaire.dimensions}
        if self._section.dimension in dimensions:
            name = self._text(dimensions[self._section.dimension].name)
            yield self._translator.say(
                "%(dimension)s，权重 %(weight)s", dimension=name, weight=f"{self._section.weight:g}"
            )

    @property
    def documents(self) -> Sequence[object]:
        return self.draft.questionnaire.documents

    @property
    def groups(self) -> list[Group]:
        found: list[Group] = []
        dimensions = {one.id: self._text(one.name) for one in self.draft.questionnaire.dimensions}
        for section in self.draft.questionnaire.sections:
            name = dimensions.get(section.dimension or "", "")
            if not found or found[-1].name != name:
                found.append(Group(name, ()))
            found[-1] = Group(name, (*found[-1].sections, self._entry(section)))
        return found

    def _entry(self, section: Section) -> Entry:
        state = self.draft.standing
        progress = state.sections[section.id]
        return Entry(
            section.id,
            code_of(section),
            self._text(section.title),
            f"{self.base}/sections/{section.id}",
            progress.done,
            progress.total,
            state.is_hidden(section.id),
        )

    @property
    def _shown(self) -> list[Section]:
        state = self.draft.standing
        return [one for one in self.draft.questionnaire.sections if one is self._section or not state.is_hidden(one.id)]

    @property
    def place(self) -> str:
        shown = self._shown
        return f"{shown.index(self._section) + 1}/{len(shown)}"

    @property
    def _following(self) -> Section | None:
        shown = self._shown
        after = shown[shown.index(self._section) + 1 :]
        return after[0] if after else None

    @property
    def next(self) -> str:
        return self._following.id if self._following else ""

    @property
    def next_title(self) -> str:
        return self._text(self._following.title) if self._following else ""

    @property
    def next_href(self) -> str:
        return f"{self.base}/sections/{self.next}"

    @property
    def scored(self) -> bool:
        """Whether the questionnaire gives a score; others only measure."""
        return bool(self.draft.questionnaire.dimensions)

    @property
    def interval(self) -> IntervalView:
        return interval_view(self.draft, self._translator)

    @property
    def saved_at(self) -> object:
        return max((answer.updated_at for answer in self.draft.stored.values()), default=None)

    @property
    def colleagues(self) -> list[str]:
        """Return who else last worked on what, the latest first."""
        section_of = self.draft.questionnaire.section_of
        others = [
            one for one in self.draft.stored.values() if one.updated_by != self._user_id and one.question in section_of
        ]
        latest = {}
        for answer in sorted(others, key=lambda one: one.updated_at):
            latest[answer.author.name] = answer
        return [
            self._translator.say(
                "%(name)s 于 %(time)s 填写了%(section)s",
                name=name,
                time=moment(answer.updated_at),
                section=self._text(section_of[answer.question].title),
            )
            for name, answer in reversed(list(latest.items())[-3:])
        ]

    @property
    def faults(self) -> Mapping[str, str]:
        return self.problems.faults if self.problems else {}

    @property
    def conflicts(self) -> Sequence[Conflict]:
        return self.problems.conflicts if self.problems else ()

    @property
    def hidden(self) -> frozenset[str]:
        return self.draft.standing.hidden(self._section)

    @property
    def body(self) -> Markup:
        fields = self._fields()
        sheet = Sheet(
            fields=fields,
            faults=self.faults,
            hidden=self.hidden,
            computed=self.computed(),
            meta=self._meta(),
            conflicts={view.id: self._part("conflict", view) for view in self._conflict_views()},
            concerns=self.concerns(),
            linked=self._linked(),
            doubts=self._doubts(),
            explained=frozenset(one.question.id for one in self._own_concerns() if one.wants_note),
            totals=dict(totals(self.draft.standing, self._section, fields)),
            reporting_year=self.draft.assessment.year,
        )
        return section_body(self.draft.questionnaire, self._section, self._translator.language).fill(sheet)

    def _own_concerns(self) -> list[Concern]:
        own = {question.id for question in self._section.asked}
        return [one for one in self.draft.concerns if any(names.owner(field) in own for field in one.fields)]

    def concerns(self) -> dict[str, str]:
        """Return the markup of what does not fit together, each under the first question of the section that it concerns."""
        found: dict[str, list[ConcernView]] = {question.id: [] for question in self._section.asked}
        for concern in self._own_concerns():
            place = next(owner for field in concern.fields if (owner := names.owner(field)) in found)
            found[place].append(concern_view(self.draft, concern, self._translator))
        return {name: self._part("concerns", views) if views else "" for name, views in found.items()}

    def _linked(self) -> dict[str, str]:
        """Return the markup of what each question of the section reads from another submission."""
        views = {
            question.id: figures_view(self.draft, question, self._translator, self._registry)
            for question in self._section.asked
        }
        return {name: self._part("figures", view) for name, view in views.items() if view}

    def _doubts(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for field_name, concern in of_section(self.draft.concerns, self._section):
            found.setdefault(field_name, []).append(concern_id(concern))
        return found

    def _fields(self) -> Fields:
        found: dict[str, Sequence[str]] = {}
        for question in self._section.asked:
            answer = self.draft.stored.get(question.id)
            at = answer.revision if answer else 0
            typed = {name: values for name, values in self._typed().items() if names.owner(name) == question.id}
            stored = as_fields(question, answer.value, answer.note, at) if answer else as_fields(question, None)
            found |= typed or stored
        for conflict in self.conflicts:
            found[names.revision(conflict.mine.question)] = [str(conflict.theirs.revision)]
        return found

    def _typed(self) -> Fields:
        return self.problems.fields if self.problems else {}

    def computed(self) -> dict[str, str]:
        """Return the markup of each computed indicator of the section."""
        return {
            one.id: self._part("formula", computed_view(self.draft, one, self._translator, self._registry))
            for one in self._section.indicators
            if one.question_id is None
        }

    def _meta(self) -> dict[str, str]:
        return {
            name: self._translator.say("%(name)s，%(time)s", name=answer.author.name, time=moment(answer.updated_at))
            for name, answer in self.draft.stored.items()
            if answer.updated_by != self._user_id
        }

    def _conflict_views(self) -> Iterator[ConflictView]:
        wording = Wording(self.draft.questionnaire, self._translator)
        for conflict in self.conflicts:
            question = self.draft.questionnaire.questions[conflict.mine.question]
            yield ConflictView(
                question.id,
                wording.lines(question, conflict.mine.value),
                wording.lines(question, conflict.theirs.value),
                self.author(conflict),
                conflict.mine.note,
                conflict.theirs.note,
            )

    def author(self, conflict: Conflict) -> str:
        """Return who saved the other answer, and when."""
        own = conflict.theirs.by == self._user_id
        name = self._translator.say("您在另一个窗口") if own else conflict.theirs.author
        return self._translator.say("%(name)s，%(time)s", name=name, time=moment(conflict.theirs.at))

    def _part(self, macro: str, *views: object) -> str:
        parts = environment(self._translator.language).get_template("assessments/parts.html")
        return str(getattr(parts.make_module({"names": names}), macro)(*views))

    @property
    def state(self) -> Markup:
        """What the answers so far come to, at the side."""
        if self.scored:
            return Markup(self._part("interval", self.interval))  # noqa: S704 - a template's output
        return Markup(self._part("progress", progress_view(self.draft, self._translator), self.review))  # noqa: S704 - as above

    def fragments(self) -> dict[str, object]:
        """Return what a script refreshes after a save."""
        return {
            "hidden": sorted(self.hidden),
            "computed": self.computed(),
            "interval": self.state,
            "concerns": self.concerns(),
            "contents": self._contents(),
        }

    def _contents(self) -> str:
        parts = environment(self._translator.language).get_template("assessments/parts.html")
        return str(parts.make_module({"names": names}).contents(self.groups, self.section))  # type: ignore[attr-defined]
