"""One table whatever the order of the rows, the threads and the engine: small random records, hostile texts."""

import dataclasses
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_regions_engine import as_dict, count_by_loop

from regions.engine import cells
from regions.engine.cells import Participations, build_cells, limit_records, list_blocks, sort_keys
from regions.engine.duck import count_in_duckdb
from regions.engine.memory import count_in_memory
from regions.engine.pairs import sum_pairs
from regions.engine.plan import COUNTINGS, Plan
from regions.engine.shares import BITS, divide_share, join_digits
from regions.engine.ties import sum_ties
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


@settings(max_examples=80, deadline=None)
@given(st.lists(ROW, max_size=60), WHERE, PLAN, st.booleans(), st.randoms(use_true_random=False))
def test_memory_is_the_loop_in_any_order(
    rows: list[tuple[Any, ...]], where: dict[str, str | None], plan: Plan, between_actors: bool, random: Random
) -> None:
    places = None if between_actors else place(where)
    records = make(rows)
    first = count_in_memory(records, places, plan, threads=1)
    expected = count_by_loop(records, places, plan)
    found = as_dict(first.table, plan.by)
    assert {key: value[1:] for key, value in found.items()} == {key: value[1:] for key, value in expected.items()}
    # The loop adds floats in another order: some ulp.
    assert [found[key][0] for key in expected] == pytest.approx([value[0] for value in expected.values()], rel=1e-13)
    random.shuffle(rows)
    again = count_in_memory(make([*rows, *rows[:5]]), places, plan, threads=3)
    pd.testing.assert_frame_equal(again.table, first.table, check_exact=True)
    assert again.totals == first.totals


@settings(max_examples=20, deadline=None)
@given(st.lists(ROW, max_size=60), WHERE, PLAN, st.booleans())
def test_the_database_gives_the_same_bytes(
    rows: list[tuple[Any, ...]], where: dict[str, str | None], plan: Plan, between_actors: bool
) -> None:
    pytest.importorskip("ibis", reason="extra 'big' is not installed")
    places = None if between_actors else place(where)
    memory = count_in_memory(make(rows), places, plan)
    duck = count_in_duckdb(make(rows), places, plan)
    pd.testing.assert_frame_equal(duck.table, memory.table, check_exact=True)
    assert duck.totals == memory.totals


def make_codes(seed: int = 1, n: int = 3000) -> Participations:
    rng = np.random.default_rng(seed)
    place_of = np.sort(rng.integers(-1, 12, 80)).astype(np.int32)
    return Participations(rng.integers(0, 500, n), 500, rng.integers(0, 80, n), place_of, 12)


@pytest.mark.parametrize("counting", COUNTINGS)
def test_many_places_add_up_like_few(counting: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above a number of places sums are sorted, not written into a square."""
    from regions.engine import pairs  # noqa: PLC0415 - private limits of this one test

    monkeypatch.setattr(cells, "_BLOCK", 100)
    keys = sort_keys(make_codes())
    plan, blocks = Plan(counting), list_blocks(keys, 0)
    assert len(blocks) > 5

    def add(threads: int) -> pd.DataFrame:
        return sum_pairs(
            blocks, lambda rows: build_cells(keys, rows, plan)[0], n_place=12, counting=counting, threads=threads
        )

    dense = add(1)
    monkeypatch.setattr(pairs, "_DENSE", 0)
    monkeypatch.setattr(pairs, "_BUFFER", 50)
    for threads in (1, 4):
        pd.testing.assert_frame_equal(add(threads), dense)


@pytest.mark.parametrize("counting", COUNTINGS)
def test_ties_of_actors_are_pairs_of_places_with_one_actor(counting: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from regions.engine import ties  # noqa: PLC0415 - a private limit of this one test

    monkeypatch.setattr(ties, "_PIECE", 7)
    given_ = make_codes()
    given_ = dataclasses.replace(given_, place_of=np.arange(80, dtype=np.int32), n_place=80)
    keys, plan = sort_keys(given_), Plan(counting)
    options: dict[str, Any] = {"n_place": 80, "counting": counting, "threads": 2}

    def read(rows: slice) -> cells.Cells:
        return build_cells(keys, rows, plan)[0]

    found = sum_ties(list_blocks(keys, 0), read, **options)
    pairs = sum_pairs(list_blocks(keys, 0), read, **options)
    assert (
        found[["source", "target", "count", "records"]]
        .astype("int64")
        .equals(pairs[["source", "target", "count", "records"]])
    )
    digits = [pairs[name].to_numpy() for name in pairs if name.startswith("share")]
    expected = join_digits(digits) if digits else pairs["count"].to_numpy(dtype=float)
    assert found["weight"].tolist() == expected.tolist()


def test_what_one_number_cannot_hold_is_refused() -> None:
    given_ = make_codes()
    most = limit_records(80, 1)
    assert most == 2**62 >> 7  # 80 actors take seven bits
    with pytest.raises(MethodError, match="too many groups, records and actors"):
        sort_keys(dataclasses.replace(given_, n_record=most + 1))
    with pytest.raises(MethodError, match="actors are too many for ties in memory") as refused:
        sum_ties([], lambda _: pytest.fail("no block"), n_place=2**32 + 1, counting="full")
    assert "请改用 duckdb" in refused.value.describe("zh")


def test_counts_of_one_table_may_be_changed_apart() -> None:
    """Both columns of counts may share their memory; changing one leaves the other."""
    table = count_in_memory(make([("r", "a", 2020, ""), ("r", "b", 2020, "")]), None, Plan()).table
    table.loc[0, "count"] = 7
    table["weight"] *= 3
    assert table[["weight", "count", "records"]].to_numpy().tolist() == [[3, 7, 1]]


@settings(max_examples=200)
@given(st.integers(2, 8000), st.integers(1, 10**6), st.sampled_from(["newman", "pair"]))
def test_digits_are_the_share(size: int, number: int, counting: Any) -> None:
    """Python's fractions give the same float, but for its last bits."""
    from fractions import Fraction  # noqa: PLC0415 - of this one test

    digits = [digit * number for digit in divide_share(np.array([size]), counting)]
    assert all(int(digit[0]) < 2**BITS * number for digit in digits[1:])
    share = Fraction(number, size - 1 if counting == "newman" else size * (size - 1) // 2)
    assert join_digits(digits)[0] == pytest.approx(float(share), rel=2**-51)
