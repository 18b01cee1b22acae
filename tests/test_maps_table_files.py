"""CSV and Excel that are safe to open and lose nothing."""

import errno
import os
import time
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from maps.exchange import table_files as export
from maps.exchange.table_files import Sheet, create_workbook, write_csv, write_workbook
from regions.errors import MethodError
from regions.workbooks.cell_names import LAST_COLUMN, LAST_ROW

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
    table = pd.DataFrame({"name": ["a\x1b[31m\x0b", "长" * 40_000]})
    said = write_workbook([Sheet("x", table, {})], tmp_path / "t.xlsx")
    assert said == ("x: 1 texts are cut (they end with …).",)
    note, *rows = open_cells(tmp_path / "t.xlsx")["x"]
    assert note == ["1 texts are cut (they end with …)."]
    assert rows[1][0] == "a\ufffd[31m\ufffd"
    assert len(str(rows[2][0])) == 32_767
    assert str(rows[2][0]).endswith("长…")


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


@pytest.mark.parametrize(
    ("rows", "sizes"),
    [(0, [0]), (6, [6]), (7, [6, 1]), (12, [6, 6]), (13, [6, 6, 1])],
)
def test_a_table_too_long_for_a_sheet_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, sizes: list[int]
) -> None:
    monkeypatch.setattr(export, "LAST_ROW", 10)  # one sentence, room for two more, a header: six rows are left
    drawn: list[int] = []
    sheet = Sheet("gaps", pd.DataFrame({"p": range(rows)}), {}, ("about",), draw=lambda _, __, top: drawn.append(top))
    said = write_workbook([sheet, Sheet("b", pd.DataFrame({"q": [1]}), {})], tmp_path / "t.xlsx", language="zh")
    cells = open_cells(tmp_path / "t.xlsx")
    *parts, last = cells.values()
    split = f"共 {rows} 行，超过一张工作表的行数，分为 {len(sizes)} 张。"
    notes = ["about", split] if len(sizes) > 1 else ["about"]
    assert [[row[0] for row in part[: len(notes) + 1]] for part in parts] == [[*notes, "p"]] * len(sizes)
    assert [len(part) - len(notes) - 1 for part in parts] == sizes
    assert [row[0] for part in parts for row in part[len(notes) + 1 :]] == list(range(rows))
    assert last == [["q"], [1]]
    assert said == ((f"gaps: {split}",) if len(sizes) > 1 else ())
    assert drawn == [len(notes) + 1]
    assert LAST_ROW == 1_048_576


def test_a_table_too_wide_for_a_sheet_is_refused(tmp_path: Path) -> None:
    wide = pd.DataFrame(np.zeros((1, LAST_COLUMN + 1)))
    with pytest.raises(MethodError, match="16,385 columns") as caught:
        write_workbook([Sheet("x", wide, {})], tmp_path / "t.xlsx")
    assert "16,385 列" in caught.value.describe("zh")
    assert list(tmp_path.iterdir()) == []


def write_at(path: Path, moment: str | None, monkeypatch: pytest.MonkeyPatch) -> bytes:
    if moment is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    write_workbook([Sheet("x", pd.DataFrame({"a": ["b", "中"], "n": [1.5, np.nan]}), {})], path)
    return path.read_bytes()


def test_the_same_cells_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_at(tmp_path / "a.xlsx", None, monkeypatch)
    for zone in ("Asia/Shanghai", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert write_at(tmp_path / "c.xlsx", None, monkeypatch) == first
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("moment", "year"),
    [(None, 1970), ("0", 1970), ("1700000000", 2023), ("soon", 1970), ("9" * 20, 1970), ("-5", 1970), ("１", 1970)],
)
def test_a_workbook_says_when_it_was_made_as_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str | None, year: int
) -> None:
    write_at(tmp_path / "t.xlsx", moment, monkeypatch)
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").properties.created.year == year


def test_a_full_disk_names_the_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", refuse)
    with pytest.raises(OSError, match="No space left") as caught, create_workbook(tmp_path / "t.xlsx") as book:
        book.add_worksheet()
    assert caught.value.filename == str(tmp_path / "t.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_each_different_text_is_guarded_wherever_it_stands(tmp_path: Path) -> None:
    table = pd.DataFrame({"name": ["=1", "a", "=1", None, "=1"], "mixed": pd.Series([1, "=1", True, 1.0, ""])})
    write_csv(table, tmp_path / "t.csv")
    lines = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["name,mixed", "'=1,1", "a,'=1", "'=1,True", ",1.0", "'=1,"]
