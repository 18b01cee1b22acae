import dataclasses
import itertools
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from effort import count_steps
from hypothesis import given, settings
from hypothesis import strategies as st

from regions.counting.plan import Counted, Plan, Totals
from regions.errors import MethodError
from regions.records.count_links import (
    COUNTINGS,
    Counting,
    Source,
    count_actor_links,
    count_records,
    count_region_links,
)
from regions.study import Study
from regions.words import Words


def make_study(
    records: list[tuple[str, str]] | None = None, links: list[tuple[str, str, float]] | None = None
) -> Study:
    """Regions A (with the district A1), B, C and, outside the focus, X; actor a1 sits in A1, a2 in A, ..."""
    units = pd.DataFrame({"name": ["A", "B", "C"]}, index=pd.Index(["A", "B", "C"], name="code"))
    actors = pd.DataFrame(
        {"region": ["A1", "A", "B", "B", "C", "X"]},
        index=pd.Index(["a1", "a2", "b1", "b2", "c1", "x1"], name="id"),
    )
    return Study(
        name="tiny",
        title=Words("Tiny", "小"),
        regions=units,
        surroundings=pd.DataFrame({"name": ["X"]}, index=pd.Index(["X"], name="code")),
        unit_of=pd.Series({"A": "A", "A1": "A", "B": "B", "C": "C", "X": "X"}),
        actors=actors,
        records=None if records is None else pd.DataFrame(records, columns=["record", "actor"]),
        links=None if links is None else pd.DataFrame(links, columns=["source", "target", "weight"]),
    )


def rows(table: pd.DataFrame, column: str = "weight") -> dict[tuple[str, str], float]:
    return {(s, t): w for s, t, w in zip(table["source"], table["target"], table[column], strict=True)}


# Two records by hand. r1: a1 a2 b1 (n = 3); r2: a1 b1 b2 x1 (n = 4); r3: c1 alone.
BY_HAND = [
    *[("r1", actor) for actor in ("a1", "a2", "b1")],
    *[("r2", actor) for actor in ("a1", "b1", "b2", "x1")],
    ("r3", "c1"),
]


@pytest.mark.parametrize(
    ("counting", "expected"),
    [
        ("full", {("a1", "b1"): 2, ("a1", "a2"): 1, ("a1", "b2"): 1}),
        ("newman", {("a1", "b1"): 1 / 2 + 1 / 3, ("a1", "a2"): 1 / 2, ("a1", "b2"): 1 / 3}),
        ("pair", {("a1", "b1"): 1 / 3 + 1 / 6, ("a1", "a2"): 1 / 3, ("a1", "b2"): 1 / 6}),
    ],
)
def test_actor_links_by_hand(counting: Counting, expected: dict[tuple[str, str], float]) -> None:
    table = count_actor_links(pd.DataFrame(BY_HAND, columns=["record", "actor"]), counting=counting)
    assert len(table) == 3 + 6 - 1  # a1-b1 is in both records
    found = rows(table)
    assert {pair: found[pair] for pair in expected} == pytest.approx(expected, rel=1e-15)
    assert (table["source"] < table["target"]).all()
    assert rows(table, "records") == rows(table, "count")


def test_newman_strength_is_the_number_of_joint_records() -> None:
    table = count_actor_links(pd.DataFrame(BY_HAND, columns=["record", "actor"]), counting="newman")
    strength = table.groupby("source")["weight"].sum().add(table.groupby("target")["weight"].sum(), fill_value=0)
    assert strength.to_dict() == pytest.approx({"a1": 2, "a2": 1, "b1": 2, "b2": 1, "x1": 1}, rel=1e-15)


@pytest.mark.parametrize(
    ("counting", "expected"),
    [
        (
            "full",
            {("A", "A"): 1, ("A", "B"): 4, ("A", "X"): 1, ("B", "B"): 1, ("B", "X"): 2},
        ),
        (
            "newman",
            {
                ("A", "A"): 1 / 2,
                ("A", "B"): 1 + 2 / 3,
                ("A", "X"): 1 / 3,
                ("B", "B"): 1 / 3,
                ("B", "X"): 2 / 3,
            },
        ),
        (
            "pair",
            {
                ("A", "A"): 1 / 3,
                ("A", "B"): 2 / 3 + 1 / 3,
                ("A", "X"): 1 / 6,
                ("B", "B"): 1 / 6,
                ("B", "X"): 1 / 3,
            },
        ),
    ],
)
def test_region_links_by_hand(counting: Counting, expected: dict[tuple[str, str], float]) -> None:
    links = count_region_links(make_study(BY_HAND), counting=counting)
    assert rows(links.table) == pytest.approx(expected, rel=1e-15)
    assert rows(links.table, "count") == {
        ("A", "A"): 1,
        ("A", "B"): 4,
        ("A", "X"): 1,
        ("B", "B"): 1,
        ("B", "X"): 2,
    }
    assert rows(links.table, "records") == {
        ("A", "A"): 1,
        ("A", "B"): 2,
        ("A", "X"): 1,
        ("B", "B"): 1,
        ("B", "X"): 1,
    }
    assert (links.n_records, links.n_participations, links.n_single) == (3, 8, 1)
    assert (links.counting, links.directed, links.modelled) == (counting, False, False)


