"""A second real region system: FP7 projects, cross-checked with a self-merge in pandas."""

import pandas as pd
import pytest
from conftest import SHARED

from regions.counting.memory import count_in_memory
from regions.counting.plan import Plan

FOLDER = SHARED / "data" / "eu"


@pytest.fixture(scope="module")
def fp7() -> tuple[pd.DataFrame, pd.DataFrame]:
    if not (FOLDER / "fp7_records.csv.gz").exists():
        pytest.skip("the FP7 tables are not on this machine (they stand beside the repository, not in it)")
    records = pd.read_csv(FOLDER / "fp7_records.csv.gz", dtype="str", keep_default_na=False)
    actors = pd.read_csv(FOLDER / "fp7_actors.csv.gz", dtype="str", keep_default_na=False, index_col="id")
    return records, actors


def test_fp7_equals_a_self_merge(fp7: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    records, actors = fp7
    for column, letters in (("country", 2), ("nuts3", 4)):
        assert_same(records, actors[column].mask(actors[column] == "").str[:letters])
    assert actors["nuts3"].mask(actors["nuts3"] == "").str[:4].nunique() == 256  # as the description of the data says


def assert_same(records: pd.DataFrame, places: "pd.Series[str]") -> None:
    """Count in memory, and by joining the table of records with itself."""
    counted = count_in_memory(records, places, Plan())
    assert (counted.totals.n_records, counted.totals.n_participations) == (25_788, 135_667)
    joint = records.assign(place=records["actor"].map(places))
    pairs = joint.merge(joint, on="record").query("actor_x < actor_y").dropna(subset=["place_x", "place_y"])
    ends = pairs[["place_x", "place_y"]]
    expected = ends.groupby([ends.min(axis=1), ends.max(axis=1)]).size()
    assert counted.table.set_index(["source", "target"])["count"].to_dict() == expected.to_dict()


def test_every_joint_fp7_project_counts_one_in_pair_counting(fp7: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    counted = count_in_memory(fp7[0], None, Plan("pair"))
    joint = counted.totals.n_records - counted.totals.n_single
    # The shares are exact to 2^-78; what is left is the sum of half a million floats.
    assert counted.table["weight"].sum() == pytest.approx(joint, rel=1e-11)
