"""Records outside a study are cleaned and checked as its own are."""

from pathlib import Path

import pandas as pd
import pytest
from test_regions_same_rows import run, write

from regions.counting.duck import count_in_duckdb, open_duckdb
from regions.counting.plan import Plan
from regions.counting.portable import _INVISIBLE, _PLAIN, _WIDE, code_places
from regions.records.record_faults import find_record_faults
from regions.schema.cell_values import clean_code

pytest.importorskip("ibis", reason="extra 'big' is not installed")

CELLS = ["a", " a ", "\ufeffa", "a\u200b", "ａ", "31.0", "310100.000", "３１", "a.0", "10.1016/x.0", "a b", "É", "=1+1"]


def test_the_characters_are_those_of_the_reader() -> None:
    assert all(clean_code(character) == "" for character in _INVISIBLE)
    assert [clean_code(character) for character in _WIDE] == list(_PLAIN)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_codes_are_cleaned_as_the_reader_does(tmp_path: Path, suffix: str) -> None:
    records = pd.DataFrame({"record": [f"r{i}" for i in range(len(CELLS))], "actor": CELLS, "year": " 2001.0"})
    records = pd.concat([records, records.assign(actor="zz")])
    path = tmp_path / f"given.{suffix}"
    records.to_csv(path, index=False) if suffix == "csv" else records.to_parquet(path)
    table = count_in_duckdb(path, None, Plan(by=("year",))).table
    ends = {code for pair in table[["source", "target"]].to_numpy().tolist() for code in pair}
    assert ends == {clean_code(cell) for cell in CELLS} | {"zz"}
    assert set(table["year"]) == {2001}


def test_messy_rows_of_a_study_and_of_a_file(tmp_path: Path) -> None:
    rows = "record,actor,year,kind\np,a,2001,x\n"
    rows += " p,ｂ,2001.0,\u200bx\nq.0,a,2002,\nq.0,b,2002,\n1.0,a,2001,x\n1,b\u200b,2001,x\n"
    write(tmp_path, records=rows)
    for by in ("year", "kind"):
        tables = [run(tmp_path, "--by", by, *more)[1] for more in ((), ("--records", str(tmp_path / "records.csv")))]
        pd.testing.assert_frame_equal(tables[0], tables[1], rtol=1e-12)
        assert sorted(tables[0]["weight"]) == [1, 2]


def test_faults_are_counted_and_the_first_rows_named(tmp_path: Path) -> None:
    path = tmp_path / "given.csv"
    rows = ["r,a,2001", ",a,2001", "r, ,2001", "r,a,199x", "r,a,3000", *(f"r,z{i},2001" for i in range(9))]
    path.write_text("\n".join(["专利号,申请人,申请年份", *rows]), encoding="utf-8")
    coded, _ = code_places(pd.Series(["X"], index=["a"]))
    with open_duckdb(path, coded) as (_, server):
        faults = find_record_faults(server, ("year",), drop=False)
        dropped = find_record_faults(server, (), drop=True)
    found = [(fault.code, fault.row, fault.column) for fault in faults]
    assert found[:4] == [
        ("E-MISSING", 3, "专利号"),
        ("E-MISSING", 4, "申请人"),
        ("E-YEAR", 5, "申请年份"),
        ("E-YEAR", 6, "申请年份"),
    ]
    assert found[4:] == [("E-UNKNOWN", line, "申请人") for line in range(7, 12)]
    assert faults[2].message == "'199x' is no year (2 such rows)."
    assert faults[4].message == "'z0' is not in the actors table (9 such rows)."
    assert [fault.code for fault in dropped] == ["E-MISSING", "E-MISSING", "W-DROPPED"]
    assert dropped[-1].message.startswith("9 rows are of actors that the actors table lacks")
