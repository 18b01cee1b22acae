"""What is noticed about sound data."""

from pathlib import Path

import pandas as pd
import pytest

from regions import read_study
from regions.tables.data_warnings import HYPER_RECORD, warn_network, warn_points


def codes(folder: Path, name: str, text: str) -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    return [fault.code for fault in read_study(folder).warnings]


def pairs(*links: str) -> pd.DataFrame:
    return pd.DataFrame([tuple(link) for link in links], columns=["source", "target"])


def test_years_without_data_are_named(folder: Path) -> None:
    assert codes(folder, "links.csv", "source,target,year\nA,B,2015\nB,C,2018\n") == ["W-GAP"]
    assert "2016 ... 2017" in read_study(folder).warnings[0].message
    assert codes(folder, "links.csv", "source,target,year\nA,B,2015\nB,C,2016\n") == []


def test_one_region_is_no_network() -> None:
    assert [fault.code for fault in warn_network(pairs("AA"), ["A", "B"])] == ["W-TRIVIAL"]
    assert [fault.code for fault in warn_network(pairs(), ["A"])] == ["W-TRIVIAL"]


def test_parts_and_isolates_are_counted() -> None:
    fault = warn_network(pairs("AB", "CD", "DE", "EC"), list("ABCDEFG"))[0]
    assert fault.code == "W-COMPONENTS"
    assert "2 parts" in fault.message
    assert "2 region(s)" in fault.message


def test_a_network_in_one_part_is_not_mentioned_though_some_regions_have_no_link() -> None:
    assert warn_network(pairs("AB", "BC"), list("ABCD")) == []


def test_regions_at_one_place_are_named() -> None:
    regions = pd.DataFrame({"name": ["a", "b", "c"], "name_zh": ["甲", "乙", "丙"]}, index=list("ABC"))
    points = pd.DataFrame({"lon": [1.0, 1.0, float("nan")], "lat": [2.0, 2.0, float("nan")]}, index=list("ABC"))
    assert warn_points(regions, points)[0].message == "regions at the same place: a (A), b (B); their distance is zero."
    assert warn_points(regions, points.iloc[1:]) == []


@pytest.mark.parametrize(("size", "noticed"), [(HYPER_RECORD, False), (HYPER_RECORD + 1, True)])
def test_very_large_records_are_named(folder: Path, size: int, noticed: bool) -> None:
    (folder / "links.csv").unlink()
    rows = "".join(f"{i},x,{'ABC'[i % 3]}\n" for i in range(size))
    (folder / "actors.csv").write_text("id,name,region\n" + rows, encoding="utf-8")
    found = codes(folder, "records.csv", "record,actor\n" + "".join(f"r,{i}\n" for i in range(size)))
    assert found == (["W-HYPER"] if noticed else [])


def test_many_of_a_kind_are_one_line_that_counts_them(folder: Path) -> None:
    regions = f"code,name\nA,{'x' * 101}\nB,{'x' * 140}\nC,{'x' * 130}\n"
    (folder / "regions.csv").write_text(regions, encoding="utf-8")
    (folder / "links.csv").unlink()
    (folder / "actors.csv").write_text(
        "id,name,region\n" + "".join(f"{i},x,{'ABC'[i % 3]}\n" for i in range(120)), encoding="utf-8"
    )
    rows = "".join(f"{record},{i}\n" for record, size in (("r", 110), ("s", 120)) for i in range(size))
    (folder / "records.csv").write_text("record,actor\n" + rows, encoding="utf-8")
    long, large = read_study(folder).warnings
    assert (long.code, long.row, long.message) == (
        "W-LONG",
        3,
        "3 names of more than 100 characters, here the longest of 140; they are cut where shown.",
    )
    assert large.message.startswith("2 records have more than 100 actors; the largest, s, has 120 actors, 7,140 pairs.")


def test_long_names_control_characters_and_reserved_columns(folder: Path) -> None:
    text = f"code,name,geometry\nA,{'x' * 300},1\nB,b\x1b[31m,2\nC,c,3\n"
    assert codes(folder, "regions.csv", text) == ["W-LONG", "W-CTRL", "W-COLS"]
