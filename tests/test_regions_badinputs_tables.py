"""More tables as people send them, in the families of ``badinputs``: form, numbers, years, codes, names, references."""

import os
from pathlib import Path

import pytest
from badinput_samples import ACTORS, HEADER, LINKS, RECORDS, REGIONS, copy_good, faults_of, links_with, places_of, put

from regions import StudyError, read_study

ROWS = LINKS.splitlines(keepends=True)
BODY = "".join(ROWS[1:])

SOUND: dict[str, str | bytes] = {
    "semicolons": LINKS.replace(",", ";"),
    "tabs": LINKS.replace(",", "\t"),
    "bars": LINKS.replace(",", "|"),
    "full-width commas": LINKS.replace(",", "，"),
    "two marks of UTF-8": b"\xef\xbb\xbf\xef\xbb\xbf" + LINKS.encode(),
    "two line ends": ROWS[0].replace("\n", "\r\n") + BODY,
    "end of file of DOS": LINKS + "\x1a",
    "blank lines": LINKS.replace("\n", "\n\n"),
    "rows of commas": LINKS + ",,,,\n,,,,\n",
    "a cleared column": LINKS.replace("\n", ",\n"),
    "two cleared columns": LINKS.replace("\n", ",, \n"),
    "Chinese headers": "来源地,目标地,权重,年份,类型\n" + BODY,
    "headers with units": "来源地,目标地（代码）,权重（件）,年份*,类型\n" + BODY,
    "a header over two lines": '"source\n(code)",target,weight,year,type\n' + BODY,
    "full-width digits": LINKS.replace("310100,320100,4", "３１０１００,320100,４"),
    "names": LINKS.replace("310100,320100,", "上海市辖区,南京,", 1).replace(
        "310100,320200", "SHANGHAI URBAN,Wuxi City", 1
    ),
}


@pytest.mark.parametrize("case", SOUND)
def test_a_table_that_is_only_written_in_another_way_says_the_same(tmp_path: Path, case: str) -> None:
    good = read_study(copy_good(tmp_path)).links
    put(tmp_path, "links.csv", SOUND[case])
    study = read_study(tmp_path)
    assert study.warnings == ()
    assert study.links is not None
    assert good is not None
    assert study.links.to_numpy().tolist() == good.to_numpy().tolist()


