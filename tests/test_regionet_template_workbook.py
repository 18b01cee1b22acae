"""The empty workbook, filled in and read back, and the workbook of faults."""

from dataclasses import fields
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from regionet.cli import app
from regionet.commands.studies.template_workbook import write_template
from regionet.console.fault_workbook import write_faults
from regions import Fault, StudyError, read_study
from regions.schema.headers import match_headers, recognise_table
from regions.schema.tables import SETTINGS, SHEETS, TABLES
from regions.study_card import StudyCard


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


FILLED = {
    "regions": [
        ["310100", None, "上海市", "city", None, 121.5, 31.2],
        ["010001", None, "南京市", "city", None, 118.8, 32.1],
    ],
    "actors": [["a1", None, "甲大学", "高校", "上海"], ["a2", None, "乙公司", "企业", "010001"]],
    "records": [["P1", "a1", 2020, "patent", "IC"], ["P1", "a2", 2020, "patent", "IC"]],
    "indicators": [["上海", 2020], ["南京", 2020]],
    "groups": [["沪宁", "上海", None], ["沪宁", "南京", None]],
}


def fill(path: Path, language: str, rows: dict[str, list[list[object]]], **settings: str) -> Path:
    book = openpyxl.load_workbook(path)
    for name, lines in rows.items():
        for line in lines:
            book[SHEETS[name].text(language)].append(line)
    sheet = book[SHEETS["settings"].text(language)]
    for row in sheet.iter_rows(min_row=2):
        name = next(key for key, item in SETTINGS.items() if row[0].value in item.label)
        row[1].value = settings.get(name)
    book.save(path)
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_of_every_table_is_in_the_template_under_a_name_that_is_understood(language: str) -> None:
    for name, table in TABLES.items():
        columns = {canonical: column for canonical, column in table.items() if column.offered}
        headers = [column.label.text(language) for column in columns.values()]
        assert match_headers(name, [f"{header}*" for header in headers]) == {
            canonical: f"{header}*" for canonical, header in zip(columns, headers, strict=True)
        }
        assert recognise_table(SHEETS[name].text(language)) == name
        assert {canonical for canonical, column in table.items() if column.required} <= set(columns)


