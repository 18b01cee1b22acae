"""Economic complexity by hand, on world trade, and where it is not defined."""

import numpy as np
import pandas as pd
import pytest
from conftest import DATA

from analysis.complexity.economic_complexity import measure_complexity, rank_specialities, select_large
from regions import MethodError


def ladder(n: int) -> pd.DataFrame:
    """Each region does all that the ones before it do, and one field more."""
    return pd.DataFrame(np.tri(n) > 0, index=[f"R{place}" for place in range(n)], columns=[f"f{p}" for p in range(n)])


def test_a_ladder_of_three_by_hand() -> None:
    # D^-1 M U^-1 M' of [[1,0,0],[1,1,0],[1,1,1]]: rows (1/3,1/3,1/3), (1/6,5/12,5/12), (1/9,5/18,11/18);
    # trace 49/36 = 1 + l2 + l3, determinant 1/36 = l2 l3
    found = rank_specialities(ladder(3))
    trace, product = 1 / 3 + 5 / 12 + 11 / 18 - 1, 1 / 36
    expected = (trace + np.sqrt(trace**2 - 4 * product)) / 2
    assert found.eigenvalue == pytest.approx(expected, rel=1e-12)
    assert found.regions["diversity"].tolist() == [1, 2, 3]
    assert found.fields["ubiquity"].tolist() == [3, 2, 1]
    assert found.regions["eci"].is_monotonic_increasing
    assert found.fields["pci"].is_monotonic_increasing  # the field that only the most diverse region has
    assert found.notes == ()


def test_the_index_is_an_eigenvector_and_standardised() -> None:
    rng = np.random.default_rng(5)
    special = pd.DataFrame(rng.random((30, 20)) < np.linspace(0.15, 0.7, 30)[:, None])
    found = rank_specialities(special)
    m = special.to_numpy(dtype=float)
    transition = (m / m.sum(axis=1, keepdims=True)) @ (m / m.sum(axis=0)).T
    eci = found.regions["eci"].to_numpy()
    moved = transition @ eci
    # standardising shifts by a constant, which is the first eigenvector: what is left is on one line
    slope = np.polyfit(eci, moved, 1)
    assert slope[0] == pytest.approx(found.eigenvalue, rel=1e-9)
    assert moved == pytest.approx(np.polyval(slope, eci), abs=1e-9)
    for values in (eci, found.fields["pci"].to_numpy()):
        assert values.mean() == pytest.approx(0, abs=1e-12)
        assert values.std() == pytest.approx(1, rel=1e-12)
    assert np.corrcoef(eci, m.sum(axis=1))[0, 1] > 0


def test_the_complexity_of_a_field_is_the_mean_of_its_regions_on_one_line() -> None:
    rng = np.random.default_rng(6)
    special = pd.DataFrame(rng.random((25, 15)) < np.linspace(0.2, 0.8, 25)[:, None])
    found = rank_specialities(special)
    m = special.to_numpy(dtype=float)
    mean = m.T @ found.regions["eci"].to_numpy() / m.sum(axis=0)
    assert np.corrcoef(mean, found.fields["pci"])[0, 1] == pytest.approx(1, abs=1e-12)


def test_world_trade() -> None:
    ones = pd.read_csv(DATA / "golden" / "complexity" / "balassa_binary_ones.csv.gz", dtype=str)
    found = rank_specialities(pd.crosstab(ones["country"], ones["product"]) > 0)
    theirs = pd.read_csv(DATA / "golden" / "complexity" / "eci_expected.csv", index_col="country").iloc[:, 0]
    assert len(theirs) == 226
    assert found.eigenvalue == pytest.approx(0.17913392, abs=5e-9)
    assert found.regions["eci"].reindex(theirs.index).to_numpy() == pytest.approx(theirs.to_numpy(), abs=1e-6)
    assert found.regions.loc[["sgs", "jpn", "gbr", "deu"], "eci"].round(4).tolist() == [2.3399, 2.2626, 1.9242, 1.8844]


