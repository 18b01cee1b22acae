"""How much a file may grow to: texts that many cells refer to are counted before they are written out."""

import tracemalloc
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from regions import StudyError
from regions.files.limits import is_cheap, refuse_cells, refuse_expansion
from regions.files.text_table import build_table
from regions.table_file import read_file
from regions.workbooks.shared_strings import _list_lengths, _list_references, refuse_shared_texts

MB = 1_000_000


def code_of(*arguments: object) -> str:
    with pytest.raises(StudyError) as caught:
        read_file(*arguments)  # type: ignore[arg-type]
    assert caught.value.faults[0].message_zh
    return caught.value.faults[0].code


@pytest.mark.parametrize(
    ("length", "size", "good"),
    [
        (100 * MB, 1, True),
        (100 * MB + 1, 1, False),
        (200 * MB, 2 * MB, True),
        (200 * MB + 1, 2 * MB, False),
        (1000 * MB, 100 * MB, True),
        (1000 * MB + 1, 100 * MB, False),
        (300 * MB, None, True),
        (300 * MB + 1, None, False),
    ],
)
def test_texts_may_grow_a_hundredfold_or_stay_below_100_mb(length: int, size: int | None, good: bool) -> None:
    if good:
        refuse_expansion(length, size, "f")
        return
    with pytest.raises(StudyError, match=f"{length:,} bytes") as caught:
        refuse_expansion(length, size, "f")
    assert caught.value.faults[0].code == "E-BOMB"


def test_what_is_cheap_is_never_counted() -> None:
    assert is_cheap(100 * MB)
    assert not is_cheap(100 * MB + 1)
    refuse_shared_texts(b"no xml", b"none either", 100, size=1, file="f")


@pytest.mark.parametrize(
    ("cells", "size", "good"), [(10 * MB, 1, True), (10 * MB + 1, 1, False), (40 * MB, 2 * MB, True)]
)
def test_cells_may_be_twenty_for_a_byte(cells: int, size: int, good: bool) -> None:
    if good:
        refuse_cells(cells, size, "f")
        return
    with pytest.raises(StudyError, match="claims 10,000,001 cells"):
        refuse_cells(cells, size, "f")


def write_book(path: Path, text: str, rows: int) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("links")
        sheet.write_row(0, 0, ["source", "target", "weight", "note"])
        for row in range(1, rows + 1):
            sheet.write_row(row, 0, ["A", "B", row])
            sheet.write_string(row, 3, text)
    return path


@pytest.mark.parametrize("rewrite", [None, (b't="s"><v>', b't="s" ><v>'), (b't="s"><v>', b"t='s'><v>")])
def test_a_text_in_thousands_of_cells_is_refused_before_memory_fills(
    tmp_path: Path, rewrite: tuple[bytes, bytes] | None
) -> None:
    path = write_book(tmp_path / "links.xlsx", "x" * 32_000, 4_000)
    if rewrite:
        plain = tmp_path / "plain.xlsx"
        path.rename(plain)
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(*rewrite) if "sheet1" in name else old.read(name))
    assert path.stat().st_size < 200_000
    tracemalloc.start()
    assert code_of("links", path) == "E-BOMB"
    assert tracemalloc.get_traced_memory()[1] < 20 * MB
    tracemalloc.stop()


def test_a_long_text_in_few_cells_is_read(tmp_path: Path) -> None:
    table = read_file("links", write_book(tmp_path / "links.xlsx", "长" * 30_000, 500))
    assert set(table.frame["note"]) == {"长" * 30_000}


def test_references_are_found_however_they_are_written() -> None:
    cells = b'<c r="A1" t="s"><v>0</v></c><c r="B1"><v>7</v></c><c r="C1" s="2" t="s"><v>2</v></c>'
    assert _list_references(b"<s>" + cells + b"</s>", "f") == [0, 2]
    odd = b'<s><c t = "s"><v> 1 </v></c><c t=\'s\'><v>2</v></c><x:c xmlns:x="x" t="&#115;"><v>&#51;</v></x:c></s>'
    assert _list_references(odd, "f") == [1, 2, 3]
    assert _list_references(b'<s><c r="A1" t="s"><v>' + b"9" * 5000 + b"</v></c></s>", "f") == []


def test_lengths_are_those_of_the_bytes_of_rich_text_too() -> None:
    xml = "<sst><si><t>甲</t></si><si><r><t>a</t></r><r><t> b</t></r></si><si/></sst>".encode()
    assert _list_lengths(xml, "f") == [3, 3, 0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<sheet name="b"', b'<sheet name="a"'),
        (b'Id="rId2"', b'Id="rId1"'),
    ],
)
def test_two_sheets_of_one_name_cannot_hide_what_is_read(tmp_path: Path, before: bytes, after: bytes) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "plain.xlsx")) as book:
        for name in ("a", "b"):
            book.add_worksheet(name).write_row(0, 0, ["source", "target"])
    path = tmp_path / "links.xlsx"
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(before, after) if "workbook.xml" in name else old.read(name))
    assert code_of("links", path) == "E-FORMAT"


def test_a_parquet_dictionary_is_counted_as_written_out(tmp_path: Path) -> None:
    path = tmp_path / "links.parquet"
    note = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array(["x" * 9_000]))
    pq.write_table(pa.table({"source": ["A"] * 20_000, "target": ["B"] * 20_000, "note": note}), path)
    assert path.stat().st_size < 100_000
    assert code_of("links", path) == "E-BOMB"


def test_a_parquet_of_one_number_again_and_again_is_refused_by_its_schema(tmp_path: Path) -> None:
    path = tmp_path / "links.parquet"
    with pq.ParquetWriter(path, pa.schema([("weight", pa.int8())])) as writer:
        writer.write_table(pa.table({"weight": pa.array(bytearray(12 * MB), pa.int8())}))
    assert path.stat().st_size < 100_000
    assert code_of("links", path) == "E-BOMB"


def test_a_network_that_repeats_a_long_label_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        build_table("f", ["source"], [["x" * MB] * 400], lines=range(400))
    assert caught.value.faults[0].code == "E-BOMB"
    edges = '<edge source="a" target="b"/>' * 400
    key = f'<key id="k" for="edge" attr.name="kind"><default>{"x" * MB}</default></key>'
    text = f'<graphml>{key}<graph edgedefault="undirected"><node id="a"/><node id="b"/>{edges}</graph></graphml>'
    (tmp_path / "links.graphml").write_text(text, encoding="utf-8")
    assert code_of("links", tmp_path / "links.graphml") == "E-BOMB"
