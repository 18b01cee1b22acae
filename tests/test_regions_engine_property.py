"""One table whatever the order of the rows, the threads and the engine: small random records, hostile texts."""

from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_regions_counting import as_dict, count_by_loop

from regions.counting import memory
from regions.counting.duck import count_in_duckdb
from regions.counting.memory import count_in_memory
from regions.counting.plan import COUNTINGS, Plan
from regions.errors import MethodError

# Short keys that fit into a number, and texts that break quoting, sorting, encodings or C strings.
NAMES = [
    "",
    " ",
    "a",
    "A",
    "a ",
    "a\x00",
    "'",
    '"',
    "';--",
    "%s",
    "\\",
    "\n",
    "专利",
    "é",
    "e\u0301",
    "😀",
    "\U0010ffff",
    "=1+1",
]
NAMES += ["z" * 40, "z" * 41, "10.1/x", "NULL", "None", "nan", "-1", "\x7f", "\u200b", "ﬁ"]
PLACES = ["", "440000", "11", "上海", "'", "\x00", "Z"]
ROW = st.tuples(
    st.sampled_from(["r1", "r2", "r3", "", "'r", "专利", "x" * 70]),
    st.sampled_from(NAMES),
    st.sampled_from([2019, 2020, None]),
    st.sampled_from(["patent", "论文", ""]),
)
WHERE = st.dictionaries(st.sampled_from(NAMES), st.one_of(st.none(), st.sampled_from(PLACES)), min_size=1)
PLAN = st.builds(
    Plan,
    st.sampled_from(list(COUNTINGS)),
    st.sampled_from([(), ("year",), ("kind", "year")]),
    st.one_of(st.none(), st.integers(2, 6)),
)


def make(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["record", "actor", "year", "kind"])
    return table.astype({"record": "str", "actor": "str", "year": "Int64", "kind": "str"})


def place(where: dict[str, str | None]) -> "pd.Series[str]":
    return pd.Series(list(where.values()), index=pd.Index(list(where), dtype="str"), dtype="str")


def assert_loop(records: pd.DataFrame, places: "pd.Series[str] | None", plan: Plan) -> pd.DataFrame:
    """Require what a plain loop over pairs of actors gives, and return it."""
    table = count_in_memory(records, places, plan).table
    expected, found = count_by_loop(records, places, plan), as_dict(table, plan.by)
    assert {key: value[1:] for key, value in found.items()} == {key: value[1:] for key, value in expected.items()}
    # The loop adds floats in another order: some ulp.
    assert [found[key][0] for key in expected] == pytest.approx([value[0] for value in expected.values()], rel=1e-12)
    return table


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, max_size=60), WHERE, PLAN, st.booleans(), st.randoms(use_true_random=False))
def test_memory_is_the_loop_in_any_order(
    rows: list[tuple[Any, ...]], where: dict[str, str | None], plan: Plan, between_actors: bool, random: Random
) -> None:
    places = None if between_actors else place(where)
    first = assert_loop(make(rows), places, plan)
    totals = count_in_memory(make(rows), places, plan).totals
    random.shuffle(rows)
    again = count_in_memory(make([*rows, *rows[:5]]), places, plan)
    pd.testing.assert_frame_equal(again.table, first, rtol=1e-12)
    assert again.totals == totals


@settings(max_examples=15, deadline=None)
@given(st.lists(ROW, max_size=60), WHERE, PLAN, st.booleans())
def test_the_database_gives_the_same_table(
    rows: list[tuple[Any, ...]], where: dict[str, str | None], plan: Plan, between_actors: bool
) -> None:
    pytest.importorskip("ibis", reason="extra 'big' is not installed")
    places = None if between_actors else place(where)
    memory_, duck = count_in_memory(make(rows), places, plan), count_in_duckdb(make(rows), places, plan)
    pd.testing.assert_frame_equal(duck.table, memory_.table, rtol=1e-12)
    assert duck.totals == memory_.totals


def draw(seed: int, n: int) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """Draw records of about six actors of eighty at twelve places, some without one."""
    rng = np.random.default_rng(seed)
    rows = [
        (f"r{i}", f"a{j}", 2020, "") for i, j in zip(rng.integers(0, n // 6, n), rng.integers(0, 80, n), strict=True)
    ]
    return make(rows), place({f"a{i}": None if i % 9 == 0 else f"p{i % 12}" for i in range(80)})


@pytest.mark.parametrize("counting", COUNTINGS)
@pytest.mark.parametrize("square", [2**22, 0])
def test_sums_in_a_table_and_sums_of_sorted_pairs(counting: Any, square: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above a number of places pairs are sorted, not written into a square; both in many blocks and pieces."""
    monkeypatch.setattr(memory, "_SQUARE", square)
    monkeypatch.setattr(memory, "_BLOCK", 100)
    monkeypatch.setattr(memory, "_PIECE", 7)
    records, places = draw(1, 3000)
    assert len(assert_loop(records, places, Plan(counting))) == 12 * 13 // 2
    assert len(assert_loop(records, None, Plan(counting))) > 1000


@pytest.mark.parametrize("counting", COUNTINGS)
def test_few_rows_of_many_places_make_no_square(counting: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_sum_in_table", lambda *_: pytest.fail("a square of all places"))
    rows = [(f"r{i // 3}", f"a{i}", 2020, "") for i in range(60)]
    assert len(assert_loop(make(rows), place({f"a{i}": f"p{i}" for i in range(60)}), Plan(counting))) == 60


def test_what_one_number_cannot_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    records, places = draw(1, 300)
    monkeypatch.setattr(memory, "LARGEST", 2**8)
    with pytest.raises(MethodError, match="too many groups, records and actors") as refused:
        count_in_memory(records, places, Plan())
    assert "请改用 duckdb" in refused.value.describe("zh")
    monkeypatch.undo()
    monkeypatch.setattr(memory, "_find_largest", lambda _: 2**40)
    monkeypatch.setattr(memory, "_SQUARE", 0)
    with pytest.raises(MethodError, match="are too many for links in memory"):
        count_in_memory(records, places, Plan("newman"))


def test_counts_of_one_table_may_be_changed_apart() -> None:
    table = count_in_memory(make([("r", "a", 2020, ""), ("r", "b", 2020, "")]), None, Plan()).table
    table.loc[0, "count"] = 7
    table["weight"] *= 3
    assert table[["weight", "count", "records"]].to_numpy().tolist() == [[3, 7, 1]]


def test_a_missing_kind_is_an_empty_one() -> None:
    records = make([("r", "a", 2020, None), ("r", "b", 2020, "")])
    for count in (count_in_memory, count_in_duckdb):
        table = count(records, None, Plan(by=("kind",))).table
        assert table[["kind", "source", "target"]].to_numpy().tolist() == [["", "a", "b"]]
