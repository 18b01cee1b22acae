"""Peers by structure, the scarcest condition, associations within regions and what-if."""

import numpy as np
import pandas as pd
import pytest

from analysis.development.condition_effects import associate_conditions, measure_condition_whatif
from analysis.development.peers import Peers, find_peers, measure_scarcity
from regions import Study, load_study
from regions.errors import MethodError

STRUCTURE = pd.DataFrame({"pillar": ["s", "s"], "indicator": ["size", "wealth"]})
CONDITIONS = pd.DataFrame(
    {"pillar": ["p", "p", "q"], "indicator": ["roads", "rents", "talent"], "direction": [1, -1, 1]}
)


def make_study(table: pd.DataFrame) -> Study:
    places = sorted(set(table["code"]))
    return Study.from_frames(regions=pd.DataFrame({"code": places, "name": places}), indicators=table)


def panel(years: int = 8, regions: int = 12, seed: int = 0, *, slope: float = 0.6) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    code, year = np.repeat(np.arange(regions), years), np.tile(np.arange(years), regions)
    x = rng.normal(size=regions)[code] + 0.2 * rng.normal(size=years)[year] + 0.3 * rng.normal(size=len(code))
    slow = rng.normal(size=regions)[code] + 0.01 * rng.normal(size=len(code))
    y = slope * x + rng.normal(size=regions)[code] + rng.normal(size=years)[year] + 0.1 * rng.normal(size=len(code))
    names = [f"R{i:02d}" for i in code]
    return pd.DataFrame({"code": names, "year": 2010 + year, "x": np.exp(x), "slow": np.exp(slow), "y": np.exp(y)})


SCHEME = pd.DataFrame({"pillar": ["p", "q"], "indicator": ["x", "slow"]})


def test_peers_by_hand() -> None:
    # equal in wealth but for D; ln size 0, 1, 3, 1.2
    table = pd.DataFrame(
        {"code": list("ABCD"), "year": 2020, "size": np.exp([0, 1, 3, 1.2]), "wealth": [2.0, 2, 2, np.nan]}
    )
    found = find_peers(make_study(table), count=2, structure=STRUCTURE)
    assert found.list_peers("A") == ["B", "C"]
    assert found.list_peers("C") == ["B", "A"]
    assert found.list_peers("D") == []
    assert "Without peers for want of values: D" in found.notes[0].en
    s = np.std([0, 1, 3])
    assert found.table.loc[("A", 1), "distance"] == pytest.approx((1 / s) / 2**0.5)


def test_peers_are_of_structure_not_of_rank() -> None:
    study = load_study("china")
    found = find_peers(study)
    names = study.names()
    assert names[found.list_peers("310000")[0]] in {"Beijing", "Tianjin"}  # towns without a hinterland
    assert found.table["distance"].notna().all()
    assert found.columns.keys() == {"size", "wealth", "towns", "factories"}


def test_europe_compares_what_it_has() -> None:
    assert set(find_peers(load_study("europe")).columns) == {"size", "wealth"}


@pytest.mark.parametrize(("rows", "message"), [(2, "three regions or more"), (4, "no structure of 1999")])
def test_what_has_no_peers_is_refused(rows: int, message: str) -> None:
    table = pd.DataFrame({"code": list("ABCD")[:rows], "year": 2020, "size": range(1, rows + 1), "wealth": 2.0})
    with pytest.raises(MethodError, match=message):
        find_peers(make_study(table), structure=STRUCTURE, year=1999 if rows > 2 else None)


