"""The register of gaps: by hand where possible, calibrated by simulation, on real data."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from gravity_samples import fit_embedded, make_study, simulate
from scipy.stats import nbinom

from analysis.expectation.goodness_of_fit import measure_fit
from analysis.expectation.grades import GRADES, measure_evidence
from analysis.expectation.gravity import fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.model import GradeCounts
from analysis.expectation.robust_fit import fit_expectation
from analysis.gaps.register import build_gap_register, count_grades, find_gaps, measure_gaps, sort_gaps
from analysis.gaps.stability import measure_stability
from analysis.loglinear.predictive import find_prediction_interval, measure_predictive_probability
from regions import MethodError

COLUMNS = [
    "source",
    "target",
    "observed",
    "expected",
    "gap",
    "ratio",
    "low",
    "high",
    "p",
    "q",
    "shrunken_ratio",
    "shortfall_probability",
    "grade",
    "stability",
    "distance_km",
    "ln_distance",
    "contiguous",
    "different_parent",
    "priority",
]


@pytest.fixture(scope="module")
def register() -> pd.DataFrame:
    study, distances = make_study(24)
    return find_gaps(study, simulate(study, distances, alpha=0.4, seed=1), distances)


@pytest.fixture(scope="module")
def simulated() -> pd.DataFrame:
    """Put the registers of 30 networks without planted gaps beside the truth."""
    study, distances = make_study(26)
    found = []
    for seed in range(30):
        network = simulate(study, distances, alpha=0.3, seed=seed)
        truth = network.graph.pop("truth")
        fit = fit_gravity(study, network, distances)
        fit = replace(fit, table=fit.table.assign(variance=fit.table["linear_error"] ** 2))
        register = measure_gaps(fit)
        gaps = register.table.set_index(["source", "target"])
        fresh = np.random.default_rng(1000 + seed)
        truth["again"] = fresh.poisson(fresh.gamma(1 / 0.3, 0.3, len(truth)) * truth["mean"])
        alpha = register.model.dispersion
        found.append(gaps.join(truth.rename(columns={"ratio": "ratio_true"})).assign(alpha=alpha))
    return pd.concat(found)


def test_columns_and_identities(register: pd.DataFrame) -> None:
    assert list(register.columns) == COLUMNS
    assert len(register) == 24 * 23 / 2
    assert register["gap"].to_numpy() == pytest.approx((register["expected"] - register["observed"]).to_numpy())
    assert register["ratio"].to_numpy() == pytest.approx((register["observed"] / register["expected"]).to_numpy())
    assert register.drop(columns=["source", "target", "grade"]).notna().all().all()
    assert (register["low"] <= register["high"]).all()
    assert register["p"].between(0, 1).all()
    assert (register["q"] >= register["p"]).all()
    assert not register.duplicated(["source", "target"]).any()


def test_rows_stand_by_grade_then_by_priority(register: pd.DataFrame) -> None:
    rank = register["grade"].map(GRADES.index)
    assert rank.is_monotonic_increasing
    for _, rows in register.groupby("grade"):
        assert rows["priority"].is_monotonic_decreasing


def test_grades_follow_their_definition(register: pd.DataFrame) -> None:
    short = register["gap"] > 0
    strong = short & (register["q"] < 0.05)
    moderate = short & ~strong & ((register["p"] < 0.05) | (register["shortfall_probability"] >= 0.95))
    weak = short & ~strong & ~moderate & (register["shortfall_probability"] >= 0.8)
    for grade, rows in {"strong": strong, "moderate": moderate, "weak": weak}.items():
        assert (register["grade"] == grade).equals(rows)
    assert (register.loc[register["gap"] <= 0, "grade"] == "none").all()


def test_ties_are_broken_by_priority_then_gap_then_codes() -> None:
    """Every row but the last two differs from the next in one thing alone, and the order of the rows is reversed."""
    rows = [
        ("z", "z", "strong", 0.0, 0.0),
        ("z", "z", "moderate", 2.0, 0.0),
        ("z", "z", "moderate", 1.0, 9.0),
        ("z", "z", "moderate", 1.0, 8.0),
        ("a", "z", "weak", 1.0, 8.0),
        ("b", "a", "weak", 1.0, 8.0),
        ("b", "c", "weak", 1.0, 8.0),
        ("a", "a", "none", 9.0, 9.0),
    ]
    ordered = pd.DataFrame(rows, columns=["source", "target", "grade", "priority", "gap"])
    shuffled = ordered.iloc[::-1].set_axis(range(10, 18))
    pd.testing.assert_frame_equal(sort_gaps(shuffled).reset_index(drop=True), ordered)


def test_what_differs_by_rounding_alone_is_a_tie() -> None:
    """0.1 + 0.2 is a little more than 0.3: neither a priority nor a gap, so the next key decides."""
    rows = [
        ("b", "a", "weak", 0.3, 2.0),
        ("a", "a", "weak", 0.1 + 0.2, 1.0),
        ("a", "b", "none", 1.0, 0.3),
        ("b", "b", "none", 1.0, 0.1 + 0.2),
    ]
    ordered = pd.DataFrame(rows, columns=["source", "target", "grade", "priority", "gap"])
    pd.testing.assert_frame_equal(sort_gaps(ordered.iloc[::-1]), ordered, check_exact=True)


def test_a_register_is_counted_by_hand() -> None:
    register = pd.DataFrame(
        {
            "gap": [0.5, 0.5, 0.0, -1.0, 2.0, 3.0],
            "p": [0.01, 0.05, 0.01, 0.01, 0.04, 0.5],
            "q": [0.04, 0.05, 0.01, 0.01, 0.05, 0.9],
            "grade": ["strong", "weak", "none", "none", "moderate", "none"],
        }
    )
    grades = {"strong": 1, "moderate": 1, "weak": 1, "none": 3}
    assert count_grades(register) == GradeCounts(below=4, suggestive=2, significant=1, grades=grades)


def test_every_column_by_its_definition_in_weights_of_three() -> None:
    """A link event weighs 3: intervals are of events, everything else follows the weights."""
    fit = fit_embedded("china")
    table = fit.table.assign(observed=fit.table["observed"] * 3, expected=fit.table["expected"] * 3)
    fit = replace(fit, model=replace(fit.model, unit=3.0), table=table)
    register = measure_gaps(fit, level=0.5, correction="by")
    found = register.table.set_index(["source", "target"])
    table = pd.concat([table, measure_evidence(fit, correction="by")], axis=1)
    table = table.set_index(["source", "target"]).loc[found.index]
    low, high = find_prediction_interval(
        np.log(table["expected"].to_numpy() / 3),
        table["linear_error"].to_numpy() ** 2,
        alpha=fit.model.dispersion,
        level=0.5,
    )
    expected = {
        "gap": table["expected"] - table["observed"],
        "ratio": table["observed"] / table["expected"],
        "low": low * 3,
        "high": high * 3,
        **{name: table[name] for name in ("p", "q", "shrunken_ratio", "shortfall_probability", "distance_km")},
        "priority": table["shortfall_probability"] * np.maximum(table["expected"] * (1 - table["shrunken_ratio"]), 0),
    }
    for name, values in expected.items():
        assert found[name].to_numpy() == pytest.approx(np.asarray(values), rel=1e-9), name
    assert found["grade"].tolist() == table["grade"].tolist()
    model = register.model
    assert model.tally == count_grades(found)
    assert model.auc == measure_fit(fit).auc
    assert model.unit == 3


def test_options_are_handed_on_and_progress_is_told() -> None:
    study, distances = make_study(16)
    network = simulate(study, distances, alpha=0.4, seed=1)
    options = GravityOptions(family="nb2", covariates=("ln_distance",))
    told: list[tuple[int, int]] = []
    register = build_gap_register(
        study, network, distances, options=options, level=0.5, correction="by", progress=lambda *at: told.append(at)
    )
    found = register.table
    fit = fit_expectation(study, network, distances, options=options)
    plain = measure_gaps(fit, level=0.5, correction="by")
    assert (plain.table["q"] > measure_gaps(fit).table["q"]).any()
    pd.testing.assert_frame_equal(found.drop(columns="stability"), plain.table)
    stability = measure_stability(study, network, distances, fit=fit)
    ends = pd.MultiIndex.from_frame(found[["source", "target"]])
    assert found["stability"].tolist() == stability.share[ends].tolist()
    assert found["stability"].min() < found["stability"].max()
    columns = list(found)
    assert columns[columns.index("grade") + 1] == "stability"
    assert register.model.specifications == stability.names
    assert register.model.tally == plain.model.tally
    assert told == [(at, len(told)) for at in range(1, len(told) + 1)]
    assert len(told) == len(stability.names) + len(stability.skipped)


def test_a_fit_that_is_known_is_not_made_again(register: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    study, distances = make_study(24)
    network = simulate(study, distances, alpha=0.4, seed=1)
    fit = fit_expectation(study, network, distances, options=GravityOptions(stability=False))
    monkeypatch.setattr("analysis.gaps.register.fit_expectation", None)
    found = find_gaps(study, network, distances, fit=fit)
    pd.testing.assert_frame_equal(found, register.drop(columns="stability"), rtol=1e-9, check_like=True)


def test_without_stability_there_is_no_such_column() -> None:
    study, distances = make_study(16)
    network = simulate(study, distances, alpha=0.4, seed=1)
    found = find_gaps(study, network, distances, options=GravityOptions(stability=False))
    pd.testing.assert_frame_equal(found, measure_gaps(fit_expectation(study, network, distances)).table)
    assert found.attrs["model"].specifications == ()


def test_the_shrunken_ratio_of_known_expectations_lies_between_the_ratio_and_one() -> None:
    study, distances = make_study(24)
    network = simulate(study, distances, alpha=0.4, seed=1)
    register = find_gaps(study, network, distances, options=GravityOptions(out_of_fold=False))
    low, high = np.minimum(register["ratio"], 1), np.maximum(register["ratio"], 1)
    assert register["shrunken_ratio"].between(low, high).all()


def test_priority_is_the_probable_missing_links(register: pd.DataFrame) -> None:
    missing = (register["expected"] * (1 - register["shrunken_ratio"])).clip(lower=0)
    assert register["priority"].to_numpy() == pytest.approx((register["shortfall_probability"] * missing).to_numpy())


def test_a_planted_gap_is_found_first_and_significant() -> None:
    study, distances = make_study(30)
    network = simulate(study, distances, alpha=0.05, seed=2, mean=3.0)
    truth = network.graph["truth"]["mean"]
    pair = truth.idxmax()
    network.remove_edge(*pair)
    gaps = find_gaps(study, network, distances)
    first = gaps.iloc[0]
    assert (first["source"], first["target"]) == pair
    assert (first["grade"], first["observed"]) == ("strong", 0)
    assert gaps.attrs["model"].tally.significant >= 1
    assert "significant after correcting for 435 tests" in gaps.attrs["model"].describe("en")


def test_nothing_significant_is_said_so() -> None:
    study, distances = make_study(24)
    model = find_gaps(study, simulate(study, distances, alpha=0.4, seed=1), distances).attrs["model"]
    assert model.tally.significant == 0
    assert "None is significant after correcting for 276 tests" in model.describe("en")
    assert "没有一对显著" in model.describe("zh")
    assert sum(model.tally.grades.values()) == 276


def test_certain_coefficients_give_the_plain_negative_binomial() -> None:
    study, distances = make_study(24)
    fit = fit_gravity(study, simulate(study, distances, alpha=0.4, seed=1), distances)
    sure = replace(fit, table=fit.table.assign(linear_error=0.0))
    gaps = measure_gaps(sure).table
    r, mu = 1 / fit.model.dispersion, gaps["expected"].to_numpy()
    assert gaps["p"].to_numpy() == pytest.approx(nbinom.cdf(gaps["observed"], r, r / (r + mu)))
    assert gaps["high"].tolist() == nbinom.ppf(0.975, r, r / (r + mu)).tolist()


def test_a_higher_level_is_wider_and_another_correction_stricter() -> None:
    study, distances = make_study(24)
    fit = fit_gravity(study, simulate(study, distances, alpha=0.4, seed=1), distances)
    usual, wide, strict = (
        register.table.sort_index()
        for register in (measure_gaps(fit), measure_gaps(fit, level=0.99), measure_gaps(fit, correction="by"))
    )
    assert (wide["high"] >= usual["high"]).all()
    assert (wide["high"] > usual["high"]).any()
    assert (strict["q"] >= usual["q"]).all()


@pytest.mark.parametrize("level", [0.0, 1.0, 1.5, 95.0, -0.5])
def test_levels_outside_zero_and_one_are_refused(level: float) -> None:
    with pytest.raises(MethodError, match=rf"^level must lie between 0 and 1; got {level}$"):
        measure_gaps(fit_embedded("china"), level=level)


def test_a_pair_is_found_by_its_codes_and_columns_stay_columns(register: pd.DataFrame) -> None:
    """Scripts read ``gaps["source"]``, sort, group and merge by it: a level of the same name would forbid that."""
    first = register.iloc[0]
    assert register.loc[(first["source"], first["target"])].equals(first)
    assert register.index.is_unique
    assert register.index.tolist() == list(zip(register["source"], register["target"], strict=True))
    assert register.loc[first["source"], "source"].unique().tolist() == [first["source"]]
    assert (register[register["source"] == first["source"]]["grade"]).size == (register.source == first["source"]).sum()
    assert register[["source", "target"]].merge(register, on=["source", "target"]).shape == register.shape
    assert register.groupby("source").size().sum() == len(register)
    assert register.sort_values(["source", "target"]).reset_index(drop=True)["source"].is_monotonic_increasing
    assert register.set_index(["source", "target"]).index.names == ["source", "target"]


def test_the_table_of_gaps_is_that_of_the_register_and_tells_its_model_for_one_release() -> None:
    study, distances = make_study(16)
    network = simulate(study, distances, alpha=0.4, seed=1)
    register = build_gap_register(study, network, distances)
    gaps = find_gaps(study, network, distances)
    assert not register.table.attrs
    pd.testing.assert_frame_equal(gaps, register.table)
    assert gaps.attrs["model"].describe("zh") == register.model.describe("zh")


def test_a_level_that_cannot_be_is_refused_before_the_work_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    study, distances = make_study(12)
    monkeypatch.setattr("analysis.gaps.register.fit_expectation", None)
    with pytest.raises(MethodError, match="between 0 and 1"):
        find_gaps(study, simulate(study, distances, alpha=0.4, seed=1), distances, level=1.5)


def test_a_modelled_network_is_refused() -> None:
    study, distances = make_study(6)
    network = nx.complete_graph(list(study.regions.index))
    network.graph["origin"] = "modelled"
    with pytest.raises(MethodError, match="modelled"):
        find_gaps(study, network, distances)


def test_the_same_input_gives_the_same_register() -> None:
    study, distances = make_study(24)
    network = simulate(study, distances, alpha=0.4, seed=1)
    shuffled = nx.Graph()
    shuffled.add_nodes_from(reversed(list(network)))
    shuffled.add_edges_from(reversed([(b, a, data) for a, b, data in network.edges(data=True)]))
    pd.testing.assert_frame_equal(find_gaps(study, network, distances), find_gaps(study, shuffled, distances))


# calibration: 30 networks of 325 pairs, expectations from 0.1 to 60, true dispersion .3


def test_intervals_hold_the_links_of_pairs_they_did_not_see(simulated: pd.DataFrame) -> None:
    """Both the count a pair had, which its expectation leaves out, and a new one: 93-97 %, binomial error .3 %."""
    for column in ("observed", "again"):
        inside = simulated[column].between(simulated["low"], simulated["high"])
        assert inside[simulated["expected"] > 10].mean() == pytest.approx(0.95, abs=0.02)
        # whole counts make the interval hold more than 95 % where little is expected
        assert 0.95 <= inside.mean() <= 0.99


def test_the_predictive_distribution_covers_what_it_says(simulated: pd.DataFrame) -> None:
    """With the atoms of whole counts spread at random (Brockwell 2007), 95 % of all pairs lie in the middle 95 %."""
    eta, variance = np.log(simulated["expected"].to_numpy()), simulated["variance"].to_numpy()
    x = simulated["observed"].to_numpy()
    at, before = np.empty(len(x)), np.empty(len(x))
    for alpha, rows in simulated.reset_index().groupby("alpha").indices.items():
        for out, count in ((at, x[rows]), (before, x[rows] - 1)):
            out[rows] = measure_predictive_probability(count, eta[rows], variance[rows], alpha=float(alpha))
    place = before + np.random.default_rng(1).uniform(size=len(x)) * (at - before)
    assert ((place > 0.025) & (place < 0.975)).mean() == pytest.approx(0.95, abs=0.01)
    assert (place < 0.05).mean() == pytest.approx(0.05, abs=0.01)


def test_small_p_values_are_no_more_frequent_than_they_say(simulated: pd.DataFrame) -> None:
    for level in (0.01, 0.05, 0.2):
        assert (simulated["p"] <= level).mean() <= level
    assert (simulated.loc[simulated["expected"] > 5, "p"] <= 0.2).mean() > 0.15


def test_dispersion_is_not_biased_by_the_region_effects(simulated: pd.DataFrame) -> None:
    # 30 networks: the mean has a standard error of about .008
    assert simulated["alpha"].mean() == pytest.approx(0.3, abs=0.03)


def test_shortfall_probabilities_come_true(simulated: pd.DataFrame) -> None:
    for low, high in [(0.0, 0.3), (0.3, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.01)]:
        rows = simulated[simulated["shortfall_probability"].between(low, high, inclusive="left")]
        assert len(rows) > 100
        assert (rows["ratio_true"] < 1).mean() == pytest.approx(rows["shortfall_probability"].mean(), abs=0.06)


def test_shrunken_ratios_come_true(simulated: pd.DataFrame) -> None:
    for _, rows in simulated.groupby(pd.cut(simulated["shrunken_ratio"], [0, 0.6, 0.9, 1.1, 1.5, 9])):
        # the rarest class has 40 pairs a network; its mean is known to some 3 %
        assert rows["ratio_true"].mean() == pytest.approx(rows["shrunken_ratio"].mean(), rel=0.08)


def test_true_gaps_among_the_graded(simulated: pd.DataFrame) -> None:
    moderate = simulated[simulated["grade"].isin(["strong", "moderate"])]
    weak = simulated[simulated["grade"] == "weak"]
    assert (moderate["ratio_true"] < 1).mean() > 0.9
    assert (weak["ratio_true"] < 1).mean() > 0.8


# real data


def test_provinces() -> None:
    register = measure_gaps(fit_embedded("china"))
    gaps, tally = register.table, register.model.tally
    assert tally is not None
    assert len(gaps) == 465
    assert tally.significant == 0
    assert 0 < tally.grades["moderate"] < 30
    assert gaps["observed"].sum() == 1844
    # Beijing has the most laboratories, Guangxi many; they share none
    row = gaps.loc[("110000", "450000")]
    assert row["observed"] == 0
    assert row["expected"] > 5
    assert row["grade"] == "moderate"


def test_cities() -> None:
    register = measure_gaps(fit_embedded("china-cities"))
    gaps = register.table
    assert len(gaps) == 2346
    assert register.model.tally is not None
    assert register.model.tally.significant == 0
    assert gaps["p"].min() > 0.001


@pytest.mark.parametrize("counting", ["full", "newman", "pair"])
def test_every_counting_gives_an_interval_around_the_expectation(counting: str) -> None:
    register = measure_gaps(fit_embedded("china", counting))
    gaps = register.table
    assert (gaps["low"] <= gaps["expected"]).all()
    assert (gaps["expected"] <= gaps["high"] + register.model.unit).all()
