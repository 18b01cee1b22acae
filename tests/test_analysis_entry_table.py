"""Entries over all years of a study: windows, what is left out, and the verdict, by hand and on real data."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.complexity import entry_table
from analysis.complexity.entries import ENTRIES as KINDS
from analysis.complexity.entries import PREDICTORS, backtest_entries
from analysis.complexity.entry_table import tabulate_entries
from maps.words.columns.complexity_columns import ENTRIES, ENTRY_NAMES, PREDICTOR_NAMES
from regions import MethodError, Study, load_study

FRANCE = load_study("france")


def test_what_stands_in_one_window_only_is_counted() -> None:
    early = pd.DataFrame([[9, 0, 0, 1], [9, 9, 0, 0], [0, 9, 9, 0], [0, 0, 9, 0]], list("ABCD"), list("xyzo"))
    late = early.drop(columns="o").assign(n=[0, 0, 0, 5]).rename(index={"D": "E"})
    found = backtest_entries(early, late, entry="presence", draws=5)
    assert found.left_regions == ("D", "E")
    assert found.left_fields == ("n", "o")
    assert set(found.cases["code"]) == {"A", "B", "C"}


def test_an_empty_row_or_column_is_not_left_out_for_it_has_nothing() -> None:
    early = pd.DataFrame([[9, 0, 0], [9, 9, 0], [0, 9, 9], [0, 0, 9]], list("ABCD"), list("xyz"))
    late = early.reindex(index=list("ABCDE"), columns=list("xyzn"), fill_value=0)
    found = backtest_entries(early, late, entry="presence", draws=5)
    assert (found.left_regions, found.left_fields) == ((), ())


def sow(counts: dict[int, pd.DataFrame]) -> Study:
    """Make a study whose activities are these tables of regions by industries, by year."""
    codes = FRANCE.regions.index[:4]
    rows = [
        {"code": codes["ABCD".index(str(region))], "industry": industry, "year": year, "value": float(value)}
        for year, table in counts.items()
        for region, row in table.iterrows()
        for industry, value in row.items()
    ]
    return replace(FRANCE, records=None, links=None, activities=pd.DataFrame(rows))


def test_activities_of_several_years_are_tested_by_industry() -> None:
    early = pd.DataFrame([[9, 0, 0], [9, 9, 0], [0, 9, 9], [0, 0, 9]], list("ABCD"), list("xyz"))
    late = early.copy()
    late.loc[["A", "D"], "y"] = 9
    table, notes = tabulate_entries(sow({2010: early, 2014: late}), window=1, draws=5)
    presence = table[table["entry"] == "presence"]
    assert presence[["horizon", "base", "later"]].drop_duplicates().to_numpy().tolist() == [
        [4, "2010-2010", "2014-2014"]
    ]
    assert set(presence["cases"]) == {6}
    assert set(presence["entered"]) == {2}
    assert presence["auc"].isna().all(), "two entries are too few to judge"
    assert "0 of 0 horizons" in notes[1].en


def test_windows_end_in_years_of_the_study_only() -> None:
    table, notes = tabulate_entries(load_study("china"), draws=2)
    assert set(zip(table["base"], table["later"], strict=True)) == {
        ("2011-2013", "2015-2017"),
        ("2011-2013", "2017-2019"),
    }
    assert set(table["left_regions"]) == {6}
    assert "6 region(s) with fewer than 10 records in 2011-2013" in notes[2].en
    assert "天津" in notes[2].zh
    assert (table["left_fields"] > 0).all()
    assert "24 field(s)" in notes[3].en


def test_in_france_relatedness_foretells_no_better_than_size() -> None:
    table, notes = tabulate_entries(FRANCE, window=4, draws=30)
    assert set(table["horizon"]) == {4, 5, 6, 7, 8}
    assert set(table["predictor"]) == set(PREDICTORS) == set(PREDICTOR_NAMES)
    assert set(table["entry"]) == set(KINDS) == set(ENTRY_NAMES)
    assert set(table.columns) == set(ENTRIES)
    density = table[(table["predictor"] == "density") & (table["entry"] == "presence")]
    assert (density["auc"] > 0.6).all()
    assert (density["beyond_size"] < 0.05).all()
    assert "better than size alone in 0" in notes[1].en
    assert "0 个优于仅凭规模" in notes[1].zh
    assert "not what will come" in notes[-1].en


def test_too_few_years_are_refused() -> None:
    with pytest.raises(MethodError, match="at least two windows of 9 years"):
        tabulate_entries(FRANCE, window=9)


def test_activities_without_years_are_refused() -> None:
    study = sow({2010: pd.DataFrame([[1]], ["A"], ["x"])})
    assert study.activities is not None
    with pytest.raises(MethodError, match="have no years"):
        tabulate_entries(replace(study, activities=study.activities.drop(columns="year")))


def test_few_of_many_left_out_are_named_and_all_counted() -> None:
    names = [f"field {number:02d}" for number in range(30)]
    early = pd.DataFrame([[9, 0, 0], [9, 9, 0], [0, 9, 9], [0, 0, 9]], list("ABCD"), list("xyz"))
    late = early.assign(**dict.fromkeys(names, 1))
    _, notes = tabulate_entries(sow({2010: early, 2014: late}), window=1, draws=2)
    told = next(note.en for note in notes if "30 field(s)" in note.en)
    assert told.count("field 0") == entry_table._NAMED
    assert "field 10" not in told
