"""The forms of single values: ids, versions, formulas, and what an id may refer to."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from questionnaires.description import Expression, Pattern, Ref, Within
from questionnaires.text import Text

ID = Pattern(
    "bad-id",
    r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*",
    Text("小写字母开头、用点分隔的标识，例如 a1.positioning", "a lower-case dotted id such as a1.positioning"),
)
WORD = Pattern(
    "bad-id",
    r"[a-z0-9][a-z0-9_]*",
    Text("一个小写单词，例如 some_of_it", "a single lower-case word such as some_of_it"),
)
SLUG = Pattern(
    "bad-id",
    r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
    Text("小写单词，用连字符相连，例如 input-output", "lower-case words joined by hyphens, such as input-output"),
)
VERSION = Pattern(
    "bad-id",
    r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}",
    Text('加引号的三段版本号，例如 "1.0.0"', 'a quoted version of three numbers, such as "1.0.0"'),
)
PARTIAL_DATE = Pattern(
    "bad-date",
    r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?",
    Text('加引号的年、年-月或年-月-日，例如 "2023"', 'a quoted year, year-month or date, such as "2023"'),
)
DIVISION = Pattern(
    "bad-id", r"[0-9]{2}", Text('加引号的两位行业大类，例如 "34"', 'a quoted division of two digits, such as "34"')
)

Id: TypeAlias = Annotated[str, ID]
Word: TypeAlias = Annotated[str, WORD]
Slug: TypeAlias = Annotated[str, SLUG]
Version: TypeAlias = Annotated[str, VERSION]
Formula: TypeAlias = Annotated[str, Expression()]
Condition: TypeAlias = Annotated[str, Expression(condition=True)]
FormulaOfYears: TypeAlias = Annotated[str, Expression(by_years=True)]
ConditionOfYears: TypeAlias = Annotated[str, Expression(condition=True, by_years=True)]
LevelFormula: TypeAlias = Annotated[str, Expression(local=frozenset({"level"}))]
LadderRef: TypeAlias = Annotated[str, Ref("ladder")]
QuestionRef: TypeAlias = Annotated[str, Ref("question")]
GroupRef: TypeAlias = Annotated[str, Ref("group")]
DimensionRef: TypeAlias = Annotated[str, Ref("dimension")]
ValueRef: TypeAlias = Annotated[str, Ref("value")]
AnswerSetRef: TypeAlias = Annotated[str, Ref("answer-set")]
CatalogueRef: TypeAlias = Annotated[str, Ref("node")]
TopicRef: TypeAlias = Annotated[str, Ref("topic")]
TermRef: TypeAlias = Annotated[str, Ref("term")]
DisclosureRef: TypeAlias = Annotated[str, Ref("disclosure")]
ReferenceRef: TypeAlias = Annotated[str, Ref("reference")]
MeasureRef: TypeAlias = Annotated[str, Ref("measure")]
RowRef: TypeAlias = Annotated[str, Ref("row")]
PlaceRef: TypeAlias = Annotated[str, Ref("place")]
Post: TypeAlias = Annotated[float | str, Ref("parameter")]
Industry: TypeAlias = Annotated[str, DIVISION]
Year: TypeAlias = Annotated[int, Within(low=-20, high=0)]
Weight: TypeAlias = Annotated[float, Within(low=0)]
LevelNumber: TypeAlias = Annotated[int, Within(low=0, high=100)]
Decimals: TypeAlias = Annotated[int, Within(low=0, high=9)]
AggregationKind: TypeAlias = Literal["arithmetic", "geometric", "harmonic", "minimum", "lead"]
NormalisationKind: TypeAlias = Literal["goalposts", "min-max", "z-score", "rank", "distance-to-target"]
ImputationKind: TypeAlias = Literal["none", "mean", "median"]
Outcome: TypeAlias = Literal["level", "index", "measured"]