REFUSED: dict[str, tuple[str, str | bytes, list[tuple[str, int | None, str | None]]]] = {
    "commas only": ("links.csv", ",,,,\n,,,,\n", [("E-EMPTY", None, None)]),
    "blank lines only": ("links.csv", "\n \n\n", [("E-EMPTY", None, None)]),
    "a mark of UTF-8 only": ("links.csv", b"\xef\xbb\xbf", [("E-EMPTY", None, None)]),
    "UTF-32": ("links.csv", LINKS.encode("utf-32"), [("E-ENC", None, None)]),
    "UTF-16 without a mark": ("links.csv", LINKS.encode("utf-16-le"), [("E-NUL", 1, None)]),
    "Latin-1": ("links.csv", links_with("310100,320100,4,2019,Caf\xe9").encode("latin-1"), [("E-ENC", 2, None)]),
    "half a surrogate": (
        "links.csv",
        links_with("310100,320100,4,2019,x").encode().replace(b"x", b"\xed\xa0\x80"),
        [("E-ENC", 2, None)],
    ),
    "NUL at the end": ("links.csv", LINKS + "\0\0", [("E-NUL", 56, None)]),
    "open quote": ("links.csv", LINKS + '310100,"320100,4,2019,x\n', [("E-QUOTE", 56, None)]),
    "text behind a quote": ("links.csv", links_with('310100,320100,4,2019,"co"pub'), [("E-QUOTE", 2, None)]),
    "a comma too many": ("links.csv", LINKS + "310100,320100,4,2019,x,\n", [("E-RAGGED", 56, None)]),
    "a short row": ("links.csv", LINKS + "310100,320100\n", [("E-RAGGED", 56, None)]),
    "another end of line": ("links.csv", LINKS.replace("copub\n", "copub\r", 1), [("E-RAGGED", 2, None)]),
    "no header": ("links.csv", BODY, [("E-COLUMN", 1, "source"), ("E-COLUMN", 1, "target")]),
    "a hundred thousand columns": (
        "links.csv",
        "source,target," + ",".join(map(str, range(100_000))) + "\n",
        [("E-HEADER", 1, None)],
    ),
    "a page": ("links.csv", "<table><tr><td>source</td></tr></table>", [("E-FORMAT", None, None)]),
    "a gzip archive": ("links.csv", b"\x1f\x8b\x08\0\0\0\0\0", [("E-FORMAT", None, None)]),
    "a table of another program": ("links.xlsb", b"PK\x03\x04", [("E-FORMAT", None, None)]),
    "binary workbook": ("links.xlsb", b"PK\x03\x04", [("E-FORMAT", None, None)]),
    "parent of itself": (
        "regions.csv",
        REGIONS.replace("南通市,city,320000", "南通市,city,320600"),
        [("E-CYCLE", 11, "parent")],
    ),
    "ambiguous parent": (
        "regions.csv",
        REGIONS.replace("南京市,city,320000", "南京市,city,江苏") + "990000,Jiangsu,江苏市,city,,118,32,1,1\n",
        [("E-AMBIG", 7, "parent")],
    ),
    "half a point": ("regions.csv", REGIONS.replace("118.8,32.06", "118.8,"), [("E-MISSING", 7, "lat")]),
    "degrees and minutes": (
        "regions.csv",
        REGIONS.replace("118.8,32.06", "118°48′,32.06N"),
        [("E-NUMBER", 7, "lat"), ("E-NUMBER", 7, "lon")],
    ),
    "metres": (
        "regions.csv",
        REGIONS.replace("118.8,32.06", "13224000,3770000"),
        [("E-LATRANGE", 7, "lat"), ("E-LATRANGE", 7, "lon")],
    ),
    "no name": ("regions.csv", REGIONS.replace("Nanjing,南京市", ","), [("E-MISSING", 7, "name")]),
    "actor in a province": ("actors.csv", ACTORS + "A900,x,firm,320000\n", [("E-LEVEL", 38, "region")]),
    "actor twice": ("actors.csv", ACTORS + "A000,Actor 0,university,320100\n", [("E-DUPCODE", 38, "id")]),
    "actor nowhere": ("actors.csv", ACTORS + "A900,x,firm,\n", [("E-MISSING", 38, "region")]),
    "actor in two regions": ("actors.csv", ACTORS + "A900,x,firm,320100;310100\n", [("E-UNKNOWN", 38, "region")]),
    "actor without a name": ("actors.csv", ACTORS + "A900,,firm,320100\n", [("E-MISSING", 38, "name")]),
    "a list of actors": ("records.csv", RECORDS + "P900,A000;A001,2019\n", [("E-UNKNOWN", 182, "actor_id")]),
    "record without a name": ("records.csv", RECORDS + ",A000,2019\n", [("E-MISSING", 182, "record_id")]),
    "rounded record": ("records.csv", RECORDS + "1.23E+17,A000,2019\n", [("E-CODESCI", 182, "record_id")]),
    "wide records": ("records.csv", "record_id,actor1,actor2\nP1,A000,A001\n", [("E-COLUMN", 1, "actor")]),
    "one link of a province": (
        "links.csv",
        LINKS + "江苏省,310100,9,2019,copub\n",
        [("E-LEVEL", 56, "source")],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_table_that_cannot_be_understood_is_refused_at_every_wrong_place(tmp_path: Path, case: str) -> None:
    name, content, expected = REFUSED[case]
    copy_good(tmp_path)
    (tmp_path / f"{Path(name).stem}.csv").unlink()
    put(tmp_path, name, content)
    found = places_of(faults_of(tmp_path))
    assert sorted((code, row, column) for code, _, row, column in found) == sorted(expected, key=str)
    assert {file for _, file, *_ in found} == {name}


FOUND_BELOW = {
    "a title above": ("地区联系表\n单位：件\n" + LINKS, ["2 row(s) are left out: titles 2."]),
    "separator line": ("sep=;\n" + LINKS.replace(",", ";"), ["1 row(s) are left out: titles 1."]),
    "a column of years without a name": ("source,target,weight,,type\n" + BODY, []),
}


@pytest.mark.parametrize("case", FOUND_BELOW)
def test_a_header_below_other_lines_is_found_and_these_are_counted(tmp_path: Path, case: str) -> None:
    content, told = FOUND_BELOW[case]
    copy_good(tmp_path)
    good = read_study(tmp_path).links
    put(tmp_path, "links.csv", content)
    study = read_study(tmp_path)
    assert [fault.message for fault in study.warnings] == told
    assert study.links is not None
    assert good is not None
    columns = ["source", "target", "weight", "year"]
    assert study.links[columns].to_numpy().tolist() == good[columns].to_numpy().tolist()


WEIGHTS = {
    "not a number": ("NaN", "None", "NULL", "#N/A", "#REF!", "TRUE", "Infinity", "-inf", "1e400"),
    "with words": ("5万件", "¥5", "12件", "约5", "<5", "5+", "4*", "4[1]", "4²", "(4)"),
    "in another form": ("1/2", "½", "三", "二十", "④", "Ⅳ", "٤", "0x1F", "1_000", "1..2", "3-5", "1 234", "2019-01-01"),
    "with a comma": ("4,5", "1.234,5", "1,23,456"),
}


@pytest.mark.parametrize("cell", [cell for cells in WEIGHTS.values() for cell in cells])
def test_a_weight_that_is_no_plain_number_is_named_and_never_guessed(tmp_path: Path, cell: str) -> None:
    put(copy_good(tmp_path), "links.csv", links_with(f'310100,320100,"{cell}",2019,x'))
    assert places_of(faults_of(tmp_path)) == [("E-NUMBER", "links.csv", 2, "weight")]


@pytest.mark.parametrize("cell", ["-", "—", "…", "无", "/", "暂无", "N/A"])
def test_a_link_whose_weight_is_not_available_is_left_out_and_counted(tmp_path: Path, cell: str) -> None:
    put(copy_good(tmp_path), "links.csv", links_with(f'310100,320100,"{cell}",2019,x'))
    study = read_study(tmp_path)
    assert study.links is not None
    assert study.links["target"].tolist() == ["320200"]
    assert [fault.message for fault in study.warnings if fault.code == "W-MISSING"] == [
        "1 link(s) whose weight is not available left out (line 2)."
    ]


@pytest.mark.parametrize("cell", ["2019年", "2019-05-01", "2019/5/1", "2019/12", "２０１９", "2019年度", "20190588"])
def test_years_as_people_write_them_are_read(tmp_path: Path, cell: str) -> None:
    put(copy_good(tmp_path), "links.csv", links_with(f"310100,320100,4,{cell},x"))
    study = read_study(tmp_path)
    assert study.links is not None
    assert 2019 in study.links["year"].tolist()


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1e308", "E-RANGE"),
        ("9" * 40, "E-RANGE"),
        ("9223372036854775808", "E-RANGE"),
        ("−4", "E-NEG"),
        (" ", "E-MISSING"),
    ],
)
def test_a_number_that_is_no_weight_is_named(tmp_path: Path, cell: str, code: str) -> None:
    put(copy_good(tmp_path), "links.csv", links_with(f"310100,320100,{cell},2019,x"))
    assert places_of(faults_of(tmp_path)) == [(code, "links.csv", 2, "weight")]