def test_scarcity_by_hand() -> None:
    table = pd.DataFrame(
        {"code": list("ABC"), "year": 2020, "roads": [1.0, 3, 5], "rents": [9.0, 6, 3], "talent": [2.0, np.nan, 2.0]}
    )
    index = pd.MultiIndex.from_tuples([("A", 1), ("A", 2), ("B", 1)], names=["code", "place"])
    peers = Peers(pd.DataFrame({"peer": ["B", "C", "C"], "distance": 1.0}, index=index), {}, 2020, ())
    found = measure_scarcity(make_study(table), peers, scheme=CONDITIONS)
    a = found[found["code"] == "A"].set_index("indicator")
    assert a.loc["roads", ["value", "peers"]].tolist() == [1, 4]
    assert a.loc["roads", "gap"] == pytest.approx(-3 / np.std([1, 3, 5]))
    assert a.loc["rents", "gap"] == pytest.approx(-4.5 / np.std([9, 6, 3]))  # dear rents are scarce
    assert a["order"].tolist() == [1, 2]  # talent is alike everywhere: nothing to compare
    assert "C" not in set(found["code"])


def test_scarcity_where_nothing_differs_or_nothing_is_known() -> None:
    table = pd.DataFrame({"code": list("ABC"), "year": 2020, "roads": 3.0, "rents": 6.0, "talent": 2.0})
    index = pd.MultiIndex.from_tuples([("A", 1), ("B", 1)], names=["code", "place"])
    peers = Peers(pd.DataFrame({"peer": ["B", "C"], "distance": 1.0}, index=index), {}, 2020, ())
    with pytest.raises(MethodError, match="no condition differs between regions and their peers in 2020"):
        measure_scarcity(make_study(table), peers, scheme=CONDITIONS)
    with pytest.raises(MethodError, match="no structure of 1999"):
        measure_scarcity(make_study(table), peers, scheme=CONDITIONS, year=1999)


def test_the_slope_within_regions_is_found() -> None:
    found = associate_conditions(make_study(panel()), "y", scheme=SCHEME)
    row = found.table.loc["x"]
    assert row["low"] < 0.6 < row["high"]
    assert row["estimate"] == pytest.approx(0.6, abs=0.1)
    assert found.table["slow"].tolist() == [False, True]
    assert "slow" in found.notes[1].en


def test_what_never_changes_is_absorbed_and_what_explains_itself_is_out() -> None:
    rng = np.random.default_rng(1)
    regions, years = 8, 5
    table = pd.DataFrame(
        {
            "code": np.repeat([f"R{i}" for i in range(regions)], years),
            "year": list(range(2015, 2015 + years)) * regions,
            "y": rng.uniform(1, 2, regions * years),
            "x": rng.uniform(1, 2, regions * years),
            "fixed": np.repeat(rng.uniform(1, 2, regions), years),
        }
    )
    scheme = pd.DataFrame({"pillar": "p", "indicator": ["x", "fixed", "y"]})
    effects = associate_conditions(make_study(table), "y", scheme=scheme)
    with pytest.raises(MethodError, match="the conditions fixed are not in the fit"):
        measure_condition_whatif(effects, "R0", {"fixed": 1.5})
    found = effects.table
    assert found.index.tolist() == ["x", "fixed"]
    assert np.isnan(found.loc["fixed", "estimate"])
    assert found["slow"].tolist() == [False, True]
    alone = associate_conditions(make_study(table), "y", scheme=scheme, conditions=["x"]).table
    assert found.loc["x", "estimate"] == pytest.approx(alone.loc["x", "estimate"], rel=1e-9)
    units = table.assign(x=1e12 * table["x"], y=1e-6 * table["y"])
    moved = associate_conditions(make_study(units), "y", scheme=scheme, conditions=["x"]).table
    assert moved.loc["x", "estimate"] == pytest.approx(alone.loc["x", "estimate"], rel=1e-9)
    with pytest.raises(MethodError, match="0 conditions that change within regions"):
        associate_conditions(make_study(table), "y", scheme=scheme, conditions=["fixed"])


