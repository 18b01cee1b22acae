"""Workbooks of other formats, .xls and .ods, are read in a process whose memory is bounded."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from regions import StudyError, read_study
from regions.table_file import read_file
from regions.workbooks import legacy_workbook as oldbook
from regions.workbooks.legacy_workbook import read_old_book
from regions.workbooks.workbook import open_workbook

XLS = Path(__file__).parent / "data" / "adapters" / "wos.xls"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
ROWS = [["source", "target", "weight"], ["A", "B", 4], ["A", "C", 1.5]]


def form_cell(value: object) -> str:
    if isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def form_rows(rows: list[list[object]]) -> str:
    lines = ("".join(map(form_cell, row)) for row in rows)
    return "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)


def write_ods(path: Path, sheets: dict[str, str]) -> Path:
    tables = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items())
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"<office:document-content {NAMES}>{body}</office:document-content>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return path


def code_of(path: Path) -> str:
    with pytest.raises(StudyError) as caught:
        read_file("links", path)
    assert caught.value.faults[0].message_zh
    return caught.value.faults[0].code


def test_an_ods_workbook_is_a_table_of_text(tmp_path: Path) -> None:
    table = read_file("links", write_ods(tmp_path / "links.ods", {"Tabelle1": form_rows(ROWS)}))
    assert table.frame.to_numpy().tolist() == [["A", "B", "4"], ["A", "C", "1.5"]]
    assert table.lines.tolist() == [2, 3]
    assert [fault.code for fault in table.warnings] == ["W-OLD"]


def test_a_study_may_be_kept_in_ods(folder: Path) -> None:
    rows = [line.split(",") for line in (folder / "regions.csv").read_text(encoding="utf-8").splitlines()]
    regions = form_rows([list(row) for row in rows])
    book = write_ods(folder / "study.ods", {"regions": regions, "联系": form_rows(ROWS)})
    links = read_study(book).links
    assert links is not None
    assert links["weight"].tolist() == [4.0, 1.5]
    (folder / "links.csv").unlink()
    shutil.move(write_ods(folder / "x.ods", {"a": form_rows(ROWS)}), folder / "links.ods")
    assert read_study(folder).links is not None


def test_an_xls_workbook_is_read_by_what_it_is(tmp_path: Path) -> None:
    for name in ("a.xls", "a.xlsx", "a.et"):
        shutil.copy(XLS, tmp_path / name)
        book = open_workbook(tmp_path / name)
        assert len(book.sheets) == 1
    sheets, hidden = read_old_book(XLS)
    sheet = next(iter(sheets.values()))
    assert (sheet.top, sheet.left, hidden) == (1, 1, ())
    assert all(len(column) == len(sheet.columns[0]) for column in sheet.columns)


REPEATED = (
    '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}" '
)
REPEATED += 'office:value-type="string"><text:p>{text}</text:p></table:table-cell></table:table-row>'


@pytest.mark.parametrize(
    ("rows", "columns", "text"), [(1_048_576, 16_384, "x"), (20_000, 1, "x" * 9_000), (1_000_000, 20, "1")]
)
def test_cells_that_repeat_themselves_do_not_fill_the_memory(
    tmp_path: Path, rows: int, columns: int, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oldbook, "_MEGABYTES", 700)
    path = write_ods(
        tmp_path / "links.ods", {"a": form_rows(ROWS) + REPEATED.format(rows=rows, columns=columns, text=text)}
    )
    assert path.stat().st_size < 20_000
    assert code_of(path) == ("E-FORMAT" if columns == 16_384 else "E-BOMB")  # the reader itself gives up there


def test_empty_cells_to_the_last_corner_are_nothing(tmp_path: Path) -> None:
    blank = '<table:table-row table:number-rows-repeated="1048000">'
    blank += '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    assert len(read_file("links", write_ods(tmp_path / "links.ods", {"a": form_rows(ROWS) + blank})).frame) == 2


def test_an_xls_that_would_take_more_than_allowed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(XLS, tmp_path / "links.xls")
    monkeypatch.setattr(oldbook, "most_text", lambda _: 10)
    with pytest.raises(StudyError) as caught:
        read_old_book(tmp_path / "links.xls")
    assert caught.value.faults[0].code == "E-BOMB"


@pytest.mark.parametrize(
    "data", [XLS.read_bytes()[:512], XLS.read_bytes()[:2_000], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99]
)
def test_a_damaged_or_locked_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "links.xls").write_bytes(data)
    assert code_of(tmp_path / "links.xls") == "E-FORMAT"


def test_a_damaged_ods_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "links.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content>")
    assert code_of(tmp_path / "links.ods") == "E-FORMAT"


@pytest.mark.parametrize("code", [1, -6, -9, 3, 5])
def test_a_reader_that_ends_badly_is_a_fault_of_the_file(
    tmp_path: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child.py"
    ending = f"os.kill(os.getpid(), {-code})" if code < 0 else f"os._exit({code})"
    child.write_text(f"import os\n{ending}\n", encoding="utf-8")
    monkeypatch.setattr(oldbook, "_CHILD", child)
    with pytest.raises(StudyError) as caught:
        read_old_book(XLS)
    assert caught.value.faults[0].code == ("E-FORMAT" if code in {1, 5} else "E-BOMB")
    assert ("fills in" in str(caught.value)) == (code == 5)


def test_a_reader_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("x", 1)

    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(StudyError, match="damaged, too large"):
        read_old_book(XLS)


def test_the_child_imports_nothing_of_ours() -> None:
    """Its folder is full of modules with short names, which must not stand before those of Python."""
    done = subprocess.run(
        [sys.executable, "-P", str(oldbook._CHILD), str(XLS), "2000", "1000000", "1000000"],
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b"\x80")
