"""All engines give one table: in memory, DuckDB, and a plain loop over pairs of actors."""

import itertools
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from regions.counting.duck import count_in_duckdb, open_duckdb
from regions.counting.memory import count_in_memory
from regions.counting.plan import COUNTINGS, Counting, Plan, Totals
from regions.errors import MethodError

pytest.importorskip("ibis", reason="extra 'big' is not installed")


def make_records(seed: int, rows: int = 400) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """Make records with repeated rows, lone actors, unicode and uneven keys, missing groups and missing places."""
    rng = np.random.default_rng(seed)
    actors = np.array(
        ["a", "a1", "Ärzte", "中国石油", "中国", "z" * 30, "O'Neil", "\u00e9", "e\u0301", "b,c", " b", "q"]
    )
    records = pd.DataFrame(
        {
            "record": pd.Series(rng.choice([f"专利{i}" for i in range(60)] + ["r", "r'", "R"], rows), dtype="str"),
            "actor": pd.Series(rng.choice(actors, rows), dtype="str"),
            "year": pd.Series(rng.choice([2019, 2020, 2021], rows), dtype="Int64").mask(rng.random(rows) < 0.1),
            "kind": pd.Series(rng.choice(["patent", "论文", ""], rows), dtype="str"),
        }
    )
    places = pd.Series(
        ["440000", "110000", "440000", "上海", None, "上海", "110000", "B", "a", "B"], index=actors[:10], dtype="str"
    )
    return pd.concat([records, records.head(30)], ignore_index=True), places  # two actors have no entry at all


def count_by_loop(
    records: pd.DataFrame, places: "pd.Series[str] | None", plan: Plan
) -> dict[tuple[Any, ...], tuple[float, int, int]]:
    weight: dict[tuple[Any, ...], float] = defaultdict(float)
    count: dict[tuple[Any, ...], int] = defaultdict(int)
    joint: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    where = dict(places.dropna()) if places is not None else {name: name for name in records["actor"]}
    for group, part in records.groupby([*plan.by, "record"], dropna=False) if len(records) else []:
        names = sorted(set(part["actor"]))
        n = len(names)
        if plan.max_actors is not None and n > plan.max_actors:
            continue
        for pair in itertools.combinations(names, 2):
            if not all(name in where for name in pair):
                continue
            label = tuple("none" if pd.isna(value) else value for value in group[:-1])
            key = (*label, *sorted(where[name] for name in pair))
            weight[key] += {"full": 1, "newman": 1 / (n - 1), "pair": 2 / (n * (n - 1))}[plan.counting]
            count[key] += 1
            joint[key].add(group[-1])
    return {key: (weight[key], count[key], len(joint[key])) for key in weight}


def as_dict(table: pd.DataFrame, by: tuple[str, ...]) -> dict[tuple[Any, ...], tuple[float, int, int]]:
    keys = table[[*by, "source", "target"]].astype(object).where(table[[*by, "source", "target"]].notna(), "none")
    values = table[["weight", "count", "records"]].itertuples(index=False, name=None)
    return dict(zip(keys.itertuples(index=False, name=None), values, strict=True))


PLANS = [
    *(Plan(counting) for counting in COUNTINGS),
    Plan("newman", by=("year",)),
    Plan("pair", by=("kind", "year")),
    Plan("newman", max_actors=5),
]


@pytest.mark.parametrize("plan", PLANS, ids=str)
@pytest.mark.parametrize("level", ["region", "actor"])
@pytest.mark.parametrize("seed", [1, 2])
def test_memory_duckdb_and_a_loop_agree(plan: Plan, level: str, seed: int) -> None:
    records, places = make_records(seed)
    given = places if level == "region" else None
    expected = count_by_loop(records, given, plan)
    memory, duck = count_in_memory(records, given, plan), count_in_duckdb(records, given, plan)
    found = as_dict(memory.table, plan.by)
    assert {key: value[1:] for key, value in found.items()} == {key: value[1:] for key, value in expected.items()}
    # The loop adds floats in another order: some ulp.
    assert {key: value[0] for key, value in found.items()} == pytest.approx(
        {key: value[0] for key, value in expected.items()}, rel=1e-13
    )
    pd.testing.assert_frame_equal(memory.table, duck.table, rtol=1e-12)
    assert memory.totals == duck.totals


