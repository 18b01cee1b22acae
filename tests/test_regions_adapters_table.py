"""A plain long table, and what all conversions share."""

import os
from pathlib import Path

import pandas as pd
import pytest
from adapter_samples import SAMPLES, convert, faults_of, pairs, read, write

from regions import read_study
from regions.errors import MethodError, StudyError
from regions.sources import SOURCES, convert_records
from regions.sources.reading.tally import Tally


def test_a_chinese_table_in_gb18030(tmp_path: Path) -> None:
    actors, records, report = convert("table", [SAMPLES / "table_zh.csv"], tmp_path)
    assert pairs(records) == [
        ("CN1", "华为技术有限公司 (深圳市)"),
        ("CN1", "南京大学 (南京市)"),
        ("CN2", "第一人民医院 (南京市)"),
        ("CN2", "第一人民医院 (杭州市)"),
    ]
    assert [(row["kind"], row["region"]) for row in actors[:2]] == [("enterprise", "深圳市"), ("university", "南京市")]
    assert {row["field"] for row in records} == {"新材料", "医药"}
    assert report == {"no-institution": 1, "no-record": 1, "no-year": 1, "repeated": 1, "encoding": 1}


def test_identifiers_coordinates_and_formulas(tmp_path: Path) -> None:
    actors, records, report = convert("table", [SAMPLES / "table_en.csv"], tmp_path)
    found = {row["id"]: row for row in actors}
    assert (found["a2"]["region"], found["a2"]["lon"], found["a2"]["lat"]) == ("", "121.47", "31.23")
    assert found["a3"]["name"] == "'=HYPERLINK(1)"  # no spreadsheet runs it
    assert report == {"coordinates-only": 1, "no-kind": 3}
    assert len(records) == 4


def test_an_identifier_with_two_regions_is_a_fault(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "record,actor_id,region\nr1,a,110000\nr2,a,310000\nr3,b,\n")
    assert faults_of("table", [path], tmp_path / "out") == [("E-CONFLICT", "t.csv", 3, "region")]


def test_every_wrong_cell_is_listed(tmp_path: Path) -> None:
    rows = "r1,a,x,20x0,1,2\nr1,b,x,2020,200,95\nr1,c,x,2020,abc,3\nr1,d,x,2020,1,\nr1,e,x,2020,nan,inf\n"
    path = write(tmp_path / "t.csv", "record,actor,region,year,lon,lat\n" + rows)
    assert faults_of("table", [path], tmp_path / "out") == [
        ("E-YEAR", "t.csv", 2, "year"),
        ("E-LATRANGE", "t.csv", 3, "lat"),
        ("E-NUM", "t.csv", 4, "lon"),
        ("E-NUM", "t.csv", 5, "lat"),
        ("E-NUM", "t.csv", 6, "lon"),
        ("E-NUM", "t.csv", 6, "lat"),
    ]


def test_the_converted_table_is_a_study_that_can_be_read(tmp_path: Path) -> None:
    convert("table", [SAMPLES / "table_zh.csv"], tmp_path)
    write(tmp_path / "study.yaml", "extends: china-cities\n")
    study = read_study(tmp_path)
    assert study.actors is not None
    assert dict(study.actors["region"]) == {
        "华为技术有限公司 (深圳市)": "440300",
        "南京大学 (南京市)": "320100",
        "第一人民医院 (南京市)": "320100",
        "第一人民医院 (杭州市)": "330100",
    }


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"", "E-EMPTY", None),
        (b"record,actor\n", "E-EMPTY", None),
        (b"record,actor\nr1,a\x00b\n", "E-NUL", 2),
        (b"record,actor\nr1,\xe6\xb8\x85\nr2,\xff\xff\n", "E-ENC", 3),
        (b"PK\x03\x04rest", "E-FORMAT", None),
        (b"\x1f\x8b\x08\x00damaged", "E-FORMAT", None),
        (b'record,actor\nr1,"a\nr2,b\n', "E-QUOTE", 2),
        (b"record,who\nr1,a\n", "E-COLUMN", 1),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, data: bytes, code: str, row: int | None) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    assert [(fault[0], fault[2]) for fault in faults_of("table", [path], tmp_path / "out")] == [(code, row)]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert faults_of("table", [tmp_path / "no.csv"], tmp_path / "out")[0][0] == "E-FOLDER"
    assert faults_of("table", [], tmp_path / "out")[0][0] == "E-FOLDER"