def test_every_setting_and_column_is_told_in_both_languages() -> None:
    assert set(SETTINGS) - {"level"} <= {each.name for each in fields(StudyCard)}
    for told in (*SETTINGS.values(), *(column for table in TABLES.values() for column in table.values())):
        assert all(told.meaning), told
    assert all(column.label.zh for table in TABLES.values() for column in table.values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_that_is_filled_in_is_read_back(tmp_path: Path, language: str) -> None:
    path = fill(write_template(tmp_path / "t.xlsx", language=language), language, FILLED, title="沪宁")
    study = read_study(path)
    assert list(study.regions.index) == ["010001", "310100"]
    assert study.actors is not None
    assert study.actors["kind"].tolist() == ["university", "enterprise"]
    assert study.actors["region"].tolist() == ["310100", "010001"]
    assert study.records is not None
    assert (len(study.records), study.links, study.title.zh) == (2, None, "沪宁")
    assert study.warnings == ()


def test_the_choices_of_the_settings_are_understood_in_both_languages(tmp_path: Path) -> None:
    rows = {"links": [["上海", "江苏", 3, 2020, None, None]]}
    for language, values in (("zh", ("是", "相加", "略去")), ("en", ("true", "sum", "drop"))):
        path = write_template(tmp_path / f"{language}.xlsx", language=language)
        chosen = dict(zip(("directed", "mirrored", "unknown"), values, strict=True))
        study = read_study(fill(path, language, rows, extends="china", **chosen))
        assert study.directed is True
        assert len(study.regions) == 31


def test_an_empty_template_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        read_study(write_template(tmp_path / "t.xlsx"))
    assert caught.value.faults[0].code == "E-FOLDER"
    assert "china" in caught.value.faults[0].hint_zh


def test_the_template_offers_lists_and_keeps_codes_as_text(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_template(tmp_path / "t.xlsx", language="zh"))
    lists = {str(rule.sqref): rule.formula1 for rule in book["主体"].data_validations.dataValidation}
    assert "高校" in lists["D2:D10001"]
    assert book["地区"].column_dimensions["A"].number_format == "@"
    assert book["地区"].freeze_panes == "A2"
    assert any("china" in rule.formula1 for rule in book["设置"].data_validations.dataValidation)


def test_the_command_writes_a_template_and_never_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "t.xlsx"
    assert run("template", "--lang", "zh", "--out", path).exit_code == 0
    before = path.read_bytes()
    assert run("template", "--lang", "zh", "--out", path).exit_code == 2
    assert path.read_bytes() == before
    assert run("template", "--out", tmp_path / "t.csv").exit_code == 2


def test_check_writes_every_fault_to_a_workbook_only_when_asked(folder: Path, tmp_path: Path) -> None:
    (folder / "links.csv").write_text("source,target,weight\nA,Q,1\nA,B,x\n", encoding="utf-8")
    out = tmp_path / "found"
    assert run("check", "--study", folder, "--lang", "zh", "--out", out).exit_code == 1
    rows = list(openpyxl.load_workbook(out / "check.xlsx")["检查"].values)
    assert rows[0] == ("代码", "类别", "文件", "行", "列", "问题", "建议")
    assert [row[:5] for row in rows[1:]] == [
        ("E-UNKNOWN", "错误", "links.csv", 2, "target"),
        ("E-NUMBER", "错误", "links.csv", 3, "weight"),
    ]


def test_unknown_regions_are_left_out_and_counted_on_demand(folder: Path) -> None:
    (folder / "links.csv").write_text("source,target,weight\nA,B,3\nA,Q,1\nX,B,4\n", encoding="utf-8")
    assert run("check", "--study", folder).exit_code == 1
    result = run("check", "--study", folder, "--on-unknown", "drop", "--lang", "en")
    assert result.exit_code == 0
    assert "2 of 3 rows left out, weight 5 (62.5% of all); unknown: X, Q." in result.stdout
    (folder / "study.yaml").write_text("unknown: drop\n", encoding="utf-8")
    links = read_study(folder).links
    assert links is not None
    assert links["weight"].tolist() == [3.0]


def test_actors_whose_region_is_left_out_stay_in_their_records(folder: Path) -> None:
    (folder / "links.csv").unlink()
    (folder / "actors.csv").write_text("id,name,region\na,a,A\nb,b,B\nc,c,nowhere\n", encoding="utf-8")
    (folder / "records.csv").write_text("record,actor\nR,a\nR,b\nR,c\nR,d\n", encoding="utf-8")
    study = read_study(folder, unknown="drop")
    assert study.records is not None
    assert study.actors is not None
    assert study.records["actor"].tolist() == ["a", "b", "c", "d"]
    assert study.actors["region"].to_dict() == {"a": "A", "b": "B", "c": ""}
    dropped = [(fault.file, fault.message) for fault in study.warnings if fault.code == "W-DROPPED"]
    assert [file for file, _ in dropped] == ["actors.csv", "records.csv", "actors.csv"]
    assert dropped[0][1] == "1 of 3 rows name an unknown region, which is left out; unknown: nowhere."
    assert dropped[1][1] == (
        "1 of 4 rows are of actors that the actors table lacks: they count in the size of a record and give no link; "
        "unknown: d."
    )
    assert dropped[2][1].startswith("1 of 3 actors have no region")


def test_an_ambiguous_name_is_never_left_out_in_silence(folder: Path) -> None:
    text = (folder / "regions.csv").read_text(encoding="utf-8").replace("Gamma", "Beta")
    (folder / "regions.csv").write_text(text, encoding="utf-8")
    (folder / "links.csv").write_text("source,target\nA,Beta\n", encoding="utf-8")
    with pytest.raises(StudyError, match="names several regions"):
        read_study(folder, unknown="drop")


def test_no_cell_of_the_faults_can_run_or_break_the_workbook(tmp_path: Path) -> None:
    faults = [Fault("E-X", "a.csv", "=1+1\x1b[31m", "=cmd|' /C calc'!A0", 2, "http://127.0.0.1:9", "x" * 40_000)]
    for language in ("zh", "en"):
        assert write_faults(faults, tmp_path / "c.xlsx", language=language)[0].startswith(
            "检查" if language == "zh" else "check"
        )
        sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
        cells = [cell for row in sheet.iter_rows(min_row=3) for cell in row]  # a note and a header above
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
        assert len(cells) == 7
