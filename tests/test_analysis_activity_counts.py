"""What regions do, counted by field or by industry; and how sure an index of it is."""

import numpy as np
import pandas as pd
import pytest

from analysis.complexity.activity_counts import count_activities, list_field_records
from analysis.complexity.complexity_intervals import draw_counts, measure_complexity_intervals
from analysis.complexity.economic_complexity import measure_complexity
from regions import MethodError, Study

REGIONS = pd.DataFrame({"code": list("ABCD"), "name": ["Alpha", "Beta", "Gamma", "Delta"]})
ACTORS = pd.DataFrame({"id": ["a", "b", "c", "d"], "name": ["a", "b", "c", "d"], "region": list("ABCD")})


def make_study(**tables: pd.DataFrame) -> Study:
    return Study.from_frames(regions=REGIONS, **tables)


def make_records(rows: list[tuple[str, str, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["record", "actor", "field", "year"])


def test_records_count_once_by_region_and_field() -> None:
    rows = [("r1", "a", "x", 2020), ("r1", "b", "x", 2020), ("r2", "a", "x", 2021), ("r3", "c", "y", 2021)]
    study = make_study(actors=ACTORS, records=make_records(rows))
    counts = count_activities(study)
    assert counts["x"].tolist() == [2, 1, 0, 0]
    assert counts["y"].tolist() == [0, 0, 1, 0]
    assert count_activities(study, years=(2021, 2021))["x"].tolist() == [1, 0, 0, 0]
    assert len(list_field_records(study)) == 4


def test_activities_are_added_by_industry_and_year() -> None:
    table = pd.DataFrame(
        {
            "code": ["A", "A", "B"],
            "industry": ["steel", "steel", "tea"],
            "year": [2020, 2021, 2021],
            "value": [3.0, 4, 5],
        }
    )
    study = make_study(activities=table, indicators=pd.DataFrame({"code": ["A"], "year": [2020], "gdp": [1.0]}))
    counts = count_activities(study, by="industry")
    assert counts["steel"].tolist() == [7, 0, 0, 0]
    assert count_activities(study, by="industry", years=(2021, 2021)).loc["A"].tolist() == [4, 0]


def test_what_is_not_there_is_said() -> None:
    rows = [("r1", "a", "x", 2020), ("r1", "b", "x", 2020)]
    bare = make_study(actors=ACTORS, records=make_records(rows).drop(columns="field"))
    with pytest.raises(MethodError, match="no records of actors with a field"):
        count_activities(bare)
    with pytest.raises(MethodError, match="no table of activities"):
        count_activities(bare, by="industry")


def test_draws_keep_the_number_of_records_and_the_regions_of_one_together() -> None:
    rows = [(f"r{place}", actor, "xyz"[place % 3], 2020) for place in range(30) for actor in ("a", "b")]
    study = make_study(actors=ACTORS, records=make_records(rows))
    drawn = list(draw_counts(study, draws=40, seed=1))
    assert len(drawn) == 40
    for table in drawn:
        assert table.loc["A"].sum() == 30
        assert table.loc["A"].tolist() == table.loc["B"].tolist()
    assert np.mean([table.loc["A", "x"] for table in drawn]) == pytest.approx(10, abs=2)
    assert len({tuple(table.loc["A"]) for table in drawn}) > 10


def test_intervals_hold_the_estimate_and_narrow_with_more_records() -> None:
    rng = np.random.default_rng(2)
    actors = pd.DataFrame({"id": [f"a{p}" for p in range(8)], "name": "n", "region": [f"R{p}" for p in range(8)]})
    regions = pd.DataFrame({"code": [f"R{p}" for p in range(8)], "name": [f"Region {p}" for p in range(8)]})
    width = []
    for each in (8, 80):
        rows = [
            (f"{place}-{field}-{copy}", f"a{place}", f"f{field}", 2020)
            for place in range(8)
            for field in range(place + 1)
            for copy in range(rng.poisson(each) + 1)
        ]
        study = Study.from_frames(regions=regions, actors=actors, records=make_records(rows))
        counts = count_activities(study)
        found = measure_complexity_intervals(study, counts, threshold=0.5, draws=60)
        table = found.regions
        assert table["eci"].to_numpy() == pytest.approx(
            measure_complexity(counts, threshold=0.5).regions["eci"].to_numpy()
        )
        assert (table["rank_low"] <= table["rank"]).all()
        assert (table["rank"] <= table["rank_high"]).all()
        assert (table["defined"] == 1).all()
        width.append((table["eci_high"] - table["eci_low"]).mean())
    assert width[1] < 0.6 * width[0]


def test_a_direction_that_is_not_sure_is_said() -> None:
    # two rings of regions alike in diversity: which end is complex hangs on the draw
    rng = np.random.default_rng(3)
    codes = [f"R{p}" for p in range(10)]
    regions = pd.DataFrame({"code": codes, "name": [f"Region {p}" for p in range(10)]})
    actors = pd.DataFrame({"id": [f"a{p}" for p in range(10)], "name": "n", "region": codes})
    rows = [
        (f"{p}-{f}-{copy}", f"a{p}", f"f{f}", 2020)
        for p in range(10)
        for f in (p, p + 1, p + 2)
        for copy in range(3 + int(rng.integers(0, 3)))
    ]
    study = Study.from_frames(regions=regions, actors=actors, records=make_records(rows))
    found = measure_complexity_intervals(study, count_activities(study), draws=80)
    assert any("which end of the order is the complex one is not sure" in note.en for note in found.notes)
    spread = found.regions["eci_high"] - found.regions["eci_low"]
    assert spread.max() < 2.5  # draws were turned to one side: else an end would reach from -1.5 to 1.5