@pytest.mark.parametrize("counting", COUNTINGS)
def test_order_of_rows_and_blocks_change_nothing(counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    records, places = make_records(3, rows=3000)
    shuffled = records.sample(frac=1, random_state=5)
    first = count_in_memory(records, places, Plan(counting)).table
    monkeypatch.setattr("regions.counting.memory._BLOCK", 50)
    for table in (
        count_in_memory(shuffled, places, Plan(counting)).table,
        count_in_duckdb(records, places, Plan(counting)).table,
        count_in_duckdb(shuffled, places, Plan(counting), memory="200MB").table,
    ):
        pd.testing.assert_frame_equal(table, first, rtol=1e-12)


@pytest.mark.parametrize("names", ["even", "uneven", "wide", "object"])
def test_names_are_taken_by_their_bytes_in_pieces_or_as_they_are(names: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of one length, of several, of several bytes a letter, and such as Arrow does not hold."""
    forms = {"even": "A{:03d}", "uneven": "A{}", "wide": "大学{:02d}", "object": "A{}"}
    actors = [forms[names].format(number) for number in range(8, 14)]
    records = pd.DataFrame({"record": [f"r{at // 6}" for at in range(12)], "actor": actors * 2})
    records = records.astype("object" if names == "object" else "str")
    monkeypatch.setattr("regions.counting.memory._PIECE", 4)
    found = count_in_memory(records, None, Plan()).table
    expected = sorted((a, b) for a in actors for b in actors if a < b)
    assert list(zip(found["source"], found["target"], strict=True)) == expected
    assert found["source"].dtype == found["target"].dtype == "str"
    assert (found["count"] == 2).all()


def test_the_same_rows_give_the_same_bytes() -> None:
    """However the threads take turns."""
    records, places = make_records(3, rows=3000)
    tables = [count_in_memory(records, places, Plan("newman")).table for _ in range(5)]
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table, tables[0], check_exact=True)


def test_totals_by_hand() -> None:
    rows = [("r1", "a"), ("r1", "b"), ("r1", "b"), ("r2", "a"), ("r3", "a"), ("r3", "b"), ("r3", "c")]
    records = pd.DataFrame(rows, columns=["record", "actor"], dtype="str")
    expected = Totals(n_records=3, n_participations=6, n_single=1, n_capped=1, n_capped_participations=3)
    for count in (count_in_memory, count_in_duckdb):
        counted = count(records, None, Plan(max_actors=2))
        assert counted.totals == expected
        assert counted.table.to_dict("list") == {
            "source": ["a"],
            "target": ["b"],
            "weight": [1.0],
            "count": [1],
            "records": [1],
        }


def test_no_records_give_an_empty_table_with_its_columns() -> None:
    records = pd.DataFrame({"record": [], "actor": [], "year": pd.Series([], dtype="Int64")}).astype(
        {"record": "str", "actor": "str"}
    )
    plan = Plan("newman", by=("year",))
    memory, duck = count_in_memory(records, None, plan), count_in_duckdb(records, None, plan)
    assert list(memory.table) == ["year", "source", "target", "weight", "count", "records"]
    pd.testing.assert_frame_equal(memory.table, duck.table)
    assert memory.totals == duck.totals == Totals()


def test_options_that_make_no_sense_are_refused() -> None:
    with pytest.raises(MethodError, match="max_actors must be at least 2"):
        Plan(max_actors=1)
    with pytest.raises(MethodError, match="by must be one of year, kind, field; got 'month'"):
        Plan(by=("month",))
    records, places = make_records(1)
    for count in (count_in_memory, count_in_duckdb):
        with pytest.raises(MethodError, match="the records have no column field to count by"):
            count(records, places, Plan(by=("field",)))


def test_the_database_reaches_nothing_but_its_inputs(tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415 - an extra

    inside, outside = tmp_path / "o'k.csv", tmp_path / "secret.csv"
    for path in (inside, outside):
        path.write_text("record,actor\n1,a\n1,b\n", encoding="utf-8")
    with open_duckdb(inside, None) as (raw, _):
        assert raw.execute("SELECT count(*) FROM records").fetchall() == [(2,)]
        for statement in (
            f"FROM read_csv('{outside}')",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
            f"ATTACH '{tmp_path / 'x.db'}'",
        ):
            with pytest.raises(duckdb.Error):
                raw.execute(statement)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o'k.csv", "secret.csv"]


@pytest.mark.parametrize(
    ("message", "kind"), [("Query interrupted", KeyboardInterrupt), ("Conversion Error: 'interrupt'", MethodError)]
)
def test_an_interrupt_is_no_fault_of_the_file(message: str, kind: type[BaseException]) -> None:
    import duckdb  # noqa: PLC0415 - an extra

    records, _ = make_records(1)
    with pytest.raises(kind), open_duckdb(records, None):
        raise duckdb.Error(message)
    with pytest.raises(kind if kind is KeyboardInterrupt else RuntimeError), open_duckdb(records, None):
        raise RuntimeError(message)


def test_files_count_like_tables(tmp_path: Path) -> None:
    records, places = make_records(4)
    records = records[~records["actor"].isin([" b", "e\u0301"])]  # cleaned in a file, see the test of cleaning
    records.to_parquet(tmp_path / "records.parquet")
    records.drop(columns=["year"]).to_csv(tmp_path / "records.csv", index=False)
    expected = count_in_memory(records, places, Plan("pair")).table
    for name in ("records.parquet", "records.csv"):
        found = count_in_duckdb(tmp_path / name, places, Plan("pair")).table
        pd.testing.assert_frame_equal(found, expected, rtol=1e-12)
    with pytest.raises(MethodError, match=r"x\.xlsx is neither a Parquet nor a CSV file"):
        count_in_duckdb(tmp_path / "x.xlsx", places, Plan())


@pytest.mark.parametrize("counting", COUNTINGS)
def test_a_record_of_three_thousand_actors_takes_little_memory(counting: Counting) -> None:
    """4.5 million pairs of actors; measured in a process of its own, since a peak is never forgotten."""
    code = """
import sys, pandas as pd
sys.path.insert(0, "tests")
from hostile_runner import measure_peak
from regions.counting.memory import count_in_memory
from regions.counting.plan import Plan
plan, names = Plan(sys.argv[1]), [f"k{i}" for i in range(3000)]
records = pd.DataFrame({"record": ["big"] * 3000, "actor": names}, dtype="str")
places = pd.Series([f"R{i % 300}" for i in range(3000)], index=names, dtype="str")
assert len(count_in_memory(records, places, plan).table) == 300 * 301 // 2
table = count_in_memory(records, None, plan).table
assert len(table) == 3000 * 2999 // 2
assert abs(table["weight"].sum() - {"full": 4498500, "newman": 1500, "pair": 1}[plan.counting]) < 1e-6
print(measure_peak())
"""
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code, counting], check=True, capture_output=True, text=True, cwd=root)
    assert float(done.stdout) < 500
