"""The year in which an indicator is known for the most regions."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from regions import Study, load_study
from regions.errors import MethodError
from regions.study_parts.latest_year import find_latest_year


@pytest.fixture(scope="module")
def study() -> Study:
    """Give China three values in 2020 and 2021, two in 2022."""
    codes = ["110000", "120000", "130000"]
    cells = [(code, year, 1.0) for year in (2020, 2021) for code in codes] + [(code, 2022, 1.0) for code in codes[:2]]
    table = pd.DataFrame(cells, columns=["code", "year", "x"]).assign(empty=np.nan)
    return replace(load_study("china"), indicators=table)


def test_of_the_best_known_years_the_latest(study: Study) -> None:
    assert find_latest_year(study, "x") == 2021


def test_only_the_regions_asked_for_count(study: Study) -> None:
    assert find_latest_year(study, "x", ["110000", "120000"]) == 2022


def test_an_indicator_without_values_or_unknown_is_named(study: Study) -> None:
    with pytest.raises(MethodError, match="'empty' has no value"):
        find_latest_year(study, "empty")
    with pytest.raises(MethodError, match="'x' has no value"):
        find_latest_year(study, "x", ["820000"])
    with pytest.raises(MethodError, match="no indicator is named 'y'; there are: x, empty"):
        find_latest_year(study, "y")
    with pytest.raises(MethodError, match="there are: none"):
        find_latest_year(replace(study, indicators=None), "x")
