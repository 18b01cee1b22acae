"""The back-test: its measures by hand, then panels with a known truth."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from gravity_samples import make_study
from scipy.stats import mannwhitneyu

from analysis.gaps.gap_backtest import PREDICTORS, Backtest, backtest_gaps, measure_lift
from analysis.scores.auc import measure_auc
from geodata import measure_distances
from regions import MethodError, Study, load_study
from regions.study_parts.study_selection import select_study
from regions.study_parts.study_years import list_years

SIZE, NEW = 40, 4
YEARS = range(2010, 2016)


def make_panel(seed: int, *, structured: bool = True) -> tuple[Study, pd.DataFrame]:
    """Draw links of six years from one gravity model; the last four regions come in 2014.

    Unstructured panels have the same early years; the later years follow a model that knows nothing of them.
    """
    study, distances = make_study(SIZE, seed=seed)
    rng = np.random.default_rng(seed)
    codes = np.array(study.regions.index)
    i, j = np.triu_indices(SIZE, k=1)
    mass = rng.normal(0, 0.8, SIZE)
    mean = np.exp(-2.5 + mass[i] + mass[j] - np.log(distances.to_numpy()[i, j] / 300))
    parts = []
    for year in YEARS:
        draw = rng.poisson(mean if structured or year < 2014 else rng.permutation(mean))
        if year < 2014:
            draw[j >= SIZE - NEW] = 0
        some = draw > 0
        part = {"source": codes[i[some]], "target": codes[j[some]], "weight": draw[some].astype(float), "year": year}
        parts.append(pd.DataFrame(part))
    return replace(study, links=pd.concat(parts, ignore_index=True).astype({"year": "Int64"})), distances


@pytest.fixture(scope="module")
def panel() -> tuple[Study, pd.DataFrame]:
    return make_panel(1)


@pytest.fixture(scope="module")
def found(panel: tuple[Study, pd.DataFrame]) -> Backtest:
    return backtest_gaps(*panel)


# measures


def test_auc_by_hand() -> None:
    formed = np.array([True, True, False, False, False])
    score = np.array([3.0, 1.0, 2.0, 1.0, 0.0])
    # 3 beats all three; 1 ties one and beats one: (3 + 1.5) / 6
    assert measure_auc(score, formed)[0] == pytest.approx(0.75)
    assert measure_auc(-score, formed)[0] == pytest.approx(0.25)
    assert measure_auc(np.zeros(5), formed)[0] == 0.5
    assert np.isnan(measure_auc(score, np.zeros(5, dtype=bool))).all()


def test_auc_is_the_statistic_of_mann_and_whitney() -> None:
    rng = np.random.default_rng(0)
    formed, score = rng.random(200) < 0.3, rng.integers(0, 20, 200).astype(float)
    u = mannwhitneyu(score[formed], score[~formed]).statistic
    assert measure_auc(score, formed)[0] == pytest.approx(u / (formed.sum() * (~formed).sum()), abs=1e-12)


def test_the_error_of_auc_is_its_spread_over_samples() -> None:
    rng = np.random.default_rng(1)
    found = []
    for _ in range(400):
        formed = rng.random(150) < 0.3
        found.append(measure_auc(rng.normal(formed * 1.0, 1.0), formed))
    auc, error = np.array(found).T
    # P(N(1, 1) > N(0, 1)) = Phi(1 / sqrt 2) = .7602; 400 samples know the spread to 4 %
    assert auc.mean() == pytest.approx(0.7602, abs=0.006)
    assert error.mean() == pytest.approx(auc.std(), rel=0.12)


def test_lift_by_hand() -> None:
    formed = np.array([True, False, False, False, True, False, False, False, False, False])
    score = np.arange(10.0)[::-1]
    assert measure_lift(formed, score, top=0.1) == pytest.approx(1 / 0.2)
    assert measure_lift(formed, score, top=0.5) == pytest.approx((2 / 5) / 0.2)
    assert measure_lift(formed, np.zeros(10)) == pytest.approx(1.0)  # all tied: no better than chance
    assert np.isnan(measure_lift(np.zeros(10, dtype=bool), score))


def test_ties_at_the_threshold_count_in_part() -> None:
    formed = np.array([True, False, False, False])
    assert measure_lift(formed, np.array([1.0, 1.0, 0.0, 0.0]), top=0.25) == pytest.approx(0.5 / 0.25)


# panels


def test_pairs_had_no_early_link_and_are_told_apart(found: Backtest, panel: tuple[Study, pd.DataFrame]) -> None:
    links = panel[0].links
    assert links is not None
    early, late = (
        {*zip(part["source"], part["target"], strict=True)}
        for part in (links[links["year"] <= 2013], links[links["year"] > 2013])
    )
    pairs = list(zip(found.pairs["source"], found.pairs["target"], strict=True))
    assert found.split == 2013
    assert not early & set(pairs)
    assert len(early) + len(pairs) == SIZE * (SIZE - 1) / 2
    assert found.pairs["formed"].tolist() == [pair in late for pair in pairs]
    seen = {code for pair in early for code in pair}
    known = [source in seen and target in seen for source, target in pairs]
    assert (found.pairs["group"] == "known").tolist() == known


def test_predictors_by_hand(found: Backtest, panel: tuple[Study, pd.DataFrame]) -> None:
    links = panel[0].links
    assert links is not None
    partners: dict[str, set[str]] = {}
    for row in links[links["year"] <= 2013].itertuples():
        partners.setdefault(row.source, set()).add(row.target)
        partners.setdefault(row.target, set()).add(row.source)
    row = found.pairs[found.pairs["common_neighbours"] > 1].iloc[0]
    common = partners[row["source"]] & partners[row["target"]]
    assert row["common_neighbours"] == len(common)
    assert row["adamic_adar"] == pytest.approx(sum(1 / np.log(len(partners[z])) for z in common))
    assert row["degree_product"] == len(partners[row["source"]]) * len(partners[row["target"]])
    assert row["distance"] == -panel[1].loc[row["source"], row["target"]]


def test_the_model_that_made_the_links_beats_the_rest() -> None:
    runs = [backtest_gaps(*make_panel(seed)).measures.query("group == 'known'") for seed in range(6)]
    auc = pd.concat([run.set_index("predictor")["auc"] for run in runs], axis=1).mean(axis=1)
    assert auc.idxmax() == "gravity"
    assert auc["gravity"] > auc.drop("gravity").max() + 0.03
    lift = pd.concat([run.set_index("predictor")["lift"] for run in runs], axis=1).mean(axis=1)
    assert lift["gravity"] > 1.5


def test_later_links_that_follow_nothing_are_not_foreseen() -> None:
    runs = [backtest_gaps(*make_panel(seed, structured=False)).measures.query("group == 'known'") for seed in range(6)]
    auc = pd.concat([run.set_index("predictor")["auc"] for run in runs], axis=1).mean(axis=1)
    # six panels with about 60 new links each: the standard error of the mean is about .017
    assert auc["gravity"] == pytest.approx(0.5, abs=0.06)


def test_newcomers_are_scored_by_what_is_known_of_them(found: Backtest) -> None:
    rows = found.measures[found.measures["group"] == "newcomer"].set_index("predictor")
    assert rows["pairs"].unique().tolist() == [NEW * (SIZE - NEW) + NEW * (NEW - 1) // 2]
    # a region without links has no degree and no neighbours: nothing to say is no figure
    assert rows.loc[["degree_product", "common_neighbours", "adamic_adar"], "auc"].isna().all()
    assert rows.loc[["gravity", "distance"], "auc"].between(0.5, 1).all()


def test_intervals_hold_the_figure_and_every_predictor_is_there(found: Backtest) -> None:
    measures = found.measures.dropna(subset="auc")
    assert (measures["auc_low"] <= measures["auc"]).all()
    assert (measures["auc"] <= measures["auc_high"]).all()
    assert found.measures.groupby("group")["predictor"].agg(tuple).unique().tolist() == [PREDICTORS]


def test_grades_sum_to_the_later_links_of_the_fitted_pairs(found: Backtest, panel: tuple[Study, pd.DataFrame]) -> None:
    links = panel[0].links
    assert links is not None
    early, late = links[links["year"] <= 2013], links[links["year"] > 2013]
    seen = set(early["source"]) | set(early["target"])
    fitted = late[late["source"].isin(seen) & late["target"].isin(seen)]
    assert found.grades["before"].sum() == early["weight"].sum()
    assert found.grades["after"].sum() == fitted["weight"].sum()
    assert "Fitted on 2010-2013, tested on 2014-2015." in found.notes[0].en


def test_few_new_links_give_no_figure(panel: tuple[Study, pd.DataFrame]) -> None:
    study, distances = panel
    assert study.links is not None
    late = study.links["year"] > 2013
    few = replace(study, links=pd.concat([study.links[~late], study.links[late].head(3)]))
    assert backtest_gaps(few, distances).measures["auc"].isna().all()


def test_directed_links_count_either_way(panel: tuple[Study, pd.DataFrame]) -> None:
    study, distances = panel
    found = backtest_gaps(replace(study, directed=True), distances)
    assert len(found.pairs) == len(backtest_gaps(study, distances).pairs)
    assert np.isfinite(found.pairs["gravity"]).all()


# refusals


def test_one_year_cannot_be_tested() -> None:
    study = select_study(load_study("china"), years=(2011, 2011))
    with pytest.raises(MethodError, match="of 2011 alone; a back-test needs early and later years") as error:
        backtest_gaps(study, measure_distances(study))
    assert "只有 2011 年" in error.value.describe("zh")


def test_links_without_years_cannot_be_tested(panel: tuple[Study, pd.DataFrame]) -> None:
    study, distances = panel
    assert study.links is not None
    with pytest.raises(MethodError, match="has no years"):
        backtest_gaps(replace(study, links=study.links.drop(columns="year")), distances)
    assert list_years(study) == list(YEARS)


def test_modelled_links_are_refused(panel: tuple[Study, pd.DataFrame]) -> None:
    study, distances = panel
    assert study.links is not None
    for year in (2010, 2015):  # modelled early or late
        origin = np.where(study.links["year"] == year, "modelled", "observed")
        with pytest.raises(MethodError, match="modelled, not observed"):
            backtest_gaps(replace(study, links=study.links.assign(origin=origin)), distances)


@pytest.mark.parametrize("split", [2009, 2015, 2020])
def test_a_split_leaves_years_on_both_sides(panel: tuple[Study, pd.DataFrame], split: int) -> None:
    with pytest.raises(MethodError, match="split must leave years on both sides of 2010-2015"):
        backtest_gaps(*panel, split=split)


def test_two_years_are_split_between_them(panel: tuple[Study, pd.DataFrame]) -> None:
    study, distances = panel
    assert study.links is not None
    links = study.links.assign(year=np.where(study.links["year"] <= 2013, 1, 2))
    assert backtest_gaps(replace(study, links=links.astype({"year": "Int64"})), distances).split == 1