@pytest.mark.parametrize(
    ("cell", "year"),
    [("AD2019", "2019"), ("2019H1", "2019")]
    + [
        (cell, "")
        for cell in ("19", "43586", "201905", "2019-2020", "二〇一九年", "民国108年", "2999", "1066", "0", "1e400")
    ],
)
def test_a_year_in_another_form_is_named_with_the_year_that_was_meant(tmp_path: Path, cell: str, year: str) -> None:
    put(copy_good(tmp_path), "links.csv", links_with(f"310100,320100,4,{cell},x"))
    found = faults_of(tmp_path)
    assert places_of(found) == [("E-YEAR", "links.csv", 2, "year")]
    assert found[0].hint == (f"Write the year alone: {year}." if year else "")


UNKNOWN = {
    '="310100"': "上海市辖区 (310100)",
    "'310100'": "上海市辖区 (310100)",
    "310 100": "上海市辖区 (310100)",
    "310100.5": "上海市辖区 (310100)",
    "31010²": "上海市",
    "南京是": "南京市 (320100)",
    "玄武区": "",
    "NULL": "",
    "=cmd|' /C calc'!A0": "",
    "../../etc/passwd": "",
    "<b>南京</b>": "",
    "310100'; DROP TABLE links;--": "",
    "3" * 500: "",
}


def test_a_total_and_a_note_below_are_left_out_by_name(tmp_path: Path) -> None:
    """Their rows have empty cells too, which are no faults of a row that is left out."""
    put(copy_good(tmp_path), "links.csv", LINKS + "合计,,63,2020,\n注：数据来源于国家知识产权局,,,,\n")
    warned = [fault for fault in read_study(tmp_path).warnings if fault.code == "W-LEFTOUT"]
    assert [fault.message for fault in warned] == [
        "2 row(s) that name no region are left out: a total: 合计 (1); a note: 注:数据来源于国家知识产权局 (1)."
    ]


@pytest.mark.parametrize("word", ["310100000000", "南京市（江苏）", "江苏/南京", "南 京（市）", "3101"])
def test_a_code_or_name_as_tables_write_it_is_read(tmp_path: Path, word: str) -> None:
    put(copy_good(tmp_path), "links.csv", links_with(f"{word},320100,4,2019,x"))
    links = read_study(tmp_path).links
    assert links is not None
    assert links["source"].iloc[0] in {"310100", "320100"}