def test_as_many_conditions_as_observations_are_refused() -> None:
    rng = np.random.default_rng(2)
    keys = [f"k{i}" for i in range(8)]
    table = pd.DataFrame(rng.uniform(1, 2, (15, 9)), columns=[*keys, "y"])
    table = table.assign(code=np.repeat(list("ABCDE"), 3), year=[2018, 2019, 2020] * 5)
    scheme = pd.DataFrame({"pillar": "p", "indicator": keys})
    with pytest.raises(MethodError, match=r"15 regions and years do not bear 7 effects .* and 8 conditions"):
        associate_conditions(make_study(table), "y", scheme=scheme)
    assert associate_conditions(make_study(table), "y", scheme=scheme, conditions=keys[:2]).table["p"].notna().all()


def test_it_equals_dummies_with_clustered_errors() -> None:
    sm = pytest.importorskip("statsmodels.api", reason="the extra 'test' is not installed")
    table = panel()
    found = associate_conditions(make_study(table), "y", scheme=SCHEME, conditions=["x"]).table.loc["x"]
    dummies = pd.get_dummies(table[["code", "year"]].astype(str), drop_first=True).astype(float)
    design = sm.add_constant(pd.concat([np.log(table[["x"]]), dummies], axis=1))
    groups = pd.factorize(table["code"])[0]
    fit = sm.OLS(np.log(table["y"]), design).fit(
        cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}
    )
    assert found["estimate"] == pytest.approx(fit.params["x"], rel=1e-9)
    plain = (found["high"] - found["estimate"]) / 2.200985160082949  # t of .975 at 11 degrees of freedom
    assert plain == pytest.approx(fit.bse["x"] * (12 / 11 * 95 / 95) ** 0.5, rel=1e-6)


def test_intervals_cover_over_simulated_panels() -> None:
    hits = [
        associate_conditions(make_study(panel(6, 15, seed)), "y", scheme=SCHEME, conditions=["x"]).table.loc["x"]
        for seed in range(12)
    ]
    assert sum(row["low"] <= 0.6 <= row["high"] for row in hits) >= 9  # .95: 8 or fewer of 12 with chance 2e-4


def test_what_if_by_hand() -> None:
    found = associate_conditions(make_study(panel()), "y", scheme=SCHEME, conditions=["x"])
    told = measure_condition_whatif(found, "R00", {"x": 1.2}).loc["x"]
    slope = found.table.loc["x", "estimate"]
    assert told["effect"] == pytest.approx(1.2**slope - 1)
    assert told["changed"] == pytest.approx(1.2 * told["value"])
    assert told["low"] < told["effect"] < told["high"]
    assert not told["outside"]
    assert measure_condition_whatif(found, "R00", {"x": 1e6})["outside"].all()
    less = measure_condition_whatif(found, "R00", {"x": 0.9}).loc["x"]
    assert less["low"] < less["effect"] < less["high"] < 0


def test_what_cannot_be_fitted_is_refused() -> None:
    study = make_study(panel())
    with pytest.raises(MethodError, match="unknown outcome 'z'"):
        associate_conditions(study, "z", scheme=SCHEME)
    with pytest.raises(MethodError, match="five regions and three years"):
        associate_conditions(make_study(panel(2)), "y", scheme=SCHEME)
    twice = pd.DataFrame({"pillar": ["p", "p"], "indicator": ["x", "again"], "value": ["x", "x"]})
    with pytest.raises(MethodError, match="repeat each other"):
        associate_conditions(study, "y", scheme=twice)
    found = associate_conditions(study, "y", scheme=SCHEME)
    for code, changes in (("R99", {"x": 2.0}), ("R00", {"none": 2.0}), ("R00", {"x": 0.0})):
        with pytest.raises(MethodError, match="not in the fit"):
            measure_condition_whatif(found, code, changes)


def test_holes_are_left_out_and_counted() -> None:
    table = panel()
    table.loc[:6, "x"] = np.nan  # R00 keeps one year
    found = associate_conditions(make_study(table), "y", scheme=SCHEME, conditions=["x"])
    assert len(found.codes) == 11
    assert "1 regions with one year only" in found.notes[-1].en
