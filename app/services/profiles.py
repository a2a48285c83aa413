"""What an enterprise says of itself: read from a form, checked, and described."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final, TypeVar

from app.errors import InvalidError
from app.models import Organisation
from app.services.numbers import Bounds, parse_number
from questionnaires import regions
from questionnaires.enterprise import SIZES, industries, normalised_uscc, size_class, uscc_faults
from questionnaires.text import Text

Value = TypeVar("Value")
STAFF: Final = Bounds(1, 5_000_000, 0, ("人", "persons"))
REVENUE: Final = Bounds(0, 1_000_000_000, 2, ("万元", "10,000 yuan"))
LONGEST_NAME: Final = 120


@dataclass(frozen=True)
class Typed:
    """The form as typed; the three regions are codes, empty where not chosen."""

    uscc: str = ""
    name: str = ""
    province: str = ""
    prefecture: str = ""
    county: str = ""
    industry: str = ""
    staff: str = ""
    revenue: str = ""


@dataclass(frozen=True)
class Profile:
    """An enterprise as it will be stored; `staff` in persons, `revenue` in 万元 of the last full year."""

    uscc: str
    name: str
    region: str
    industry: str
    staff: int
    revenue: float


def typed_of(organisation: Organisation) -> Typed:
    """Return the form filled with what is stored."""
    chain = tuple(one.code for one in regions.path(organisation.region, regions.CURRENT))
    province, prefecture, county = (*chain, "", "", "")[:3]
    return Typed(
        uscc=organisation.uscc,
        name=organisation.name,
        province=province,
        prefecture=prefecture,
        county=county,
        industry=organisation.industry,
        staff=str(organisation.staff),
        revenue=f"{organisation.revenue:.2f}".rstrip("0").rstrip("."),
    )


def read(typed: Typed) -> tuple[Profile | None, dict[str, InvalidError]]:
    """Return the profile, or None and what is wrong with each field."""
    faults: dict[str, InvalidError] = {}

    def attempt(field: str, reader: Callable[[], Value]) -> Value | None:
        try:
            return reader()
        except InvalidError as error:
            faults[field] = error
            return None

    values = {
        "uscc": attempt("uscc", lambda: _uscc(typed.uscc)),
        "name": attempt("name", lambda: _name(typed.name)),
        "region": attempt(open_region(typed) or "province", lambda: _region(typed)),
        "industry": attempt("industry", lambda: _industry(typed.industry)),
        "staff": attempt("staff", lambda: _figure(typed.staff, STAFF)),
        "revenue": attempt("revenue", lambda: _figure(typed.revenue, REVENUE)),
    }
    return (None, faults) if faults else (Profile(**values), {})  # type: ignore[arg-type]  # none is None without faults


def _uscc(typed: str) -> str:
    codes = {fault.code for fault in uscc_faults(typed) if not fault.warning}
    if "uscc-form" in codes:
        raise InvalidError("统一社会信用代码应是 18 位数字和大写字母，没有 I、O、S、V、Z。请照营业执照填写。")
    if codes:
        raise InvalidError("统一社会信用代码的校验码不符，有一位可能抄错了。请照营业执照逐位核对。")
    return normalised_uscc(typed)


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not 2 <= len(name) <= LONGEST_NAME:
        raise InvalidError("请填写营业执照上的企业名称（2 至 120 个字）。")
    return name


def open_region(typed: Typed) -> str | None:
    """Return the first of the three fields that must still be chosen, None when the region is complete."""
    above: str | None = None
    for field, code in (("province", typed.province), ("prefecture", typed.prefecture), ("county", typed.county)):
        below = {one.code for one in regions.children(above, regions.CURRENT)}
        if not below:
            return None
        if code not in below:
            return field
        above = code
    return None


def _region(typed: Typed) -> str:
    if open_region(typed):
        raise InvalidError("请选择企业的所在地，选到最后一级。")
    chosen = [code for code in (typed.province, typed.prefecture, typed.county) if code]
    # A choice left over from another province is not below the one that counts, so only the chain is kept.
    chain = [code for index, code in enumerate(chosen) if index == 0 or regions.parent(code) == chosen[index - 1]]
    return chain[-1]


def _industry(typed: str) -> str:
    if typed not in industries():
        raise InvalidError("请选择行业大类。")
    return typed


def _figure(typed: str, bounds: Bounds) -> float:
    value = parse_number(typed, bounds)
    if value is None:
        raise InvalidError("请填写这一项。")
    return value


def size_of(staff: float, revenue: float) -> Text:
    """Return the name of the size class."""
    return SIZES[size_class(staff, revenue)]


def size_as_typed(staff: str, revenue: str) -> Text | None:
    """Return the size class of two figures as typed, None while either is not acceptable."""
    try:
        persons, money = parse_number(staff, STAFF), parse_number(revenue, REVENUE)
    except InvalidError:
        return None
    return None if persons is None or money is None else size_of(persons, money)


def region_name(code: str) -> Text:
    """Return the names of a region from the province down; the code itself if it is in no table."""
    chain = regions.path(code, regions.CURRENT)
    if not chain:
        return Text(code, code)
    return Text("".join(one.name.zh for one in chain), ", ".join(one.name.en for one in reversed(chain)))


def region_choices(typed: Typed) -> dict[str, tuple[regions.Region, ...]]:
    """Return what can be chosen in each of the three fields, given the choices above it."""
    choices = {"province": regions.children(None, regions.CURRENT)}
    for field, above in (("prefecture", typed.province), ("county", typed.prefecture)):
        upper = {one.code for one in choices["province" if field == "prefecture" else "prefecture"]}
        choices[field] = regions.children(above, regions.CURRENT) if above in upper else ()
    return choices


def industry_name(code: str) -> Text:
    """Return the name of a division of manufacturing; the code itself if it is none."""
    known = industries().get(code)
    return known.name if known else Text(code, code)


def doubts(profile: Profile | Organisation) -> set[str]:
    """Return what is acceptable but worth a second look: `uscc-organisation`, `tertiary`."""
    found = {fault.code for fault in uscc_faults(profile.uscc) if fault.warning}
    known = industries().get(profile.industry)
    return found | ({"tertiary"} if known and known.tertiary else set())


def fields_of(typed: Typed) -> dict[str, str]:
    """Return the form as a mapping."""
    return asdict(typed)
