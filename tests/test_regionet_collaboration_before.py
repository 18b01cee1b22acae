"""The collaboration under an outcome is of the years before it, or is called endogenous with its years."""

import pandas as pd
import pytest

from regionet.steps.spillover.collaboration_before import take_collaboration_before
from regions import Study


def _make(years: list[int | None]) -> Study:
    regions = pd.DataFrame({"code": ["A", "B", "C"], "name": ["a", "b", "c"]})
    ends = [("A", "B"), ("B", "C"), ("A", "C")]
    rows = [(*ends[place % 3], 1.0, year) for place, year in enumerate(years)]
    links = pd.DataFrame(rows, columns=["source", "target", "weight", "year"])
    return Study.from_frames(regions=regions, links=links.drop(columns="year") if None in years else links)


def test_only_earlier_years_are_taken_where_there_are_any() -> None:
    network, note = take_collaboration_before(_make([2008, 2009, 2012]), (2010, 2015))
    assert network is not None
    assert sorted(network.edges) == [("A", "B"), ("B", "C")]
    assert note is not None
    assert note.en == "Weights by collaboration are of 2008-2009, before the outcome."


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ([2010, 2011, 2012], "are of 2010-2012, the outcome of 2010-2015; no earlier collaboration is known"),
        ([2016, 2017, 2018], "are of 2016-2018, later than the outcome (2010-2015), and endogenous"),
        ([None, None, None], "have no years, so they may be endogenous"),
    ],
)
def test_collaboration_that_is_not_earlier_is_all_taken_and_called_endogenous(
    years: list[int | None], told: str
) -> None:
    network, note = take_collaboration_before(_make(years), (2010, 2015))
    assert network is not None
    assert network.number_of_edges() == 3
    assert note is not None
    assert told in note.en
    assert "内生" in note.zh


def test_a_study_without_collaboration_has_no_such_weights() -> None:
    regions = pd.DataFrame({"code": ["A", "B"], "name": ["a", "b"]})
    indicators = pd.DataFrame({"code": ["A", "B"], "year": [2010, 2010], "gdp": [1.0, 2.0]})
    study = Study.from_frames(regions=regions, indicators=indicators)
    assert take_collaboration_before(study, (2010, 2015)) == (None, None)
