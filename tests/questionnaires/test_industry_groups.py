from __future__ import annotations

from datetime import date

from questionnaires.enterprise import industries
from questionnaires.industry_groups import industry_group, industry_groups
from questionnaires.regions import CURRENT


def test_at_most_eight_groups_hold_every_division_once() -> None:
    groups = industry_groups(CURRENT)

    assert len(groups) <= 8
    assert sorted(code for group in groups for code in group.divisions) == sorted(industries())
    assert len({group.id for group in groups}) == len({group.name.en for group in groups}) == len(groups)


def test_a_division_has_the_group_of_its_day() -> None:
    vehicles = industry_group("36", CURRENT)

    assert vehicles is not None
    assert vehicles.id == "vehicle"
    assert industry_group("36", date(1990, 1, 1)) == vehicles
    assert industry_group("44", CURRENT) is None
