"""CSV and Excel that are safe to open and lose nothing."""

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from maps.export import Sheet, write_csv, write_workbook

HOSTILE = [
    '=HYPERLINK("http://127.0.0.1:9","x")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1",
    "{=1}",
    "http://x/y",
]


def test_csv_keeps_codes_numbers_and_gaps(tmp_path: Path) -> None:
    table = pd.DataFrame({"code": ["010001", "=1"], "x": [-0.1, np.nan], "n": [1, -2]})
    write_csv(table, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == b"code,x,n\n010001,-0.1,1\n'=1,,-2\n"


def test_csv_gives_back_every_bit_of_a_float(tmp_path: Path) -> None:
    values = [0.1 + 0.2, 1 / 3, 1e-300]
    write_csv(pd.DataFrame({"x": values}), tmp_path / "t.csv")
    assert [float(line) for line in (tmp_path / "t.csv").read_text(encoding="utf-8").split()[1:]] == values


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_text("old", encoding="utf-8")
    sheet = Sheet("a", pd.DataFrame({"x": [object()]}), {})
    with pytest.raises(TypeError):
        write_workbook([sheet], path)
    assert path.read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 1


def open_cells(path: Path) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def test_a_workbook_holds_text_as_text_and_no_links(tmp_path: Path) -> None:
    write_workbook([Sheet("x", pd.DataFrame({"name": HOSTILE}), {})], tmp_path / "t.xlsx")
    cells = [row[0] for row in open_cells(tmp_path / "t.xlsx")["x"][1:]]
    assert cells[0] == HOSTILE[0]
    assert [str(cell).replace("_x000D_", "\r") for cell in cells] == HOSTILE


def test_notes_headers_and_types(tmp_path: Path) -> None:
    table = pd.DataFrame({"code": ["010001"], "n": [3], "x": [np.nan], "b": [True], "i": [np.inf]})
    write_workbook([Sheet("得分", table, {"code": "代码"}, ("一句话",))], tmp_path / "t.xlsx")
    rows = open_cells(tmp_path / "t.xlsx")["得分"]
    assert rows[0][0] == "一句话"
    assert rows[1] == ["代码", "n", "x", "b", "i"]
    assert rows[2] == ["010001", 3, None, True, "inf"]


def test_control_characters_and_endless_texts_cannot_spoil_a_workbook(tmp_path: Path) -> None:
    write_workbook([Sheet("x", pd.DataFrame({"name": ["a\x1b[31m\x0b", "长" * 40_000]}), {})], tmp_path / "t.xlsx")
    rows = open_cells(tmp_path / "t.xlsx")["x"]
    assert rows[1][0] == "a\ufffd[31m\ufffd"
    assert len(str(rows[2][0])) == 32_767


def test_tabs_have_legal_and_different_names(tmp_path: Path) -> None:
    table = pd.DataFrame({"a": [1]})
    titles = ["a/b:c*[x]", "长" * 40, "长" * 40, "A", "a", "'"]
    write_workbook([Sheet(title, table, {}) for title in titles], tmp_path / "t.xlsx")
    names = list(open_cells(tmp_path / "t.xlsx"))
    assert names[0] == "a_b_c__x_"
    assert len(names) == len({name.lower() for name in names}) == 6
    assert max(map(len, names)) <= 31


def test_an_empty_table_is_a_header(tmp_path: Path) -> None:
    write_workbook([Sheet("x", pd.DataFrame({"a": []}), {})], tmp_path / "t.xlsx")
    assert open_cells(tmp_path / "t.xlsx")["x"] == [["a"]]
