"""A balanced panel of a study: choices, lags, logarithms, and what is left out by name."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import regions
from analysis.spillover.study_panel import build_study_panel, choose_columns, list_indicators
from regions.errors import MethodError
from regions.study import Study

STUDY = regions.load_study("china")


def _with(indicators: pd.DataFrame) -> Study:
    return replace(STUDY, indicators=indicators)


def _grid(years: range = range(2015, 2020)) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([years, STUDY.regions.index], names=["year", "code"])
    table = pd.DataFrame(index=index).reset_index()
    return table.assign(a=np.arange(len(table)) + 1.0, b=table["year"] - 2000.0 + table["code"].str[:2].astype(float))


def test_china_explains_inventions_by_research() -> None:
    assert choose_columns(STUDY) == ("patents_granted_invention", ("rd_expenditure", "rd_personnel"))


def test_other_studies_take_their_first_indicators() -> None:
    assert choose_columns(_with(_grid())) == ("a", ("b",))
    with pytest.raises(MethodError, match="an outcome and something that explains it"):
        choose_columns(_with(_grid()[["code", "year", "a"]]))
    with pytest.raises(MethodError, match="none"):
        choose_columns(replace(STUDY, indicators=None))


def test_the_lag_takes_x_of_the_year_before_and_logs_are_natural() -> None:
    panel = build_study_panel(_with(_grid()), "a", ["b"], lag=1, log=True)
    assert panel.years == (2016, 2017, 2018, 2019)
    row = panel.table[(panel.table["year"] == 2016) & (panel.table["code"] == "110000")].iloc[0]
    assert row["b"] == pytest.approx(np.log(15 + 11))
    assert row["a"] == pytest.approx(np.log(32))
    assert panel.notes == ()


def test_the_emptiest_go_first_and_are_named() -> None:
    table = _grid()
    table.loc[(table["year"] == 2017), "a"] = np.nan
    table.loc[(table["code"] == "540000") & (table["year"] > 2017), "b"] = np.nan
    panel = build_study_panel(_with(table), "a", ["b"])
    assert panel.years == (2015, 2016, 2018, 2019)
    assert len(panel.codes) == 30
    texts = [note.en for note in panel.notes]
    assert any("Tibet" in text for text in texts)
    zh = [note.zh for note in panel.notes]
    assert any("西藏" in text for text in zh)
    # a year in which nobody has a value is no year of the panel at all; one with a few gaps is named
    table.loc[(table["year"] == 2016) & (table["code"] > "300000"), "b"] = np.nan
    again = build_study_panel(_with(table), "a", ["b"])
    assert 2016 not in again.years
    assert any("2016" in note.en for note in again.notes)


def test_values_without_a_logarithm_are_counted() -> None:
    table = _grid()
    table.loc[(table["code"] == "460000"), "a"] = 0.0
    panel = build_study_panel(_with(table), "a", ["b"], log=True)
    assert "460000" not in set(panel.codes)
    assert any(note.en.startswith("5 values of 0 or less") for note in panel.notes)


def test_one_year_is_a_cross_section() -> None:
    panel = build_study_panel(_with(_grid(range(2018, 2019))), "a", ["b"])
    assert "year" not in panel.table
    assert panel.years == (2018,)


def test_faults_are_named() -> None:
    with pytest.raises(MethodError, match="no indicator is named nothing; there are: a, b"):
        build_study_panel(_with(_grid()), "nothing", ["b"])
    table = _grid()
    table["b"] = table["b"].where(table["code"] < "130000")
    with pytest.raises(MethodError, match="only 2 regions have all values"):
        build_study_panel(_with(table), "a", ["b"])
    with pytest.raises(MethodError, match=r"in one year .*a \(2015-2019\), b \(-\)"):
        build_study_panel(_with(table.assign(b=np.nan)), "a", ["b"])


def test_indicators_are_the_columns_of_numbers() -> None:
    assert list_indicators(_with(_grid().assign(note="x"))) == ["a", "b"]