def test_pair_counting_gives_every_joint_record_one() -> None:
    links = count_region_links(make_study(BY_HAND), counting="pair")
    assert links.table["weight"].sum() == pytest.approx(2, rel=1e-15)


def test_types_of_the_columns() -> None:
    table = count_region_links(make_study(BY_HAND)).table
    assert list(table) == ["source", "target", "weight", "count", "records"]
    assert [table[name].dtype.kind for name in ("weight", "count", "records")] == ["f", "i", "i"]


def test_a_repeated_row_counts_once() -> None:
    once, twice = (count_region_links(make_study(BY_HAND * times), counting="newman") for times in (1, 2))
    pd.testing.assert_frame_equal(once.table, twice.table)
    assert once.n_participations == twice.n_participations


@pytest.mark.parametrize("records", [[], [("r1", "a1"), ("r2", "b1")]])
def test_records_without_a_tie_give_an_empty_table(records: list[tuple[str, str]]) -> None:
    links = count_region_links(make_study(records))
    assert links.table.empty
    assert list(links.table) == ["source", "target", "weight", "count", "records"]
    assert links.n_single == len(records)
    assert count_actor_links(pd.DataFrame(records, columns=["record", "actor"], dtype=str)).empty


def test_region_links_leave_the_study_alone() -> None:
    study, untouched = make_study(BY_HAND), make_study(BY_HAND)
    count_region_links(study)
    assert study.records is not None
    assert untouched.records is not None
    assert study.records.equals(untouched.records)


def test_links_are_added_up_in_units() -> None:
    study = make_study(links=[("B", "A", 2), ("A1", "B", 3), ("A1", "A", 4), ("X", "C", 1)])
    links = count_region_links(study)
    assert rows(links.table) == {("A", "A"): 4, ("A", "B"): 5, ("C", "X"): 1}
    assert rows(links.table, "count") == rows(links.table)
    assert "records" not in links.table
    assert (links.counting, links.n_records, links.directed) == ("given", None, False)


def test_directed_links_keep_their_direction() -> None:
    study = dataclasses.replace(make_study(links=[("B", "A", 2), ("A1", "B", 3), ("B", "A1", 1)]), directed=True)
    links = count_region_links(study)
    assert rows(links.table) == {("A", "B"): 3, ("B", "A"): 3}
    assert links.directed


def test_fractional_links_have_no_count() -> None:
    assert "count" not in count_region_links(make_study(links=[("A", "B", 2.5), ("B", "C", 1)])).table


@pytest.mark.parametrize(("origins", "modelled"), [(["observed", "modelled"], True), (["observed", "observed"], False)])
def test_one_modelled_link_marks_all(origins: list[str], modelled: bool) -> None:
    study = make_study(links=[("A", "B", 1), ("B", "C", 1)])
    assert study.links is not None
    study = dataclasses.replace(study, links=study.links.assign(origin=origins))
    assert count_region_links(study).modelled is modelled


def test_links_win_over_records_unless_told_otherwise() -> None:
    study = make_study(BY_HAND, links=[("A", "C", 7)])
    assert rows(count_region_links(study).table) == {("A", "C"): 7}
    assert rows(count_region_links(study, source="links").table) == {("A", "C"): 7}
    assert len(count_region_links(study, source="records").table) == 5


def test_records_of_a_directed_study_are_undirected() -> None:
    assert not count_region_links(dataclasses.replace(make_study(BY_HAND), directed=True)).directed


@pytest.mark.parametrize(
    ("source", "wanted", "wanted_zh"),
    [
        ("auto", "neither links nor records", "联系表，也没有记录"),
        ("links", "no links", "联系表"),
        ("records", "no records", "记录与主体表"),
    ],
)
def test_a_study_without_collaboration_is_refused(source: Source, wanted: str, wanted_zh: str) -> None:
    with pytest.raises(MethodError) as raised:
        count_region_links(make_study(), source=source)
    assert str(raised.value) == f"study 'tiny' has {wanted}, so there is no collaboration to count"
    assert raised.value.describe("zh") == f"数据集“tiny”没有{wanted_zh}，没有可以统计的合作"


