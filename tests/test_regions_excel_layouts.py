"""Twenty layouts of real public files, each with what must come out of it (tests/data/excel_layouts)."""

import json
from pathlib import Path
from typing import Any

import pytest

from regions import Study, StudyError, read_study
from regions.layouts import unit_words

DATA = Path(__file__).parent / "data" / "excel_layouts"
WANTED: dict[str, dict[str, Any]] = {
    folder.name: json.loads((folder / "want.json").read_text(encoding="utf-8")) for folder in sorted(DATA.iterdir())
}
STATISTICS = [name for name, want in WANTED.items() if want["table"] == "indicators"]


def find_input(name: str) -> Path:
    files = [path for path in sorted((DATA / name).iterdir()) if path.name != "want.json"]
    return next((path for path in files if path.suffix != ".csv"), files[0])


@pytest.fixture(scope="module")
def studies() -> dict[str, Study]:
    return {name: read_study(find_input(name)) for name in STATISTICS}


@pytest.mark.parametrize("name", STATISTICS)
def test_statistics_are_read_as_they_are(studies: dict[str, Study], name: str) -> None:
    study, want = studies[name], WANTED[name]
    assert study.frame is not None
    assert study.frame.en.startswith(f"Frame: {want['frame']} ")
    table = study.indicators
    assert table is not None
    filled = table.drop(columns=["code", "year"]).notna().any(axis=1)
    assert sorted({int(year) for year in table.loc[filled, "year"]}) == want["years"]
    assert table["code"].nunique() == want["regions"]
    for column, values in want["indicators"].items():
        header = column if column in table else str(table.columns[2])
        by_year = {str(year): part for year, part in table.groupby("year")[header]}
        for year, wanted in values.get("sum_by_year", {}).items():
            assert by_year[year].sum() == pytest.approx(wanted, rel=1e-6), (
                header,
                year,
            )  # as rounded there
        for year, wanted in values.get("missing", {}).items():
            assert by_year[year].isna().sum() == wanted, (header, year)


@pytest.mark.parametrize("name", STATISTICS)
def test_indicators_have_their_units_and_nothing_else_is_one(studies: dict[str, Study], name: str) -> None:
    study, want = studies[name], WANTED[name]["indicators"]
    assert study.indicators is not None
    assert study.dictionary is not None
    assert list(study.dictionary.index) == list(study.indicators.columns[2:])
    unknown = {"分省年度数据"} if name.startswith("03") else {"人口密度"} if name.startswith("12") else set()
    assert set(study.dictionary.index) - set(want) == unknown
    for column, values in want.items():
        if "unit" in values:
            assert study.dictionary.loc[column, "unit"] == values["unit"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("01-nbs-provinces-years-across-xls", {"W-NOVALUE"}),
        ("03-nbs-csv-tabs", {"W-NOVALUE", "W-UNNAMED"}),
        ("07-yearbook-cnki-xls-default-password", {"W-SHEET", "W-SMALL"}),
        ("13-ceads-vector-and-matrix", {"W-TWICE", "W-SHEET", "W-FORMER"}),
        ("15-city-by-year-with-side-block", {"W-BOUND", "W-TOTAL", "W-SHEET"}),
        ("17-indicator-year-rows-provinces-across", {"W-MERGED", "W-TWICE"}),
        ("12-city-panel-commercial", {"W-FORMER", "W-SHEET"}),
    ],
)
def test_whatever_is_passed_over_is_named(studies: dict[str, Study], name: str, codes: set[str]) -> None:
    assert {warning.code for warning in studies[name].warnings} - {"W-PASSED"} == codes


def test_rows_and_columns_that_are_not_used_are_counted_file_by_file(studies: dict[str, Study]) -> None:
    told = [fault for fault in studies["13-ceads-vector-and-matrix"].warnings if fault.code == "W-PASSED"]
    rows = [
        fault.message for fault in studies["01-nbs-provinces-years-across-xls"].warnings if fault.code == "W-PASSED"
    ]
    assert told
    assert rows == ["5 row(s) are left out: titles 3, notes 2."]


def test_a_region_that_was_absorbed_keeps_its_values(studies: dict[str, Study]) -> None:
    table = studies["12-city-panel-commercial"].indicators
    assert table is not None
    assert set(table.loc[table["code"] == "341400", "year"]) == {2009, 2010}


@pytest.mark.parametrize(
    ("name", "question"),
    [("21-weights-matrix-without-names", "31"), ("27-units-without-a-place", "所在地区")],
)
def test_what_cannot_be_known_is_asked_in_one_line(name: str, question: str) -> None:
    with pytest.raises(StudyError) as caught:
        read_study(find_input(name))
    (fault,) = caught.value.faults
    assert question in fault.describe("zh")


@pytest.mark.parametrize("name", ["23-od-ego-list-target-in-file-name", "24-named-matrix-sheet-per-year"])
def test_links_are_read_as_they_are(name: str) -> None:
    study, want = read_study(find_input(name)), WANTED[name]
    assert study.links is not None
    assert study.directed is want["directed"]
    sums = study.links.groupby("year")["weight"].sum()
    assert {str(year): value for year, value in sums.items()} == pytest.approx(want["weight"], rel=1e-9)


def test_patents_of_several_applicants_are_read_as_they_are() -> None:
    study = read_study(find_input("25-patent-list-several-applicants"))
    assert study.records is not None
    assert study.records["record"].nunique() == WANTED["25-patent-list-several-applicants"]["records"]
    assert set(study.records["year"]) == {2022}


def test_a_list_of_pilot_cities_is_read_as_groups() -> None:
    study, want = read_study(find_input("28-pilot-city-list")), WANTED["28-pilot-city-list"]
    assert study.groups is not None
    assert study.groups.groupby("group")["code"].nunique().to_dict() == want["groups"]
    (warning,) = study.warnings
    assert (warning.code, "海南省" in warning.message) == ("W-LEVEL", True)


def test_a_default_password_needs_an_extra_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "msoffcrypto.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(StudyError, match="regionet\\[locked\\]"):
        read_study(find_input("07-yearbook-cnki-xls-default-password"))


def test_units_are_told_from_words() -> None:
    assert [unit_words.is_unit(word) for word in ("万千瓦", "人/平方公里", "million tones", "GDP", "地区")] == [
        True,
        True,
        True,
        False,
        False,
    ]