def test_order_of_rows_and_columns_does_not_matter() -> None:
    rng = np.random.default_rng(7)
    special = pd.DataFrame(rng.random((20, 12)) < np.linspace(0.2, 0.8, 20)[:, None])
    rows, columns = rng.permutation(20), rng.permutation(12)
    first, second = rank_specialities(special), rank_specialities(special.loc[rows, columns])
    assert second.regions["eci"].reindex(special.index).to_numpy() == pytest.approx(first.regions["eci"].to_numpy())
    assert second.fields["pci"].reindex(special.columns).to_numpy() == pytest.approx(first.fields["pci"].to_numpy())


def test_empty_rows_and_columns_are_not_ranked() -> None:
    special = ladder(4)
    special.loc["empty"] = False
    special["nobody"] = False
    found = rank_specialities(special)
    assert np.isnan(found.regions.loc["empty", "eci"])
    assert np.isnan(found.fields.loc["nobody", "pci"])
    alone = rank_specialities(ladder(4))
    assert found.regions["eci"].iloc[:4].to_numpy() == pytest.approx(alone.regions["eci"].to_numpy())


def test_parts_that_share_nothing_have_no_common_order() -> None:
    both = pd.DataFrame(np.kron(np.diag([1, 0]), np.tri(4)) + np.kron(np.diag([0, 1]), np.eye(4)) > 0)
    found = rank_specialities(both)  # four regions on a ladder, four with a field of their own each
    assert found.regions["eci"].notna().tolist() == [True] * 4 + [False] * 4
    assert "5 parts" in found.notes[0].en
    assert "8 个地区中的 4 个" in found.notes[0].zh or "4 个" in found.notes[0].zh


def test_two_equal_eigenvalues_give_no_order() -> None:
    circle = pd.DataFrame(np.eye(6) + np.roll(np.eye(6), 1, axis=1) > 0)  # symmetric: no region differs
    found = rank_specialities(circle)
    assert found.regions["eci"].isna().all()
    assert "not single" in found.notes[0].en


def test_without_a_relation_to_diversity_the_sign_is_said_to_be_open() -> None:
    # a chain of regions with two fields each: an order, but no region is more diverse
    chain = pd.DataFrame(0, index=range(6), columns=range(7))
    for place in range(6):
        chain.loc[place, [place, place + 1]] = 1
    found = rank_specialities(chain > 0)
    assert "which end is the more complex one is not known" in found.notes[0].en
    assert found.regions["eci"].iloc[0] > 0
    assert found.regions["eci"].is_monotonic_decreasing


def test_too_little_is_not_ranked() -> None:
    found = rank_specialities(ladder(2))
    assert found.regions["eci"].isna().all()
    assert np.isnan(found.eigenvalue)
    assert "fewer than three" in found.notes[0].en
    assert rank_specialities(ladder(3) & False).regions["diversity"].sum() == 0


def test_small_regions_are_left_out_by_their_total() -> None:
    counts = pd.DataFrame([[9, 3, 0], [1, 0, 0], [0, 0, 0]], index=["A", "B", "C"], columns=["x", "y", "z"])
    assert select_large(counts).index.tolist() == ["A", "B"]
    assert select_large(counts, region_floor=2).index.tolist() == ["A"]
    assert select_large(counts, field_floor=4).columns.tolist() == ["x"]
    # the totals are those of the table as given: B falls, and x keeps its ten
    assert select_large(counts, region_floor=2, field_floor=10).columns.tolist() == ["x"]


@pytest.mark.parametrize("value", [-1.0, np.nan, np.inf])
def test_counts_that_are_none_are_refused(value: float) -> None:
    with pytest.raises(MethodError, match="finite and >= 0"):
        measure_complexity(pd.DataFrame([[1.0, value]]))
