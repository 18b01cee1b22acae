"""Parquet files: the schema is looked at before the data."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regions import StudyError, read_study
from regions.table_file import read_file

DATA = Path(__file__).parent / "data" / "badinputs"


def write(folder: Path, **columns: object) -> Path:
    path = folder / "links.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def test_small_integers_do_not_wrap_and_codes_become_text() -> None:
    table = read_file("links", DATA / "parquet" / "links_int8.parquet")
    assert table.frame["weight"].astype(int).sum() == 25_400
    assert table.frame["source"].str.fullmatch(r"\d{6}").all()
    assert sorted((fault.code, fault.column) for fault in table.warnings) == [
        ("W-CODEFLOAT", "source"),
        ("W-CODEFLOAT", "target"),
    ]


def test_every_plain_type_becomes_the_text_that_a_csv_file_would_have(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        source=pa.array(["甲", None], pa.large_string()),
        target=pa.array(["B", "C"]).dictionary_encode(),
        weight=pa.array([1.0, 0.1], pa.float64()),
        year=pa.array([2020, 2021], pa.uint16()),
        amount=pa.array([Decimal("1.50"), None], pa.decimal128(5, 2)),
        day=pa.array([dt.date(2020, 1, 31), None]),
        new=pa.array([True, False]),
        none=pa.nulls(2),
    )
    assert read_file("links", path).frame.to_numpy().tolist() == [
        ["甲", "B", "1", "2020", "1.50", "2020-01-31", "true", ""],
        ["", "C", "0.1", "2021", "", "", "false", ""],
    ]


def test_rows_are_counted_as_in_a_csv_file(folder: Path) -> None:
    (folder / "links.csv").unlink()
    write(folder, source=["A", "A"], target=["B", "Q"], weight=[1, 2])
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("E-UNKNOWN", 3)]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("weight", [[1]]),
        ("weight", ["1"]),
        ("weight", [dt.date(2020, 1, 1)]),
        ("kind", [b"x"]),
        ("kind", [{"a": 1}]),
        ("kind", ["x" * 200_000]),
    ],
)
def test_a_type_that_cannot_hold_what_the_table_needs_is_refused(tmp_path: Path, column: str, values: object) -> None:
    path = write(tmp_path, **{"source": ["A"], "target": ["B"], column: values})
    with pytest.raises(StudyError) as caught:
        read_file("links", path)
    fault = caught.value.faults[0]
    assert (fault.code, fault.column) == ("E-TYPE", column)
    assert fault.message_zh


def test_a_float_that_is_not_finite_is_no_weight(folder: Path) -> None:
    (folder / "links.csv").unlink()
    write(folder, source=["A", "A"], target=["B", "C"], weight=[1.0, float("inf")])
    with pytest.raises(StudyError, match="not a finite number"):
        read_study(folder)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, source=["A"], target=["B"])
    data = path.read_bytes()
    for broken in (data[:100], b"PAR1" + b"\x00" * 50 + b"PAR1", b"no", data[:-4] + b"XXXX"):
        path.write_bytes(broken)
        with pytest.raises(StudyError) as caught:
            read_file("links", path)
        assert caught.value.faults[0].code == "E-FORMAT"


def test_headers_that_stand_twice_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "links.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array(["A"])] * 3, names=["source", "target", "Target"]), path)
    with pytest.raises(StudyError) as caught:
        read_file("links", path)
    assert caught.value.faults[0].code == "E-HEADER"
