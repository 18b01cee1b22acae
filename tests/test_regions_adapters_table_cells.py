"""Cells with several names, pairs of partners, words for nothing, workbooks: long tables as planners keep them."""

from pathlib import Path

import pytest
from adapter_samples import convert, faults_of, pairs, read, write

HEAD = "申请号,申请人,申请年,城市\n"
PATENTS = HEAD + (
    "CN001,江东大学;甲机械有限公司,2020,南京市\n"
    "CN002,江西大学；乙电子有限公司,2021,南京市\n"
    "CN003,江东大学,2021,南京市\n"
    "CN003,乙电子有限公司,2021,苏州市\n"
)


def test_joint_applicants_in_one_cell_are_participants_of_their_own(tmp_path: Path) -> None:
    actors, records, report = convert("table", [write(tmp_path / "p.csv", PATENTS)], tmp_path / "o")
    assert pairs(records) == [
        ("CN001", "江东大学 (南京市)"),
        ("CN001", "甲机械有限公司"),  # it took part, wherever it is
        ("CN002", "乙电子有限公司 (苏州市)"),  # its region stands in another row
        ("CN002", "江西大学 (南京市)"),
        ("CN003", "乙电子有限公司 (苏州市)"),
        ("CN003", "江东大学 (南京市)"),
    ]
    assert {row["region"] for row in actors} == {"南京市", "苏州市", ""}
    assert (report["several-names"], report["joined"], report["no-region"]) == (2, 1, 1)
    assert [row["id"] for row in read(tmp_path / "o" / "unplaced.csv")] == ["甲机械有限公司"]


@pytest.mark.parametrize(
    ("cell", "region", "found"),
    [
        ("甲大学|乙大学", "A|B", ["乙大学 (B)", "甲大学 (A)"]),
        ("甲大学、乙大学", "A;B", ["乙大学 (B)", "甲大学 (A)"]),
        ("甲大学；甲大学", "A", ["甲大学 (A)"]),
        ("水、电与气", "A", ["水、电与气 (A)"]),  # no list of organisations
        ("Acme, Inc", "A", ["Acme, Inc (A)"]),
        (";甲大学;", "A", ["甲大学 (A)"]),
        ("甲大学", "A;B", ["甲大学 (A;B)"]),  # one name: the cell is left as it is
    ],
)
def test_what_parts_names(tmp_path: Path, cell: str, region: str, found: list[str]) -> None:
    path = write(tmp_path / "p.csv", f'record,actor,region\nr,"{cell}",{region}\n')
    actors, _, _ = convert("table", [path], tmp_path / "o")
    assert [row["id"] for row in actors] == found


def test_a_place_written_short_is_the_same_actor_unless_it_could_be_two(tmp_path: Path) -> None:
    rows = "r1,甲大学,上海市\nr2,甲大学,上海\nr3,乙大学,吉林省\nr4,乙大学,吉林市\nr5,乙大学,吉林\nr6,甲大学,\n"
    path = write(tmp_path / "p.csv", "record,actor,region\n" + rows)
    actors, _, report = convert("table", [path], tmp_path / "o")
    assert [row["id"] for row in actors] == ["乙大学 (吉林)", "乙大学 (吉林市)", "乙大学 (吉林省)", "甲大学 (上海市)"]
    assert report["joined"] == 2


