import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from many_samples import make_series, make_study

from analysis.barriers.panel import build_yearly_networks
from analysis.dynamics.temporal import (
    ONE_YEAR,
    find_entries_exits,
    measure_link_changes,
    measure_rank_changes,
)
from regions import MethodError, Study, load_study, read_study
from regions.study_parts.study_selection import select_study

LINKS = [
    ("A", "B", 4.0, 2019),
    ("A", "C", 1.0, 2019),
    ("A", "B", 2.0, 2020),
    ("B", "C", 3.0, 2020),
    ("C", "D", 5.0, 2022),
    ("A", "D", 9.0, None),
]


def make_yearly() -> Study:
    links = pd.DataFrame(LINKS, columns=["source", "target", "weight", "year"]).astype({"year": "Int64"})
    return dataclasses.replace(make_study([]), links=links)


def test_a_folder_with_years(folder: object) -> None:
    networks = build_yearly_networks(read_study(str(folder)))
    changes = measure_link_changes(networks).table
    assert changes[["year", "previous", "stayed", "left"]].to_numpy().tolist() == [[2021, 2020, 1, 1]]


def test_changes_by_hand() -> None:
    changes = measure_link_changes(build_yearly_networks(make_yearly())).table.set_index("year")
    assert changes.loc[2020].to_dict() == {
        "previous": 2019,
        "links": 2,
        "entered": 1,
        "left": 1,
        "stayed": 1,
        "persistence": 1 / 3,
        "weight_entered": 3,
        "weight_left": 1,
        "regions": 3,
        "regions_entered": 0,
        "regions_left": 0,
    }
    later = changes.loc[2022]
    assert (later["previous"], later["persistence"], later["regions_entered"], later["regions_left"]) == (2020, 0, 1, 2)


def test_entries_and_exits_by_hand() -> None:
    table = find_entries_exits(build_yearly_networks(make_yearly())).table
    rows = [tuple(row) for row in table.itertuples(index=False)]
    assert rows[:2] == [(2020, "link", "entry", "B", "C", 3.0), (2020, "link", "exit", "A", "C", 1.0)]
    assert (2022, "region", "entry", "D", "", 5.0) in rows
    assert (2022, "region", "exit", "A", "", 2.0) in rows
    assert len(rows) == 2 + 3 + 1 + 2


def test_direction_is_part_of_a_link() -> None:
    forth, back = [("A", "B", 1.0)], [("B", "A", 1.0)]
    assert measure_link_changes(make_series(forth, back)).table["persistence"].tolist() == [1]
    assert measure_link_changes(make_series(forth, back, directed=True)).table["persistence"].tolist() == [0]


def test_no_links_in_two_years_is_unknown_persistence() -> None:
    changes = measure_link_changes(make_series([], [], [("A", "B", 1.0)])).table
    assert changes["persistence"].isna().tolist() == [True, False]
    assert changes["entered"].tolist() == [0, 1]


def test_ranks_by_hand() -> None:
    series = make_series([("A", "B", 3.0), ("A", "C", 1.0)], [("A", "C", 5.0), ("C", "D", 1.0)])
    table = measure_rank_changes(series).table.set_index(["year", "code"])
    assert table.loc[2000, "rank"].tolist() == [1, 2, 3, 4]
    assert table.loc[2001, "rank"].tolist() == [2, 4, 1, 3]
    assert table.loc[2000, "change"].isna().all()
    assert table.loc[2001, "change"].tolist() == [-1, -2, 2, 1]
    pagerank = measure_rank_changes(series, column="pagerank").table.set_index(["year", "code"])
    assert pagerank.loc[(2000, "A"), "rank"] == 1
    with pytest.raises(MethodError, match="no score 'fame'; there are: degree"):
        measure_rank_changes(series, column="fame")


def test_the_new_links_of_china_are_followed_over_its_three_years() -> None:
    changes = measure_link_changes(build_yearly_networks(load_study("china"))).table.set_index("year")
    assert changes["links"].to_dict() == {2017: 214, 2019: 91}
    assert changes.loc[2017, "entered"] == 28  # pairs of provinces that had no link in 2011
    assert changes.loc[2017, "previous"] == 2011


def test_one_year_says_so() -> None:
    networks = build_yearly_networks(select_study(load_study("china"), years=(2011, 2011)))
    assert list(networks) == [2011]
    for changes in (measure_link_changes(networks), find_entries_exits(networks)):
        assert changes.table.empty
        (note,) = changes.notes
        assert note.zh.startswith("合作数据只有一个年份")
    ranks = measure_rank_changes(networks)
    assert len(ranks.table) == 31
    assert ranks.notes == (ONE_YEAR,)
    assert measure_rank_changes({}).table.empty


pairs = st.sets(st.sampled_from([("A", "B"), ("A", "C"), ("A", "D"), ("B", "C"), ("B", "D"), ("C", "D")]))


@given(st.lists(pairs, min_size=2, max_size=5))
def test_what_came_and_went_adds_up(years: list[set[tuple[str, str]]]) -> None:
    series = make_series(*[[(a, b, 1.0) for a, b in year] for year in years])
    whole = measure_link_changes(series)
    changes, events = whole.table, find_entries_exits(series).table
    assert whole.notes == ()
    counts = events[events["kind"] == "link"].groupby(["year", "event"]).size()
    for row in changes.itertuples(index=False):
        before, after = years[row.previous - 2000], years[row.year - 2000]
        assert row.links == row.entered + row.stayed == len(after)
        assert row.left + row.stayed == len(before)
        assert counts.get((row.year, "entry"), 0) == row.entered
        assert counts.get((row.year, "exit"), 0) == row.left
        if before | after:
            assert row.persistence == pytest.approx(len(before & after) / len(before | after))
        else:
            assert np.isnan(row.persistence)
