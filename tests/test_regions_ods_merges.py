"""Merged cells of .ods workbooks are found and filled, as those of .xlsx are."""

import zipfile
from pathlib import Path

import pytest

from regions import read_study
from regions.errors import StudyError
from regions.workbooks.ods_merges import find_ods_merges

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
COVERED = "<table:covered-table-cell/>"


def form_cell(value: str | float, spans: str = "") -> str:
    kind = (
        'office:value-type="string"' if isinstance(value, str) else f'office:value-type="float" office:value="{value}"'
    )
    return f"<table:table-cell {spans} {kind}><text:p>{value}</text:p></table:table-cell>"


def form_sheet(name: str, rows: list[str]) -> str:
    inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}">{inside}</table:table>'


def form_content(*sheets: str) -> str:
    body = f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
    return f"<office:document-content {SPACES}>{body}</office:document-content>"


def write_ods(path: Path, content: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return path


WIDE, TALL = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="2"'
YEARBOOK = form_sheet(
    "3-6",
    [
        form_cell("地区", TALL) + form_cell("机耕面积(千公顷)", WIDE) + COVERED,
        COVERED + form_cell("2021年") + form_cell("2022年"),
        form_cell("北京") + form_cell(1) + form_cell(2),
        form_cell("天津") + form_cell(3) + form_cell(4),
        form_cell("河北") + form_cell(5) + form_cell(6),
    ],
)


def test_a_yearbook_with_merged_headers_is_read(tmp_path: Path) -> None:
    study = read_study(write_ods(tmp_path / "book.ods", form_content(YEARBOOK)))
    table = study.indicators
    assert table is not None
    assert table.groupby("year")["机耕面积"].sum().to_dict() == {2021: 9, 2022: 12}


def test_areas_are_counted_over_repeated_rows_and_cells() -> None:
    rows = [
        '<table:table-cell table:number-columns-repeated="3"/>' + form_cell("x", WIDE),
        form_cell("y", TALL) + "<table:table-cell/>",
    ]
    sheet = form_sheet("a", rows).replace("<table:table-row>", '<table:table-row table:number-rows-repeated="2">', 1)
    found = find_ods_merges(form_content(sheet, form_sheet("b", [form_cell(1)])).encode(), "x.ods")
    assert found == {"a": (((1, 4), (1, 5)), ((3, 1), (4, 1))), "b": ()}


def test_spans_beyond_a_sheet_are_cut_to_it() -> None:
    spans = 'table:number-columns-spanned="999999999999" table:number-rows-spanned="-3"'
    found = find_ods_merges(form_content(form_sheet("a", [form_cell("x", spans)])).encode(), "x.ods")
    assert found == {"a": ()}


def test_a_document_type_is_refused() -> None:
    content = form_content(YEARBOOK).replace("<office:document-content", "<!DOCTYPE x><office:document-content", 1)
    with pytest.raises(StudyError, match="DOCTYPE"):
        find_ods_merges(content.encode(), "x.ods")
