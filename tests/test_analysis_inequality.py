"""Inequality, Dagum's parts, convergence, clubs and transitions, against dineq, REAT and giddy."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inequality.club_convergence import find_clubs, measure_log_t
from analysis.inequality.convergence import measure_beta, measure_sigma
from analysis.inequality.inequality_indices import (
    measure_gini,
    measure_theil,
    measure_variation,
    split_gini,
    split_theil,
)
from analysis.inequality.inequality_table import WHOLE, measure_inequality
from analysis.inequality.markov_chains import (
    build_markov_chain,
    classify_values,
    measure_markov,
    measure_spatial_markov,
)
from regions.errors import MethodError

DATA = Path(__file__).parent / "data" / "scorecard"


def make_series(rows: np.ndarray, years: list[int], codes: list[str] | None = None) -> "pd.Series[float]":  # type: ignore[type-arg]
    names = codes or [f"R{i:02d}" for i in range(len(rows))]
    return pd.Series(
        np.asarray(rows, float).ravel(), index=pd.MultiIndex.from_product([names, years], names=["code", "year"])
    )


@pytest.fixture(scope="module")
def counties() -> pd.DataFrame:
    return pd.read_csv(DATA / "german_counties.csv", dtype={"code": str})


def take(counties: pd.DataFrame, years: list[int]) -> "pd.Series[float]":
    return make_series(counties[[f"gdppc{year}" for year in years]].to_numpy(), years, list(counties["code"]))


def test_indices_by_hand() -> None:
    x = np.array([1.0, 3.0])
    assert measure_gini(x) == 0.25
    assert measure_theil(x) == pytest.approx(0.25 * np.log(0.5) + 0.75 * np.log(1.5), rel=1e-9)
    assert measure_variation(x) == 0.5
    weights = np.array([3.0, 1.0])  # mean 1.5, mean difference 2 * 3/4 * 1/4 * 2 = .75
    assert measure_gini(x, weights) == pytest.approx(0.75 / 3)
    assert measure_variation(x, weights) == pytest.approx((0.75 * 0.25 + 0.25 * 2.25) ** 0.5 / 1.5)


def test_weights_are_the_same_as_repeating_regions() -> None:
    x, times = np.array([1.0, 4, 2, 9]), np.array([1, 3, 2, 2])
    for measure in (measure_gini, measure_theil, measure_variation):
        assert measure(x, times.astype(float)) == pytest.approx(measure(np.repeat(x, times)), rel=1e-9)


def test_alike_and_all_in_one_place() -> None:
    assert measure_gini(np.full(4, 7.0)) == pytest.approx(0, abs=1e-15)
    assert measure_gini(np.array([0, 0, 0, 1.0])) == pytest.approx(0.75)
    assert measure_theil(np.array([0, 0, 0, 1.0])) == pytest.approx(np.log(4))


@pytest.mark.parametrize("values", [[], [1.0, np.nan], [1.0, -1.0], [0.0, 0.0]])
def test_values_without_inequality_are_refused(values: list[float]) -> None:
    with pytest.raises(MethodError, match="inequality needs values of 0 or more"):
        measure_gini(np.array(values))
    with pytest.raises(MethodError, match="weights above 0"):
        measure_gini(np.array([1.0, 2.0]), np.array([1.0, 0.0]))


def test_german_counties_against_dineq(counties: pd.DataFrame) -> None:
    x, part = counties["gdppc2014"].to_numpy(dtype=float), counties["part"].to_numpy(dtype=str)
    found = split_gini(x, part)
    parts = [found.within, found.between, found.overlap, found.gini]
    expected = [0.144270163366219, 0.0468906181464629, 0.0114458081271031, 0.202606589639785]
    assert parts == pytest.approx(expected, rel=1e-9)
    own = dict(zip(found.groups, np.diag(found.table), strict=True))
    assert own == pytest.approx({"East (incl. Berlin)": 0.113189516931371, "West": 0.204094559276626}, rel=1e-9)
    assert measure_gini(x) == pytest.approx(found.gini, rel=1e-9)
    assert measure_theil(x) == pytest.approx(0.0764940317671196, rel=1e-9)
    assert split_theil(x, part) == pytest.approx((0.0076095941, 0.0688844376), abs=6e-11)  # printed digits
    plain = measure_variation(x) * (402 / 401) ** 0.5  # REAT divides by n - 1
    assert plain == pytest.approx(0.4377115670546, rel=1e-9)


def test_williamson_of_german_counties_against_reat(counties: pd.DataFrame) -> None:
    x, people = (counties[name].to_numpy(dtype=float) for name in ("gdppc2014", "pop2014"))
    found = measure_variation(x, people)
    assert found == pytest.approx(0.4329712049612, rel=1e-9)  # its option wmean = TRUE
    # its default takes distances from the plain mean and divides by the weighted one: .4382871, no index of Williamson
    mixed = (people @ (x - x.mean()) ** 2 / people.sum()) ** 0.5 / (people @ x / people.sum())
    assert mixed == pytest.approx(0.4382871040322, rel=1e-9)
    assert found < mixed  # no mean is nearer than the weighted one


def test_german_states_against_dineq(counties: pd.DataFrame) -> None:
    # Hamburg and Berlin, one county each, are one group there
    x, state = counties["gdppc2014"].to_numpy(dtype=float), counties["code"].str[:2].to_numpy(dtype=str)
    found = split_gini(x, np.where(np.isin(state, ["02", "11"]), "00", state))
    parts = [found.within, found.between, found.overlap]
    assert parts == pytest.approx([0.0255952917167335, 0.0866497350671995, 0.0903615628558522], rel=1e-9)
    own = dict(zip(found.groups, np.diag(found.table), strict=True))
    few = {"00": 0.136976914659669, "04": 0.0635030946695653, "09": 0.227238480135288, "16": 0.112412911145735}
    assert {key: own[key] for key in few} == pytest.approx(few, rel=1e-9)
    alone = split_gini(x, state)  # a group of one has nothing inside, and the sum stays
    assert dict(zip(alone.groups, np.diag(alone.table), strict=True))["02"] == 0
    assert alone.gini == pytest.approx(found.gini, rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0.1, 50), st.integers(0, 2), st.floats(0.1, 5)), min_size=3, max_size=15))
def test_dagum_adds_up_to_the_gini(rows: list[tuple[float, int, float]]) -> None:
    x, g, w = (np.array(column) for column in zip(*rows, strict=True))
    found = split_gini(x, g, w)
    assert found.gini == pytest.approx(measure_gini(x, w), abs=1e-12)
    assert min(found.within, found.between, found.overlap) >= -1e-12
    between, within = split_theil(x, g, w)
    assert between + within == pytest.approx(measure_theil(x, w), abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.1, 50), st.integers(0, 2)), min_size=3, max_size=12), st.sampled_from([1e-9, 1e12])
)
def test_indices_know_neither_order_nor_units_nor_names(rows: list[tuple[float, int]], by: float) -> None:
    x, g = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    found, moved = split_gini(x, g), split_gini(by * x[::-1], np.array(["zxy"[k] for k in g[::-1]]))
    for part in ("gini", "within", "between", "overlap"):
        assert getattr(moved, part) == pytest.approx(getattr(found, part), rel=1e-9, abs=1e-12)
    assert measure_variation(by * x) == pytest.approx(measure_variation(x), rel=1e-9, abs=1e-12)
    assert measure_theil(by * x) == pytest.approx(measure_theil(x), rel=1e-9, abs=1e-12)
    assert split_theil(by * x, g) == pytest.approx(split_theil(x, g), rel=1e-9, abs=1e-12)


def test_weights_of_another_number_and_missing_groups_are_refused() -> None:
    x = np.array([1.0, 2, 3])
    for weights in (np.ones(2), np.array([1, np.inf, 1])):
        with pytest.raises(MethodError, match="weights above 0"):
            measure_gini(x, weights)
    for split in (split_gini, split_theil):
        with pytest.raises(MethodError, match="2 groups for 3 regions"):
            split(x, np.array(["a", "b"]))
        with pytest.raises(MethodError, match="1 of them missing"):
            split(x, np.array(["a", "b", None], dtype=object))
    series = make_series(x[:, None], [2000], list("ABC"))
    with pytest.raises(MethodError, match="1 of them missing"):
        measure_inequality(series, groupings={"part": pd.Series({"A": "p", "B": "q"})}, draws=0)


def test_zeros_leave_the_rest_of_the_table_whole() -> None:
    # a year without any value above 0, a group of zeros, draws that hit zeros only
    rows = np.array([[0.0, value] for value in (0, 0, 0, 1, 2, 4, 0, 0, 0, 8)])
    part = pd.Series(list("pppqqqqqqq"), index=[f"R{i:02d}" for i in range(10)])
    found = measure_inequality(make_series(rows, [2000, 2001]), groupings={"part": part}, draws=40)
    assert found["year"].unique().tolist() == [2001]
    assert found["group"].unique().tolist() == [WHOLE, "q"]
    assert found["value"].notna().all()
    assert found["high"].notna().all()


def test_few_regions_have_no_interval() -> None:
    # three regions have ten different resamplings: what they leave open cannot be read from them
    part = pd.Series(list("pppqqqqqqq"), index=[f"R{i:02d}" for i in range(10)])
    values = make_series(np.arange(1.0, 11)[:, None], [2000])
    found = measure_inequality(values, groupings={"part": part}, draws=40).set_index(["group", "index"])
    assert found.loc["p", ["low", "high"]].isna().all(axis=None)
    assert found.loc["q", ["low", "high"]].notna().all(axis=None)
    assert found.loc[WHOLE, ["low", "high"]].notna().all(axis=None)


def test_groups_apart_do_not_overlap() -> None:
    found = split_gini(np.array([1.0, 2, 10, 12]), np.array(["a", "a", "b", "b"]))
    assert found.overlap == pytest.approx(0, abs=1e-15)
    assert found.affluence[0, 1] == pytest.approx(1)
    mixed = split_gini(np.array([1.0, 10, 2, 9]), np.array(["a", "a", "b", "b"]))
    assert mixed.between == pytest.approx(0, abs=1e-15)  # equal means: all of it overlaps


def test_beta_and_sigma_against_reat(counties: pd.DataFrame) -> None:
    row = measure_beta(take(counties, [2010, 2011])).iloc[0]
    assert row[["beta", "half_life"]].tolist() == pytest.approx([-0.00807053298063, 85.53912995684], rel=1e-9)
    logs = np.log(counties[["gdppc2010", "gdppc2011"]].to_numpy())
    alpha = (logs[:, 1] - logs[:, 0]).mean() - row["beta"] * logs[:, 0].mean()  # the line goes through the means
    assert alpha == pytest.approx(0.13245346014333, rel=1e-9)
    long = measure_beta(take(counties, [2000, 2014])).iloc[0]
    assert long["beta"] == pytest.approx(-0.00713226485359, rel=1e-9)
    assert long["speed"] == pytest.approx(-np.log(1 - 14 * 0.00713226485359) / 14, rel=1e-9)
    sigma = measure_sigma(take(counties, [2010, 2011]), draws=50)["sigma"]
    assert sigma.tolist() == pytest.approx([0.3497773955888, 0.34837347435], rel=1e-9)


def test_beta_has_the_errors_of_statsmodels() -> None:
    sm = pytest.importorskip("statsmodels.api", reason="the extra 'test' is not installed")
    rows = np.exp(np.random.default_rng(3).normal(9, 0.6, (20, 2)))
    found = measure_beta(make_series(rows, [2000, 2010])).iloc[0]
    logs = np.log(rows)
    fit = sm.OLS((logs[:, 1] - logs[:, 0]) / 10, sm.add_constant(logs[:, 0])).fit(cov_type="HC3", use_t=True)
    assert found["beta"] == pytest.approx(fit.params[1], rel=1e-9)
    assert found[["low", "high"]].tolist() == pytest.approx(fit.conf_int()[1].tolist(), rel=1e-9)
    assert found["p"] == pytest.approx(fit.pvalues[1], rel=1e-9)


def test_divergence_has_no_half_life() -> None:
    start = np.array([1.0, 2, 4, 8, 16])
    found = measure_beta(make_series(np.column_stack([start, start**1.3]), [2000, 2010])).iloc[0]
    assert found["beta"] == pytest.approx(0.03)
    assert np.isnan(found["half_life"])
    over = measure_beta(make_series(np.column_stack([start, start**-0.5]), [2000, 2010])).iloc[0]
    assert np.isnan(over["speed"])  # 1 + bT is below 0: the order is turned round


def test_beta_beside_neighbours_finds_a_lag() -> None:
    rng = np.random.default_rng(2)
    n = 60
    ring = 0.5 * (np.roll(np.eye(n), 1, axis=1) + np.roll(np.eye(n), -1, axis=1))
    start = rng.normal(9, 1, n)
    growth = np.linalg.solve(np.eye(n) - 0.6 * ring, 0.3 - 0.02 * start + 0.005 * rng.normal(size=n))
    values = make_series(np.exp(np.column_stack([start, start + 10 * growth])), [2000, 2010])
    codes = [f"R{i:02d}" for i in range(n)]
    found = measure_beta(values, weights=pd.DataFrame(ring, codes, codes)).set_index("model")
    assert found.loc["sar", "rho"] == pytest.approx(0.6, abs=0.15)
    assert found.loc["sar", "low"] < -0.02 < found.loc["sar", "high"]


def test_sigma_intervals_hold_the_regions_together() -> None:
    rng = np.random.default_rng(0)
    logs = rng.normal(size=(40, 1)) * np.array([[1.0, 0.9, 0.8]])
    found = measure_sigma(make_series(np.exp(logs), [2000, 2001, 2002]), draws=200)
    assert found["change_high"].iloc[-1] < 0  # every region comes nearer
    assert (found["low"] < found["sigma"]).all()


@pytest.mark.parametrize("rows", [np.ones((3, 2)), np.ones((6, 1)), np.zeros((6, 2))])
def test_panels_without_convergence_are_refused(rows: np.ndarray) -> None:  # type: ignore[type-arg]
    values = make_series(rows, list(range(2000, 2000 + rows.shape[1])))
    with pytest.raises(MethodError, match="convergence needs 5 regions"):
        measure_beta(values)
    with pytest.raises(MethodError, match="convergence needs"):
        measure_sigma(values)


def test_a_year_without_values_and_regions_with_a_gap() -> None:
    start = np.array([1.0, 2, 4, 8, 16, 32])
    rows = np.column_stack([start, np.full(6, np.nan), start**0.8])
    rows[:5, 1] = 1.0  # the sixth is not known in 2005, which beta does not ask for
    row = measure_beta(make_series(rows, [2000, 2005, 2010])).iloc[0]
    assert (row["beta"], row["regions"]) == (pytest.approx(-0.02), 6)
    rows[:, 1] = np.nan
    sigma = measure_sigma(make_series(rows, [2000, 2005, 2010]), draws=0)
    assert sigma.index.tolist() == [2000, 2010]
    assert sigma["sigma"].iloc[1] == pytest.approx(0.8 * sigma["sigma"].iloc[0])
    assert sigma["low"].isna().all()


def test_beta_where_nothing_can_be_told() -> None:
    with pytest.raises(MethodError, match="all regions start alike in 2000"):
        measure_beta(make_series(np.column_stack([np.full(6, 2.0), np.arange(1.0, 7)]), [2000, 2010]))
    still = measure_beta(make_series(np.tile(np.arange(1.0, 7)[:, None], 2), [2000, 2010])).iloc[0]
    assert (still["beta"], still["p"]) == (0, 1)  # no growth is no evidence
    x = np.exp(np.random.default_rng(0).normal(size=(8, 2)))
    found = [measure_beta(make_series(x * by, [2000, 2010])).iloc[0]["beta"] for by in (1.0, 1e12, 1e-6)]
    assert found == pytest.approx([found[0]] * 3, rel=1e-9)


def make_clubs(seed: int = 0) -> "pd.Series[float]":
    rng = np.random.default_rng(seed)
    t = np.arange(1, 41)
    parts = [level + np.outer(rng.normal(0, 0.3, 8), 1 / t) + 0.02 * t for level in (10, 8)]
    return make_series(np.exp(np.vstack(parts)), [int(year) for year in 1980 + t])


def test_two_clubs_are_found() -> None:
    clubs, table = find_clubs(make_clubs())
    assert clubs["club"].tolist() == [1] * 8 + [2] * 8
    assert table.loc[-1, "t"] < -1.65  # together they do not converge
    assert (table.loc[[1, 2], "t"] > -1.65).all()


def test_log_t_and_clubs_against_convergenceclubs() -> None:
    # R ConvergenceClubs 2.2.5 (estimateMod, findClubs; time_trim = 1/3, which begins at year 11 of 30, cstar = 0). With
    # the same its 152 countries give the published table of Phillips and Sul (2009): b -.875, t -159.55, clubs of 50,
    # 30, 21, 24, 14, 11 and 2; so do ours.
    i, t = np.arange(1, 13)[:, None], np.arange(1, 31)[None]
    logs = np.where(i <= 6, 10, 8) + 0.02 * t + 0.3 * np.sin(i) / t + 0.01 * np.cos(i * t / 3)
    late = 11.5 / 30
    expected = {
        range(12): (-0.607103371751815, -30.919478150201719),
        range(6): (0.860852704209527, 2.784021535898365),
        range(6, 12): (0.836976439893849, 5.622735096598269),
        range(0, 12, 11): (-0.581464311563079, -22.213773267431836),
    }
    for rows, (b, value) in expected.items():
        found = measure_log_t(logs[list(rows)], discard=late)
        assert (found.b, found.t) == pytest.approx((b, value), rel=1e-9)
    clubs, table = find_clubs(make_series(np.exp(logs), list(range(1990, 2020))), discard=late)
    assert clubs["club"].tolist() == [1] * 6 + [2] * 6
    assert table["t"].tolist() == pytest.approx([-30.919478150201719, 2.784021535898365, 5.622735096598269], rel=1e-9)


def test_log_t_by_hand() -> None:
    # differences fall as t^-1/2 / ln t ... : H_t = c / (ln t)^2 / t, so that the left side is exactly a + ln t
    t = np.arange(2, 42)
    gap = 0.01 / np.log(t) / np.sqrt(t)
    logs = np.vstack([5 * (1 + gap), 5 * (1 - gap)])
    first = measure_log_t(np.column_stack([[5.2, 4.8], logs]))
    assert first.b == pytest.approx(1.0, rel=1e-6)
    assert first.converges


def test_regions_that_are_or_become_alike_are_one_club() -> None:
    years = list(range(2000, 2020))
    alike = np.full((6, 20), 5.0)
    clubs, table = find_clubs(make_series(alike, years))
    assert clubs["club"].tolist() == [1] * 6
    assert np.isposinf(table.loc[-1, "t"])
    become = alike.copy()
    become[:, :10] = np.random.default_rng(0).uniform(3, 8, (6, 10))
    assert find_clubs(make_series(become, years))[0]["club"].tolist() == [1] * 6


def test_clubs_and_chains_refuse_years_with_a_gap() -> None:
    rows = np.random.default_rng(0).uniform(2, 3, (8, 9))
    years = [*range(2000, 2008), 2010]
    for measure in (find_clubs, measure_markov):
        with pytest.raises(MethodError, match="years at one distance"):
            measure(make_series(rows, years))  # type: ignore[operator]
    assert measure_markov(make_series(rows, list(range(2000, 2045, 5)))).counts.sum() == 64
    with pytest.raises(MethodError, match="of 9 years 1 are left"):
        measure_log_t(np.log(rows), discard=1.0)


def test_clubs_need_years() -> None:
    with pytest.raises(MethodError, match=r"clubs need 8 years; there are 4$"):
        find_clubs(make_series(np.full((6, 4), 5.0), [1, 2, 3, 4]))
    cells = np.full((6, 8), 5.0)
    cells[0, :2] = 0.5
    with pytest.raises(MethodError, match=r"clubs need values above 1; 2 are not$"):
        find_clubs(make_series(cells, list(range(8))))


@pytest.fixture(scope="module")
def states() -> "pd.Series[float]":
    table = pd.read_csv(DATA / "us48_income.csv", dtype={"code": str}).set_index("code")
    return make_series(table.to_numpy(), [int(year) for year in table.columns], list(table.index))


@pytest.fixture(scope="module")
def giddy() -> dict[str, list[float]]:
    found: dict[str, list[float]] = json.loads((DATA / "us48_giddy.json").read_text(encoding="utf-8"))
    return found


def test_forty_eight_states_against_giddy(states: "pd.Series[float]", giddy: dict[str, list[float]]) -> None:
    found = measure_markov(states)
    assert found.counts.tolist() == giddy["transitions"]
    assert found.probabilities == pytest.approx(np.array(giddy["p"]), abs=1e-12)
    assert found.steady == pytest.approx(np.array(giddy["steady_state"]), rel=1e-9)


def test_neighbours_of_states_against_giddy(states: "pd.Series[float]", giddy: dict[str, list[float]]) -> None:
    pairs = pd.read_csv(DATA / "us48_neighbours.csv", dtype=str)
    w = pd.crosstab(pairs["source"], pairs["target"]).astype(float)
    found = measure_spatial_markov(states, w.div(w.sum(axis=1), axis=0))
    for chain, expected, steady in zip(found.chains, giddy["spatial_P"], giddy["S"], strict=True):
        assert chain.probabilities == pytest.approx(np.array(expected), abs=1e-12)
        assert chain.steady == pytest.approx(np.array(steady), rel=1e-9)
    assert (found.q, found.likelihood_ratio) == pytest.approx((giddy["Q"], giddy["LR"]), rel=1e-9)
    assert found.likelihood_ratio_p == pytest.approx(giddy["LR_p"], rel=1e-4)  # of a tail of 1e-12
    assert found.df == 60


def test_islands_are_beside_nobody() -> None:
    codes = [f"R{i:02d}" for i in range(12)]
    line = pd.DataFrame(np.eye(12, k=1) + np.eye(12, k=-1), codes, codes)
    rows = np.random.default_rng(0).uniform(1, 2, (12, 8))
    values = make_series(rows, list(range(2000, 2008)))
    plain = measure_spatial_markov(values, line, classes=3)
    assert sum(chain.counts.sum() for chain in plain.chains) == 84
    # names, order and money do not matter
    turned = {code: f"Z{5 * i % 12:02d}" for i, code in enumerate(codes)}
    again = measure_spatial_markov(
        1e12 * values.rename(turned, level=0), line.rename(turned).rename(columns=turned), classes=3
    )
    assert (again.q, again.likelihood_ratio) == pytest.approx((plain.q, plain.likelihood_ratio), rel=1e-9)
    alone = line.copy()
    alone.loc["R00"], alone["R00"] = 0.0, 0.0
    found = measure_spatial_markov(values, alone, classes=3)
    assert sum(chain.counts.sum() for chain in found.chains) == found.pooled.counts.sum() == 77
    with pytest.raises(MethodError, match="0 have some"):
        measure_spatial_markov(values, 0 * line, classes=3)


def test_chains_by_hand() -> None:
    chain = build_markov_chain(np.array([[8.0, 2.0], [4.0, 6.0]]))
    assert chain.steady == pytest.approx([2 / 3, 1 / 3])
    assert chain.sparse == ()
    still = build_markov_chain(np.array([[3.0, 0.0], [0.0, 4.0]]))
    assert np.isnan(still.steady).all()  # two long-run states
    assert still.sparse == (0, 1)
    assert np.isnan(build_markov_chain(np.array([[0.0, 0.0], [1.0, 1.0]])).probabilities[0]).all()


def test_classes_by_hand() -> None:
    x = np.array([[1.0, 10], [2, 20], [3, 30], [4, 40]])
    assert classify_values(x, classes=2).tolist() == [[0, 0], [0, 0], [1, 1], [1, 1]]
    assert classify_values(x, classes=2, pooled=True).tolist() == [[0, 1], [0, 1], [0, 1], [0, 1]]
    with pytest.raises(MethodError, match="two classes"):
        measure_markov(make_series(x, [1, 2]), classes=2)


def test_the_table_of_a_panel(counties: pd.DataFrame) -> None:
    values = take(counties, [2010, 2014])
    part = counties.set_index("code")["part"]
    found = measure_inequality(values, groupings={"part": part}, draws=30)
    last = found[(found["year"] == 2014) & (found["group"] == WHOLE)].set_index("index")
    assert last.loc["gini", "value"] == pytest.approx(0.202606589639785, rel=1e-9)
    assert last.loc[["gini_within", "gini_between", "gini_overlap"], "value"].sum() == pytest.approx(0.202606589639785)
    assert last.loc[["theil_between", "theil_within"], "value"].sum() == pytest.approx(last.loc["theil", "value"])
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()
    west = found[(found["group"] == "West") & (found["index"] == "gini") & (found["year"] == 2014)].iloc[0]
    assert west["value"] == pytest.approx(0.204094559276626, rel=1e-9)
    assert west["regions"] == 325


def test_missing_values_leave_their_region_out_of_the_year() -> None:
    values = make_series(np.array([[1.0, 1], [2, np.nan], [3, 3], [4, 4]]), [2000, 2001])
    found = measure_inequality(values, draws=0)
    assert found.groupby("year")["regions"].first().tolist() == [4, 3]
    assert found["low"].isna().all()
    with pytest.raises(MethodError, match="needs 3 regions"):
        measure_inequality(values.iloc[:4], draws=0)


def test_intervals_cover_the_gini_of_a_population() -> None:
    # lognormal of s = .5: G = 2 Phi(s / sqrt 2) - 1 = .2763
    rng = np.random.default_rng(1)
    hits = 0
    for seed in range(12):
        values = make_series(np.exp(0.5 * rng.normal(size=(120, 1))), [2000])
        row = measure_inequality(values, draws=100, seed=seed).iloc[0]
        hits += int(row["low"] <= 0.27632639 <= row["high"])
    assert hits >= 8  # .93 on average; 7 or fewer with chance 1e-3