def test_line_numbers_count_lines_inside_cells(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", 'record,actor,year\r\nr1,"a\r\nb",2020\r\n\r\nr2,c,x\r\n')
    assert faults_of("table", [path], tmp_path / "out") == [("E-YEAR", "t.csv", 5, "year")]


def test_a_place_function_decides_and_the_rest_is_listed(tmp_path: Path) -> None:
    def place(actors: pd.DataFrame) -> pd.DataFrame:
        there = actors["lon"] == 121.47
        return pd.DataFrame({"region": there.map({True: "R", False: ""}), "how": there.map({True: "point", False: ""})})

    actors, records, report = convert("table", [SAMPLES / "table_en.csv"], tmp_path, place=place)
    assert [(row["id"], row["region"]) for row in actors] == [("a1", ""), ("a2", "R"), ("a3", "")]
    assert pairs(records) == [("r1", "a1"), ("r1", "a2"), ("r2", "a1"), ("r2", "a3")]
    assert report == {"not-placed": 2, "participant-unplaced": 3, "placed": 1, "no-kind": 3}
    assert [row["id"] for row in read(tmp_path / "unplaced.csv")] == ["a1", "a3"]


def test_an_older_table_that_has_no_rows_now_is_removed(tmp_path: Path) -> None:
    write(tmp_path / "unplaced.csv", "id\nold\n")
    convert("table", [SAMPLES / "table_zh.csv"], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["actors.csv", "dropped.csv", "records.csv"]


def test_a_failed_conversion_leaves_the_old_tables(tmp_path: Path) -> None:
    convert("table", [SAMPLES / "table_zh.csv"], tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    path = write(tmp_path.parent / "bad.csv", "record,actor,year\nr1,a,x\n")
    with pytest.raises(StudyError):
        convert_records("table", [path], tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_no_temporary_database_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    convert("table", [SAMPLES / "table_zh.csv"], tmp_path / "out")
    path = write(tmp_path / "bad.csv", "record,actor,year\nr1,a,x\n")
    faults_of("table", [path], tmp_path / "bad")
    assert os.listdir(tmp_path / "tmp") == []  # noqa: PTH208 - shows hidden files too


def test_unknown_sources_and_levels_are_named(tmp_path: Path) -> None:
    with pytest.raises(MethodError, match="there is no source 'pubmed'; there are: openalex, cordis"):
        convert_records("pubmed", [], tmp_path)
    with pytest.raises(MethodError, match="wos does not tell the region at level 'nuts2'; it tells: country, city"):
        convert_records("wos", [], tmp_path, level="nuts2")


def test_every_source_offers_its_usual_level() -> None:
    assert all(source.level in source.levels for source in SOURCES.values())


def test_a_reason_that_is_not_in_the_list_cannot_be_counted() -> None:
    with pytest.raises(KeyError):
        Tally().add("because")


def test_the_report_has_both_languages_and_the_first_place(tmp_path: Path) -> None:
    done = convert_records("table", [SAMPLES / "table_zh.csv"], tmp_path)
    assert list(done.report.columns) == ["reason", "what", "count", "first", "text", "text_zh"]
    assert done.report.set_index("reason").loc["no-record", "first"] == "table_zh.csv:8"
    assert done.report["text"].str.len().min() > 0
    assert done.report["text_zh"].str.len().min() > 0
    assert len(read(tmp_path / "dropped.csv")) == len(done.report)
