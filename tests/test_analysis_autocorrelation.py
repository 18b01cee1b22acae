"""Global and local autocorrelation: by hand, at the edges, on counties of North Carolina against other programs."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from spatial_samples import build_neighbours, build_ring, read_columbus, read_expected

from analysis.autocorrelation.autocorrelation import measure_autocorrelation, measure_autocorrelation_by_year
from analysis.autocorrelation.local_autocorrelation import CLUSTERS, measure_local_autocorrelation
from regions.errors import MethodError

Golden = Callable[[str], Path]
CODES = list("ABCD")
LINE = pd.DataFrame(np.eye(4, k=1) + np.eye(4, k=-1), index=CODES, columns=CODES)
STAIRS = pd.Series([1.0, 2.0, 3.0, 4.0], index=CODES)


def _read_counties(golden: Golden, near: str = "contiguity_CR85") -> tuple[pd.DataFrame, pd.DataFrame]:
    table = pd.read_csv(golden("spatial_panel/nc_sids.csv"))
    lists = json.loads(golden("spatial_panel/nc_sids_nb.json").read_text(encoding="utf-8"))[near]
    weights = build_neighbours([[k for k in row if k > 0] for row in lists])
    for name, column in (("ft", "SID74"), ("nw", "NWBIR74")):
        table[name] = 1000**0.5 * (
            np.sqrt(table[column] / table["BIR74"]) + np.sqrt((table[column] + 1) / table["BIR74"])
        )
    return table.set_axis(weights.index), weights


def test_stairs_by_hand() -> None:
    """Z = -1.5, -.5, .5, 1.5: z'z 5, z'Wz 2(.75 - .25 + .75) = 2.5, s0 6; G: (2 + 6 + 12) 2 / (100 - 30)."""
    found = measure_autocorrelation(STAIRS, LINE, permutations=99).table["value"]
    assert found["moran"] == pytest.approx(4 / 6 * 2.5 / 5)
    assert found["geary"] == pytest.approx(3 / 12 * 6 / 5)
    assert found["getis-ord"] == pytest.approx(40 / 70)
    assert "bivariate" not in found


def test_local_stairs_by_hand() -> None:
    table = measure_local_autocorrelation(STAIRS, LINE, permutations=99).table
    assert table["local_moran"].tolist() == pytest.approx([0.6, 0.4, 0.4, 0.6])
    assert table["lag"].tolist() == [2, 4, 6, 3]


def test_counties_agree_with_spdep_and_esda(golden: Golden) -> None:
    table, weights = _read_counties(golden)
    expected = read_expected(golden, free=True)["nc_sids"]
    found = measure_autocorrelation(table["ft"], weights, other=table["nw"], permutations=999).table
    moran, geary = found.loc["moran"], found.loc["geary"]
    assert moran["value"] == pytest.approx(expected["moran"]["I"], rel=1e-9)
    assert moran["variance"] == pytest.approx(expected["moran"]["V_rand"], rel=1e-9)
    assert moran["z"] == pytest.approx(expected["moran"]["z_rand"], rel=1e-9)
    assert moran["p"] <= 0.005
    assert geary["value"] == pytest.approx(expected["geary"]["C"], rel=1e-9)
    assert geary["variance"] == pytest.approx(expected["geary"]["V_rand"], rel=1e-9)
    assert -geary["z"] == pytest.approx(expected["geary"]["z"], rel=1e-9)
    assert found.loc["bivariate", "value"] == pytest.approx(expected["bivariate_I"]["value"], rel=1e-9)


def test_getis_ord_of_counties_agrees(golden: Golden) -> None:
    table, weights = _read_counties(golden)
    expected = read_expected(golden, free=True)["nc_sids"]["global_G"]
    found = measure_autocorrelation(table["SID74"] / table["BIR74"], (weights > 0).astype(float), permutations=99)
    row = found.table.loc["getis-ord"]
    assert row["value"] == pytest.approx(expected["G"], rel=1e-9)
    assert row["expected"] == pytest.approx(expected["E"], rel=1e-9)
    assert row["variance"] == pytest.approx(expected["V"], rel=1e-8)
    assert row["z"] == pytest.approx(expected["z"], rel=1e-8)


def test_counties_with_islands_agree(golden: Golden) -> None:
    table, weights = _read_counties(golden, "distance30mi_CC89")
    expected = read_expected(golden, free=True)["nc_sids"]["islands"]["n_not_adjusted"]
    found = measure_autocorrelation(table["ft"], weights, permutations=99)
    assert len(found.islands) == 2
    assert found.table.loc["moran", "value"] == pytest.approx(expected["I"], rel=1e-9)
    assert found.table.loc["moran", "variance"] == pytest.approx(expected["V"], rel=1e-9)


def test_local_statistics_of_counties_agree(golden: Golden) -> None:
    """P of spdep from 9,999 permutations; ours from 1,999: a doubled tail has a standard error of up to .02."""
    table, weights = _read_counties(golden)
    expected = pd.read_csv(golden("spatial_panel/nc_local_expected.csv"))
    found = measure_local_autocorrelation(table["ft"], weights, permutations=1_999).table
    assert found["local_moran"].tolist() == pytest.approx(expected["Ii"].tolist(), rel=1e-8)
    assert found["g_star"].tolist() == pytest.approx(expected["Gstar"].tolist(), rel=1e-8)
    assert np.abs(found["p"].to_numpy() - expected["p_I_twosided_spdep"].to_numpy()).max() < 0.09
    assert int((found["p"] < 0.05).sum()) in range(11, 16)
    both = measure_local_autocorrelation(table["ft"], weights, other=table["nw"], permutations=9).table
    # spdep standardises by n - 1; by n the mean of the local values is the bivariate Moran
    assert both["local_moran"].tolist() == pytest.approx((expected["Ibv"] * 100 / 99).tolist(), rel=1e-8)
    of_all = read_expected(golden, free=True)["nc_sids"]["bivariate_I"]["value"]
    assert both["local_moran"].mean() == pytest.approx(of_all, rel=1e-9)


def test_columbus_agrees(golden: Golden) -> None:
    table, weights = read_columbus(golden)
    table = table.set_index("code")
    found = measure_autocorrelation(table["CRIME"], weights, other=table["INC"], permutations=9).table
    assert found.loc["moran", "value"] == pytest.approx(0.5109512640788, rel=1e-12)
    assert found.loc["moran", "variance"] == pytest.approx(0.008908761559878, rel=1e-11)
    assert found.loc["geary", "value"] == pytest.approx(0.5298699305982, rel=1e-12)
    assert found.loc["geary", "variance"] == pytest.approx(0.009752779622639, rel=1e-11)


def test_clusters_are_found_where_they_were_put() -> None:
    ring = build_ring(40)
    weights = ((ring + ring @ ring) > 0).astype(float) * (1 - np.eye(40)) / 4  # two neighbours on each side
    rng = np.random.default_rng(1)
    values = pd.Series(rng.standard_normal(40) * 0.3, index=weights.index)
    values.iloc[5:12] += 4.0
    values.iloc[25] += 3.0
    found = measure_local_autocorrelation(values, weights, permutations=1_999).table
    high = found.index[found["cluster"] == "high-high"].tolist()
    assert set(high) <= {f"R{k:02d}" for k in range(5, 12)}
    assert {"R07", "R08", "R09"} <= set(high)
    assert set(found["cluster"]) <= set(CLUSTERS)
    assert found.loc["R08", "g_star"] > 3


def test_noise_has_no_clusters() -> None:
    weights = build_ring(60)
    rng = np.random.default_rng(2)
    seen = 0
    for seed in range(10):
        values = pd.Series(rng.standard_normal(60), index=weights.index)
        found = measure_local_autocorrelation(values, weights, permutations=499, seed=seed).table
        seen += int((~found["cluster"].isin(["none"])).any())
    assert seen <= 2


def test_missing_values_are_an_error_or_named() -> None:
    values = pd.Series([1.0, np.nan, 3.0, 4.0, 2.0, 6.0], index=build_ring(6).index)
    weights = build_ring(6)
    with pytest.raises(MethodError, match="1 regions have no value: R01"):
        measure_autocorrelation(values, weights)
    with pytest.raises(MethodError, match="1 regions have no value: R01"):
        measure_local_autocorrelation(values, weights)
    found = measure_autocorrelation(values, weights, missing="drop", permutations=9)
    assert found.omitted == ("R01",)
    assert found.n == 5
    local = measure_local_autocorrelation(values, weights, missing="drop", permutations=9)
    assert local.table.loc["R02", "lag"] == 4.0  # its other neighbour has the whole weight now
    assert np.isfinite(local.table[["local_moran", "p", "q"]].to_numpy()).all()


def test_islands_have_no_local_statistic() -> None:
    weights = build_ring(8)
    weights.iloc[2] = weights.iloc[:, 2] = 0.0
    values = pd.Series(np.arange(8.0), index=weights.index)
    found = measure_local_autocorrelation(values, weights, permutations=19)
    assert found.islands == ("R02",)
    assert found.table.loc["R02", "cluster"] == "island"
    assert found.table.loc["R02", ["local_moran", "p", "q"]].isna().all()


def test_faults_are_named() -> None:
    weights = build_ring(6)
    with pytest.raises(MethodError, match="all values are equal"):
        measure_autocorrelation(pd.Series(1.0, index=weights.index), weights)
    with pytest.raises(MethodError, match="at least one permutation"):
        measure_local_autocorrelation(pd.Series(np.arange(6.0), index=weights.index), weights, permutations=0)
    with pytest.raises(MethodError, match="too few"):
        measure_autocorrelation(pd.Series(np.arange(6.0), index=weights.index), weights * 0)
    with pytest.raises(MethodError, match="no region Q"):
        measure_autocorrelation(pd.Series([*np.arange(6.0), 1.0], index=[*weights.index, "Q"]), weights)


def test_ties_count_as_extreme_whatever_the_rounding() -> None:
    """Values .1, .2, .3 in any sum: a permutation that gives the same lag must count, or p depends on the machine."""
    weights = build_ring(6)
    values = pd.Series([0.1, 0.2, 0.3, 0.1, 0.2, 0.3], index=weights.index)
    one = measure_local_autocorrelation(values, weights, permutations=999, seed=1).table["p"]
    other = measure_local_autocorrelation(values * 3, weights, permutations=999, seed=1).table["p"]
    assert one.tolist() == other.tolist()


def test_year_by_year() -> None:
    weights = build_ring(12)
    rng = np.random.default_rng(3)
    wave = np.sin(np.arange(12) * 2 * np.pi / 12)
    rows = [
        pd.DataFrame({"code": weights.index, "year": year, "v": wave * (year == 2012) + 0.5 * rng.standard_normal(12)})
        for year in (2010, 2011, 2012)
    ]
    table = pd.concat(rows, ignore_index=True)
    table.loc[table["year"] == 2010, "v"] = np.nan
    table.loc[13, "v"] = np.nan
    found = measure_autocorrelation_by_year(table, weights, column="v", permutations=99)
    assert sorted(set(found["year"])) == [2011, 2012]
    assert found[found["year"] == 2011]["n"].tolist() == [11, 11]
    moran = found[found["statistic"] == "moran"].set_index("year")["value"]
    assert moran[2012] > moran[2011]
    with pytest.raises(MethodError, match="no year has values"):
        measure_autocorrelation_by_year(table.assign(v=np.nan), weights, column="v")