def test_only_what_was_asked_for_is_taken() -> None:
    with pytest.raises(MethodError, match="'tiny' has no records"):
        count_region_links(make_study(links=[("A", "B", 1)]), source="records")
    with pytest.raises(MethodError, match="'tiny' has no links"):
        count_region_links(make_study(BY_HAND), source="links")


def test_records_without_a_table_of_actors_have_no_place() -> None:
    with pytest.raises(MethodError, match="'tiny' has neither links nor records"):
        count_region_links(dataclasses.replace(make_study(BY_HAND), actors=None))


def test_unknown_options_name_the_allowed_ones() -> None:
    records = pd.DataFrame(BY_HAND, columns=["record", "actor"])
    given = make_study(links=[("A", "B", 1)])
    with pytest.raises(MethodError, match="counting must be one of full, newman, pair; got 'Newman'"):
        count_region_links(make_study(BY_HAND), counting="Newman")  # type: ignore[arg-type]
    with pytest.raises(MethodError, match="full, newman, pair"):
        count_actor_links(records, counting="")  # type: ignore[arg-type]
    with pytest.raises(MethodError, match=r"^source must be one of auto, links, records; got 'both'$"):
        count_region_links(make_study(BY_HAND), source="both")  # type: ignore[arg-type]
    with pytest.raises(MethodError, match=r"^engine must be one of memory, duckdb; got 'disk'$"):
        count_region_links(given, engine="disk")  # type: ignore[arg-type]
    with pytest.raises(MethodError, match=r"^engine must be one of memory, duckdb; got 'disk'$"):
        count_records(records, Plan(), engine="disk")  # type: ignore[arg-type]


def replace_engine(monkeypatch: pytest.MonkeyPatch, counted: Counted) -> list[tuple[object, object, Plan]]:
    """Put an engine in place of the one of the extra, and return what it is asked for."""
    asked: list[tuple[object, object, Plan]] = []

    def count_in_duckdb(records: object, places: object, plan: Plan) -> Counted:
        asked.append((records, places, plan))
        return counted

    monkeypatch.setitem(sys.modules, "regions.counting.duck", SimpleNamespace(count_in_duckdb=count_in_duckdb))
    return asked


def test_options_and_actors_reach_the_engine_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(pd.DataFrame({"source": ["a"]}), Totals(5, 4, 3, 2, 1))
    asked = replace_engine(monkeypatch, counted)
    records = pd.DataFrame(BY_HAND, columns=["record", "actor"])
    table = count_actor_links(records, counting="newman", by=["year"], max_actors=3, engine="duckdb")
    assert table is counted.table
    assert asked == [(records, None, Plan("newman", ("year",), 3))]


def test_options_and_places_reach_the_engine_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(pd.DataFrame({"source": ["a"]}), Totals(5, 4, 3, 2, 1))
    asked = replace_engine(monkeypatch, counted)
    study = make_study(BY_HAND)
    links = count_region_links(study, counting="pair", by=["kind"], max_actors=9, engine="duckdb")
    assert links.table is counted.table
    assert links.counting == "pair"
    assert (links.n_records, links.n_participations, links.n_single) == (5, 4, 3)
    assert (links.n_capped, links.n_capped_participations) == (2, 1)
    records, places, plan = asked[0]
    assert records is study.records
    assert plan == Plan("pair", ("kind",), 9)
    assert isinstance(places, pd.Series)
    assert places.to_dict() == {"a1": "A", "a2": "A", "b1": "B", "b2": "B", "c1": "C", "x1": "X"}


def test_memory_counts_unless_another_engine_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace_engine(monkeypatch, Counted(pd.DataFrame(), Totals()))
    records = pd.DataFrame(BY_HAND, columns=["record", "actor"])
    assert len(count_records(records, Plan()).table) == len(count_actor_links(records)) == 8
    places = pd.Series({"a1": "A", "b1": "B"})
    assert rows(count_records(records, Plan(), places=places).table) == {("A", "B"): 2}
    assert rows(count_actor_links(records, max_actors=3)) == {("a1", "a2"): 1, ("a1", "b1"): 1, ("a2", "b1"): 1}
    assert asked == []


def test_links_are_added_up_by_year_and_those_of_no_year_last() -> None:
    study = make_study(links=[("A", "B", 1), ("B", "A", 2), ("A1", "B", 4), ("B", "C", 8), ("A", "B", 16)])
    assert study.links is not None
    years = pd.Series([2021, 2020, 2021, None, None], dtype="Int64")
    table = count_region_links(dataclasses.replace(study, links=study.links.assign(year=years)), by=["year"]).table
    assert list(table) == ["year", "source", "target", "weight", "count"]
    assert table[["source", "target", "weight"]].to_numpy().tolist() == [
        ["A", "B", 2.0],
        ["A", "B", 5.0],
        ["A", "B", 16.0],
        ["B", "C", 8.0],
    ]
    assert table["year"].tolist()[:2] == [2020, 2021]
    assert table["year"].isna().tolist() == [False, False, True, True]
    assert [table[name].dtype.kind for name in ("weight", "count")] == ["f", "i"]


