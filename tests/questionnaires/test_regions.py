from __future__ import annotations

from datetime import date

from questionnaires.regions import CURRENT, children, parent, path, region, regions

PREFIXES = {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82}


def test_the_provinces_are_those_of_the_standard_with_their_english_names() -> None:
    provinces = children(None, CURRENT)

    assert {int(one.code[:2]) for one in provinces} == PREFIXES
    assert not any(one.transcribed for one in provinces)
    names = {one.code[:2]: one.name.en for one in provinces}
    assert (names["14"], names["61"], names["15"], names["54"], names["82"]) == (
        "Shanxi",
        "Shaanxi",
        "Inner Mongolia",
        "Xizang",
        "Macao",
    )
    assert len(set(names.values())) == 34


def test_every_code_has_a_parent_that_is_in_the_table() -> None:
    assert {int(code[:2]) for code in regions()} == PREFIXES
    for code in regions():
        above = parent(code)
        assert above is None or above in regions(), code


def test_a_path_runs_from_the_province_down() -> None:
    assert [one.name.zh for one in path("330106", CURRENT)] == ["浙江省", "杭州市", "西湖区"]
    assert [one.rank for one in path("330106", CURRENT)] == ["province", "prefecture", "county"]
    assert [one.name.zh for one in path("110101", CURRENT)] == ["北京市", "东城区"]
    assert [one.name.zh for one in path("429004", CURRENT)] == ["湖北省", "仙桃市"]
    assert path("999999", CURRENT) == ()


def test_a_code_is_valid_only_in_its_time() -> None:
    assert region("110103", date(2009, 6, 1)) is not None  # 崇文区, merged into 东城区 in 2010
    assert region("110103", CURRENT) is None
    assert region("460400", date(2010, 1, 1)) is None  # 儋州市, a prefecture-level city since 2015
    assert region("460400", CURRENT) is not None


def test_a_renamed_region_has_the_name_of_the_day() -> None:
    old, new = region("371324", date(2010, 1, 1)), region("371324", CURRENT)
    assert old is not None
    assert new is not None
    assert (old.name.zh, new.name.zh) == ("苍山县", "兰陵县")


def test_the_current_table_has_its_counts() -> None:
    current = [one for entries in regions().values() for one in entries if one.before is None]
    ranks = [one.rank for one in current]
    assert (ranks.count("province"), ranks.count("prefecture"), ranks.count("county")) == (34, 333, 2846)