@pytest.mark.parametrize("word", UNKNOWN)
def test_a_code_or_name_in_another_form_is_unknown_and_gets_a_hint(tmp_path: Path, word: str) -> None:
    put(copy_good(tmp_path), "links.csv", links_with(f'"{word.replace(chr(34), chr(34) * 2)}",320100,4,2019,x'))
    found = faults_of(tmp_path)
    assert places_of(found) == [("E-UNKNOWN", "links.csv", 2, "source")]
    assert UNKNOWN[word] in found[0].hint
    assert len(found[0].message) < 200


@pytest.mark.parametrize(
    ("word", "shown"), [("东 京（市）", "东 京(市)"), ("٣١٠١٠٠", r"\u0663\u0661"), ("a\x1bb", r"a\x1bb")]
)
def test_a_message_shows_chinese_as_it_is_and_escapes_what_looks_like_something_else(
    tmp_path: Path, word: str, shown: str
) -> None:
    put(copy_good(tmp_path), "links.csv", links_with(f"{word},320100,4,2019,x"))
    assert shown in faults_of(tmp_path)[0].message


WARNED = {
    "several columns of weight": ("links.csv", HEADER.strip() + ",权重\n310100,320100,4,2019,x,5\n", "W-COLS"),
    "Big5 is said": ("links.csv", links_with("310100,320100,4,2019,專利").encode("big5"), "W-ENC"),
    "a longitude without a latitude": ("regions.csv", REGIONS.replace("lat", "latt"), "W-COLS"),
    "a point at zero": ("regions.csv", REGIONS.replace("118.8,32.06", "0,0"), "W-ZEROPOINT"),
    "a word among numbers": ("regions.csv", REGIONS.replace(",17400,", ",n.a.,"), "W-TEXT"),
    "a record of two years": ("records.csv", RECORDS + "P900,A000,2019\nP900,A001,2020\n", "W-YEARS"),
    "a float among codes": ("links.csv", links_with("310100.00,320100,4,2019,x"), "W-CODEFLOAT"),
    "a link with itself only": ("links.csv", HEADER + "310100,310100,4,2019,x\n", "W-TRIVIAL"),
    "weights of zero only": ("links.csv", HEADER + "310100,320100,0,2019,x\n", "W-ZERO"),
}


@pytest.mark.parametrize("case", WARNED)
def test_a_table_that_may_mean_something_else_is_read_with_a_warning(tmp_path: Path, case: str) -> None:
    name, content, code = WARNED[case]
    put(copy_good(tmp_path), name, content)
    assert code in [fault.code for fault in faults_of(tmp_path)]


def test_parents_may_be_named_and_a_region_is_not_its_own_parent(tmp_path: Path) -> None:
    text = REGIONS.replace("Nanjing,南京市,city,320000", "Nanjing,江苏市,city,江苏").replace(
        "无锡市,city,320000", "无锡市,city,Jiangsu"
    )
    put(copy_good(tmp_path), "regions.csv", text)
    regions = read_study(tmp_path).regions
    assert regions["parent"][["320100", "320200"]].tolist() == ["320000", "320000"]


def test_thousands_of_faults_are_counted_beyond_the_first_thousand(tmp_path: Path) -> None:
    put(copy_good(tmp_path), "links.csv", HEADER + "310100,320100,-1,2020,x\n" * 5_000)
    found = faults_of(tmp_path)
    assert len(found) == 1_001
    assert found[-1].row == 1_002
    assert "4,000 more" in found[-1].message


@pytest.mark.parametrize("name", ["links.csv", "study.yaml", "boundaries.geojson"])
def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    copy_good(folder)
    (tmp_path / "secret").write_text("source,target\nhidden,words\n", encoding="utf-8")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "secret")
    found = faults_of(folder)
    assert places_of(found) == [("E-FOLDER", name, None, None)]
    assert "hidden" not in found[0].message


def test_what_is_no_file_is_refused_and_droppings_of_programs_are_passed_over(tmp_path: Path) -> None:
    copy_good(tmp_path)
    (tmp_path / "links.csv").unlink()
    os.mkfifo(tmp_path / "links.csv")
    for name in ("._links.csv", "~$links.xlsx", ".DS_Store"):
        put(tmp_path, name, b"\0\1")
    assert places_of(faults_of(tmp_path)) == [("E-FILE", "links.csv", None, None)]


def test_a_hundred_thousand_unknown_names_do_not_hold_the_reader_up(tmp_path: Path) -> None:
    put(copy_good(tmp_path), "links.csv", HEADER + "".join(f"9{i:06d},310100,1,2020,x\n" for i in range(20_000)))
    with pytest.raises(StudyError) as caught:
        read_study(tmp_path)
    assert len(caught.value.faults) == 1_001
    assert sum(bool(fault.hint) for fault in caught.value.faults) <= 50