def test_columns_that_links_lack_are_named() -> None:
    with pytest.raises(MethodError) as raised:
        count_region_links(make_study(links=[("A", "B", 1)]), by=["year", "field"])
    assert str(raised.value) == "the links have no column year, field to count by"
    assert raised.value.describe("zh") == "联系表没有用于分列的列 year、field"


participations = st.lists(
    st.tuples(st.sampled_from(["r1", "r2", "r3", "r4"]), st.sampled_from(["a1", "a2", "b1", "b2", "c1", "x1"])),
    max_size=24,
)


@settings(deadline=None, max_examples=40)
@given(participations, st.sampled_from(COUNTINGS))
def test_region_links_equal_a_loop_over_actor_pairs(records: list[tuple[str, str]], counting: Counting) -> None:
    study = make_study(records)
    assert study.actors is not None
    weight: dict[tuple[str, str], float] = defaultdict(float)
    joint: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in {r for r, _ in records}:
        actors = sorted({a for r, a in records if r == record})
        n = len(actors)
        for pair in itertools.combinations(actors, 2):
            first, second = sorted(study.unit_of[study.actors["region"][actor]] for actor in pair)
            weight[first, second] += {"full": 1, "newman": 1 / (n - 1), "pair": 2 / (n * (n - 1))}[counting]
            joint[first, second].add(record)
    table = count_region_links(study, counting=counting).table
    assert rows(table) == pytest.approx(weight, rel=1e-12)  # the loop adds in another order
    assert rows(table, "records") == {pair: len(found) for pair, found in joint.items()}
    assert list(rows(table)) == sorted(weight)


@settings(deadline=None, max_examples=40)
@given(participations, st.randoms(use_true_random=False), st.sampled_from(COUNTINGS))
def test_the_order_of_rows_changes_nothing(records: list[tuple[str, str]], random: Random, counting: Counting) -> None:
    shuffled = records.copy()
    random.shuffle(shuffled)
    first, second = (count_region_links(make_study(each), counting=counting).table for each in (records, shuffled))
    pd.testing.assert_frame_equal(first, second, check_exact=True)


def test_the_order_of_links_changes_nothing() -> None:
    links = [("A", "B", 0.1), ("A", "B", 0.7), ("B", "A", 0.2), ("A", "B", 1e9)]
    tables = [count_region_links(make_study(links=list(each))).table for each in itertools.permutations(links)]
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table, tables[0], check_exact=True)


def test_davis_southern_women_as_projected_by_tnet(golden: Callable[[str], Path]) -> None:
    """Newman's projection of 18 women over 14 events, printed by R tnet (fifteen digits)."""
    events = pd.read_csv(golden("network/davis_southern_women_2mode.csv"))
    records = pd.DataFrame({"record": events["V2"].map("{:02d}".format), "actor": events["V1"].map("{:02d}".format)})
    table = count_actor_links(records, counting="newman")
    found = {(int(s), int(t)): w for (s, t), w in rows(table).items()}
    arcs = pd.read_csv(golden("network/davis_southern_women_newman_projection.csv"))
    assert len(arcs) == 278 == 2 * len(found)
    assert found[1, 2] == pytest.approx(1.5626374, abs=1e-7)
    expected = {(i, j): w for i, j, w in arcs.itertuples(index=False) if i < j}
    assert found == pytest.approx(expected, abs=1e-13)


def test_a_record_with_thousands_of_actors_is_cheap() -> None:
    """3,000 actors have 4.5 million pairs; by region there are six."""
    actors = pd.DataFrame({"region": ["A1", "B", "C"] * 1000}, index=[f"k{i}" for i in range(3000)])
    study = dataclasses.replace(make_study([("big", actor) for actor in actors.index]), actors=actors)
    assert count_steps(lambda: count_region_links(study)) < 60_000
    table = count_region_links(study).table
    assert set(rows(table, "count").values()) == {1_000_000, 1000 * 999 // 2}


def test_a_hundred_thousand_participations_are_counted_as_arrays() -> None:
    rng = np.random.default_rng(7)
    records = pd.DataFrame({"record": rng.integers(0, 20_000, 100_000).astype(str)})
    records["actor"] = rng.choice(["a1", "a2", "b1", "b2", "c1", "x1"], len(records))
    study = dataclasses.replace(make_study([]), records=records)
    assert count_steps(lambda: count_region_links(study, counting="newman")) < 100_000