def test_an_identifier_may_write_its_region_short(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", "record,actor_id,region\nr1,a,上海市\nr2,a,上海\nr3,a,北京\n")
    assert faults_of("table", [path], tmp_path / "o") == [("E-CONFLICT", "p.csv", 4, "region")]


def test_pairs_of_partners_are_records_of_two(tmp_path: Path) -> None:
    partners = ("乙大学,南京市,2", "丙大学,杭州市,—", "丁大学,杭州市,0")
    rows = "".join(f"上海,甲公司,企业,{partner},2021\n" for partner in partners)
    path = write(tmp_path / "pairs.csv", "地区,单位名称,单位性质,合作单位,合作单位所在地,专利数（件）,年份\n" + rows)
    actors, records, report = convert("table", [path], tmp_path / "o")
    assert pairs(records) == [
        ("pairs-2-1", "乙大学 (南京市)"),
        ("pairs-2-1", "甲公司 (上海)"),
        ("pairs-2-2", "乙大学 (南京市)"),
        ("pairs-2-2", "甲公司 (上海)"),
    ]
    assert {row["name"]: row["kind"] for row in actors} == {"乙大学": "other", "甲公司": "enterprise"}
    assert report["bad-count"] == 2  # a dash and a zero


def test_a_partner_in_a_table_of_records_is_one_more_participant(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", "申请号,申请人,合作单位,城市,合作单位所在地\nr,甲,乙;丙,A,B;C\n")
    _, records, _ = convert("table", [path], tmp_path / "o")
    assert pairs(records) == [("r", "丙 (C)"), ("r", "乙 (B)"), ("r", "甲 (A)")]


@pytest.mark.parametrize("count", ["two", "1.5", "-1", "99999"])
def test_a_count_that_is_none_is_a_fault(tmp_path: Path, count: str) -> None:
    path = write(tmp_path / "p.csv", f"单位名称,合作单位,件数\n甲,乙,{count}\n")
    assert faults_of("table", [path], tmp_path / "o") == [("E-NUM", "p.csv", 2, "件数")]


@pytest.mark.parametrize("word", ["NA", "NaN", "null", "None", "", "n/a", "—"])
def test_a_year_that_is_no_year_is_empty_and_counted(tmp_path: Path, word: str) -> None:
    path = write(tmp_path / "p.csv", f"record,actor,region,year\nr1,a,A,2020\nr1,b,B,2020\nr2,a,A,{word}\n")
    _, records, report = convert("table", [path], tmp_path / "o")
    assert [row["record"] for row in records] == ["r1", "r1"]
    assert (report["no-year"], report.get("year-word", 0)) == (1, int(bool(word)))


def test_rows_that_differ_in_year_kind_or_field_stay(tmp_path: Path) -> None:
    rows = "r,a,A,2020,patent\nr,a,A,2021,patent\nr,a,A,2021,paper\nr,a,A,2021,paper\nr,b,B,2021,paper\n"
    path = write(tmp_path / "p.csv", "record,actor,region,year,record_kind\n" + rows)
    _, records, report = convert("table", [path], tmp_path / "o")
    assert [(row["actor"], row["year"], row["kind"]) for row in records] == [
        ("a (A)", "2020", "patent"),
        ("a (A)", "2021", "paper"),
        ("a (A)", "2021", "patent"),
        ("b (B)", "2021", "paper"),
    ]
    assert report["repeated"] == 1


def test_a_row_without_a_year_takes_the_one_year_of_its_record(tmp_path: Path) -> None:
    rows = "r1,a,A,2020\nr1,b,B,\nr2,a,A,2020\nr2,b,B,2021\nr2,c,C,\nr3,a,A,\n"
    _, records, report = convert(
        "table", [write(tmp_path / "p.csv", "record,actor,region,year\n" + rows)], tmp_path / "o"
    )
    assert [(row["record"], row["actor"], row["year"]) for row in records] == [
        ("r1", "a (A)", "2020"),
        ("r1", "b (B)", "2020"),
        ("r2", "a (A)", "2020"),
        ("r2", "b (B)", "2021"),
    ]
    assert (report["year-filled"], report["year-unclear"], report["no-year"]) == (1, 1, 1)


def test_a_second_column_of_the_same_meaning_and_a_point_at_zero_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", "record,actor,城市,省份,lon,lat\nr,a,南京,江苏,0,0\n")
    actors, _, report = convert("table", [path], tmp_path / "o")
    assert actors[0]["region"] == "南京"
    assert (report["other-column"], report["no-point"]) == (1, 1)


def test_a_workbook_is_read_like_a_csv_file(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in PATENTS.splitlines():
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    book.create_sheet("说明").append(["人工整理"])
    book.create_sheet("空")
    book.save(tmp_path / "p.xlsx")
    plain = convert("table", [write(tmp_path / "p.csv", PATENTS)], tmp_path / "a")
    found = convert("table", [tmp_path / "p.xlsx"], tmp_path / "b")
    assert found[:2] == plain[:2]
    assert found[2] == {**plain[2], "other-sheet": 1}


def test_a_formula_without_a_value_and_a_missing_column_are_faults(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["record", "actor", "note"])
    book.active.append(["r", "=1+1", "=2+2"])
    book.save(tmp_path / "f.xlsx")
    assert faults_of("table", [tmp_path / "f.xlsx"], tmp_path / "o") == [("E-FORMULA", "f.xlsx", 2, "actor")]
    book.active["B1"] = "who"
    book.save(tmp_path / "m.xlsx")
    assert faults_of("table", [tmp_path / "m.xlsx"], tmp_path / "o") == [("E-COLUMN", "m.xlsx", 1, "actor")]
