"""The index of a study, its rank intervals and which choice moves a region."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.composite.aggregation import aggregate_columns
from analysis.composite.choice_sensitivity import measure_choice_sensitivity
from analysis.composite.composite_index import CompositeIndex, IndexOptions, measure_index
from analysis.composite.densities import measure_densities
from analysis.composite.geometric_ways import tell_unfit
from analysis.composite.index_weights import weigh_by_critic, weigh_by_entropy
from analysis.composite.rank_intervals import IndexChoices, draw_ranks, measure_rank_intervals
from regions import Study, load_study
from regions.errors import MethodError

SCHEME = pd.DataFrame(
    {
        "pillar": ["x", "x", "y", "z"],
        "indicator": ["a", "b", "c", ""],
        "direction": [1, 1, -1, 1],
        "weight": [3, 1, 1, 1],
    }
)
FIXED = IndexChoices(("minmax",), ("equal",), ("additive",), ("available",), leave_out=False, noise=0.0)


def make_study(cells: dict[str, list[float]], years: list[int] | None = None) -> Study:
    count = len(next(iter(cells.values())))
    years = years or [2020] * count
    codes = [f"R{i}" for i in range(count // len(set(years)))] * len(set(years))
    table = pd.DataFrame({"code": codes, "year": sorted(years), **cells})
    return Study.from_frames(
        regions=pd.DataFrame({"code": sorted(set(codes)), "name": sorted(set(codes))}), indicators=table
    )


@pytest.fixture(scope="module")
def toy() -> CompositeIndex:
    return measure_index(make_study({"a": [0, 5, 10], "b": [4, 2, 0], "c": [1, 3, 2]}), SCHEME)


def test_an_index_by_hand(toy: CompositeIndex) -> None:
    # x: a (0, .5, 1), b (1, .5, 0): .5 each; y: cost (1, 0, .5); equal pillars
    assert toy.table["score"].tolist() == pytest.approx([0.75, 0.25, 0.5])
    assert toy.table["rank"].tolist() == [1, 3, 2]
    assert toy.table["x"].tolist() == pytest.approx([0.5, 0.5, 0.5])
    assert toy.weights["weight"].tolist() == [0.25, 0.25, 0.5]


def test_empty_pillars_are_shown_empty(toy: CompositeIndex) -> None:
    assert toy.table["z"].isna().all()
    assert toy.title.en == "Index of x, y (no data on z)"
    assert toy.title.zh == "x、y指数（z无数据）"


def test_given_weights_are_those_of_the_scheme() -> None:
    study = make_study({"a": [0, 5, 10], "b": [4, 2, 0], "c": [1, 3, 2]})
    index = measure_index(study, SCHEME, options=IndexOptions(weights="given"))
    assert index.weights["weight"].tolist() == pytest.approx([0.6, 0.2, 0.2])
    assert index.table["score"].tolist() == pytest.approx([0.4, 0.4, 0.7])
    assert index.table["rank"].tolist() == [2, 2, 1]  # alike in all but rounding


def test_entropy_and_critic_are_of_all_years_together() -> None:
    study = make_study({"a": [0, 5, 10, 2, 6, 11], "b": [4, 2, 0, 5, 1, 3], "c": [1, 3, 2, 2, 2, 9]}, [2019, 2020] * 3)
    plain = measure_index(study, SCHEME)
    for name, weigh in (("entropy", weigh_by_entropy), ("critic", weigh_by_critic)):
        index = measure_index(study, SCHEME, options=IndexOptions(weights=name))  # type: ignore[arg-type]
        assert index.weights["weight"].to_numpy() == pytest.approx(weigh(plain.normalised.to_numpy()), rel=1e-9)


def test_a_constant_column_is_left_out_by_name() -> None:
    index = measure_index(make_study({"a": [0, 5, 10], "b": [4, 4, 4], "c": [1, 3, 2]}), SCHEME)
    assert list(index.normalised) == ["a", "c"]
    assert "left out: b" in index.notes[-1].en
    assert "b" in index.notes[-1].zh


def test_what_is_missing_is_never_nought() -> None:
    study = make_study({"a": [0, np.nan, 10], "b": [4, 2, 0], "c": [1, 3, 2]})
    score = {
        rule: measure_index(study, SCHEME, options=IndexOptions(missing=rule)).table["score"].to_numpy()  # type: ignore[arg-type]
        for rule in ("available", "median", "complete")
    }
    assert score["available"][1] == pytest.approx((0.25 * 0.5 + 0.5 * 0) / 0.75)
    assert score["median"][1] == pytest.approx(0.25)  # a: the median of 0 and 10 is 5, or .5
    assert np.isnan(score["complete"][1])
    assert [values[0] for values in score.values()] == pytest.approx([0.75] * 3)


def test_a_year_without_an_indicator_is_named_and_scored_by_the_rest() -> None:
    study = make_study(
        {"a": [0, 5, 10, 0, 5, 10], "b": [4, 2, 0, 4, 2, 0], "c": [1, 3, 2, np.nan, np.nan, np.nan]}, [2019, 2020] * 3
    )
    index = measure_index(study, SCHEME, options=IndexOptions(years=(2019, 2020)))
    assert "c 2020" in " ".join(note.en for note in index.notes)
    assert index.table.xs(2020, level="year")["score"].tolist() == pytest.approx([0.5, 0.5, 0.5])
    # by default such a year is no part: two of three indicators are fewer than three quarters
    assert measure_index(study, SCHEME).panel.years == (2019,)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"a": [1, 1, 1], "b": [2, 2, 2], "c": [3, 3, 3]}, "no indicator differs"),
        ({"d": [1, 2, 3]}, "none of the indicators that this needs"),
        ({"a": [1, 2], "b": [2, 2], "c": [3, 3]}, "needs 3 regions"),
    ],
)
def test_what_cannot_be_compared_is_refused(cells: dict[str, list[float]], message: str) -> None:
    with pytest.raises(MethodError, match=message):
        measure_index(make_study(cells), SCHEME)


def test_negative_values_and_geometric_means() -> None:
    study = make_study({"a": [-1, 5, 10], "b": [4, 2, 1], "c": [1, 3, 2]})
    with pytest.raises(MethodError, match="a geometric mean needs positive values"):
        measure_index(study, SCHEME, options=IndexOptions(normalisation="vector", aggregation="geometric"))
    assert measure_index(study, SCHEME, options=IndexOptions(aggregation="geometric")).table["score"].notna().all()


def test_a_refused_geometric_mean_names_indicator_region_and_years() -> None:
    study = make_study({"a": [-1, 5, 10, -2, 4, 9], "b": [4, 2, 1, 4, 3, 1]}, years=[2019, 2020] * 3)
    with pytest.raises(MethodError) as refused:
        measure_index(study, SCHEME, options=IndexOptions(normalisation="vector", aggregation="geometric"))
    assert "a in R0 (2019-2020)" in str(refused.value)
    assert "R0的a（2019-2020 年）" in refused.value.words.zh


def test_a_way_that_a_value_forbids_is_left_out_named_and_counted() -> None:
    count = 150  # one of n regions far below the others has z = -sqrt(n - 1), 100 + 10 z is below 0 from n = 102 on
    study = make_study({"a": [-1000.0, *[1.0] * (count - 1)], "b": [float(i) for i in range(count)]})
    index = measure_index(study, SCHEME)
    choices = IndexChoices(normalisation=("minmax", "z"), missing=("available",))
    drawn = draw_ranks(index, choices=choices, draws=120)
    levels, plain = drawn.levels, draw_ranks(index, choices=replace(choices, normalisation=("minmax",)), draws=120)
    assert not ((levels["normalisation"] == "z") & (levels["aggregation"] == "geometric")).any()
    assert ((levels["normalisation"] == "minmax") & (levels["aggregation"] == "geometric")).any()
    assert np.isfinite(drawn.ranks).all()
    assert plain.unfit == ()
    (way,) = drawn.unfit
    assert (way.normalisation, way.missing, int(way.cells.sum())) == ("z", "available", 1)
    assert 0 < way.draws < len(levels)
    (told,) = tell_unfit(index.panel, drawn.unfit, index.regions)
    assert f"({way.draws} ways take another aggregation)" in told.en
    assert "a in R0 (2020)" in told.en
    with pytest.raises(MethodError, match="a geometric mean needs positive values; 1 are 0 or less"):
        draw_ranks(index, choices=replace(choices, aggregation=("geometric",)), draws=20)


def test_unknown_options_are_named() -> None:
    study = make_study({"a": [0, 5, 10], "b": [4, 2, 0], "c": [1, 3, 2]})
    with pytest.raises(MethodError, match="weights 'pca' is unknown"):
        measure_index(study, SCHEME, options=IndexOptions(weights="pca"))  # type: ignore[arg-type]
    with pytest.raises(MethodError, match="missing 'zero' is unknown"):
        measure_index(study, SCHEME, options=IndexOptions(missing="zero"))  # type: ignore[arg-type]
    with pytest.raises(MethodError, match="benefit of the doubt goes with"):
        measure_index(study, SCHEME, options=IndexOptions(weights="bod", normalisation="z"))
    with pytest.raises(MethodError, match="years without data: 1999"):
        measure_index(study, SCHEME, options=IndexOptions(years=(1999,)))


def test_without_any_choice_no_rank_moves(toy: CompositeIndex) -> None:
    table = measure_rank_intervals(draw_ranks(toy, choices=FIXED, draws=20))
    for column in ("rank_low", "rank_high", "rank_median", "rank_mean"):
        assert table[column].tolist() == toy.table["rank"].tolist()


def test_draws_are_the_index_made_anew() -> None:
    index = measure_index(load_study("china"), options=IndexOptions(years=(2021, 2022)))
    choices = IndexChoices(("z",), ("critic",), ("topsis",), ("median",), leave_out=False, noise=0.0)
    options = replace(index.options, normalisation="z", weights="critic", aggregation="topsis", missing="median")
    again = measure_index(load_study("china"), options=options)
    drawn = draw_ranks(index, choices=choices, draws=2).ranks
    assert drawn[0].ravel().tolist() == again.table["rank"].tolist()


def test_leaving_one_out_weighs_the_others_anew(toy: CompositeIndex) -> None:
    choices = replace(FIXED, weights=("entropy",), leave_out=True)
    drawn = draw_ranks(toy, choices=choices, draws=60)
    normal = toy.normalised.to_numpy()
    for place, key in enumerate(["a", "b", "c"]):
        kept = [k for k in range(3) if k != place]
        score = aggregate_columns(normal[:, kept], weigh_by_entropy(normal[:, kept]))
        ranks = drawn.ranks[(drawn.levels["leave_out"] == key).to_numpy(), 0]
        assert len(ranks)
        assert (ranks == pd.Series(-score.round(12)).rank(method="min").to_numpy()).all()


def test_resampled_indicators_stay_in_their_pillars(toy: CompositeIndex) -> None:
    # x has a and b, y has c alone: (a, a), (a, b), (b, a), (b, b) with c always
    drawn = draw_ranks(toy, choices=replace(FIXED, resample=True), draws=400)
    normal = toy.normalised.to_numpy()
    ways = [aggregate_columns(normal, np.array(w)) for w in ([0.5, 0, 0.5], [0.25, 0.25, 0.5], [0, 0.5, 0.5])]
    expected = [tuple(pd.Series(-score.round(12)).rank(method="min")) for score in ways]
    found = [tuple(row) for row in drawn.ranks[:, 0].astype(float)]
    assert set(found) == set(expected)
    assert found.count(expected[1]) / 400 == pytest.approx(0.5, abs=0.1)  # four standard errors
    assert set(drawn.levels["leave_out"]) == {""}


def test_resampled_ranges_hold_the_rank_of_the_quality_and_plain_ones_that_of_another_way() -> None:
    # benchmarks/scorecard.py: .73 plain and .92 resampled at this noise; another way .94
    rng = np.random.default_rng(1)
    keys = [f"k{i}" for i in range(12)]
    scheme = pd.DataFrame({"pillar": [f"p{i % 4}" for i in range(12)], "indicator": keys})
    held: dict[bool, list[float]] = {True: [], False: []}
    another = []
    for seed in range(5):
        quality = rng.normal(size=31)
        cells = np.exp(0.5 * (quality[:, None] + rng.normal(size=(31, 12))))
        index = measure_index(make_study({key: list(cells[:, k]) for k, key in enumerate(keys)}), scheme)
        truth = pd.Series(-quality, index=[f"R{i}" for i in range(31)]).rank().reindex(index.panel.codes).to_numpy()
        for resample, hits in held.items():
            drawn = draw_ranks(index, choices=IndexChoices(resample=resample), draws=200, seed=seed)
            table = measure_rank_intervals(drawn)
            hits.append(float(((table["rank_low"] <= truth) & (truth <= table["rank_high"])).mean()))
        rank = draw_ranks(index, draws=1, seed=99 + seed).ranks[0, 0]
        table = measure_rank_intervals(draw_ranks(index, draws=200, seed=seed))
        another.append(float(((table["rank_low"] <= rank) & (rank <= table["rank_high"])).mean()))
    assert np.mean(held[True]) > 0.85 > np.mean(held[False])
    assert np.mean(another) > 0.87


def test_intervals_hold_the_share_of_ways_that_they_say() -> None:
    index = measure_index(load_study("china"), options=IndexOptions(years=(2022,)))
    drawn = draw_ranks(index, draws=400, seed=5)
    table = measure_rank_intervals(drawn, level=0.8)
    inside = (drawn.ranks[:, 0] >= table["rank_low"].to_numpy()) & (drawn.ranks[:, 0] <= table["rank_high"].to_numpy())
    assert (inside.mean(axis=0) >= 0.8).all()
    wider = measure_rank_intervals(drawn, level=0.95)
    assert (wider["rank_high"] >= table["rank_high"]).all()


def test_the_choice_that_moves_a_region_is_found() -> None:
    # A is first in a and last in b: only the weights move it; with one normalisation and one sum nothing else can
    study = make_study({"a": [10, 5, 4, 0], "b": [0, 4.9, 5.1, 10], "c": [1, 1.1, 0.9, 1.05]})
    index = measure_index(study, SCHEME)
    drawn = draw_ranks(index, choices=replace(FIXED, weights=("given", "equal")), draws=200)
    found = measure_choice_sensitivity(drawn).set_index(["code", "choice"])
    moved = {code for code, share in found.xs("weights", level="choice")["share"].items() if share > 0.99}
    assert moved
    assert found.xs("normalisation", level="choice")["share"].fillna(0).max() == 0
    row = found.loc[(next(iter(moved)), "weights")]
    assert row["shift"] >= 1
    assert {row["best"], row["worst"]} == {"given", "equal"}


def test_noise_alone_belongs_to_no_choice() -> None:
    index = measure_index(load_study("china"), options=IndexOptions(years=(2022,)))
    free = replace(FIXED, normalisation=("minmax", "minmax"), leave_out=False, noise=0.5)  # two names of one way
    found = measure_choice_sensitivity(draw_ranks(index, choices=free, draws=600))
    assert found["share"].max() < 0.03  # chance is taken off; six standard errors of 1/D


def test_choices_that_are_none_are_refused(toy: CompositeIndex) -> None:
    with pytest.raises(MethodError, match="noise lies between 0 and 1"):
        draw_ranks(toy, choices=replace(FIXED, noise=1.5))
    with pytest.raises(MethodError, match="needs one way or more"):
        draw_ranks(toy, choices=replace(FIXED, weights=()))
    with pytest.raises(MethodError, match="no year 1999"):
        measure_choice_sensitivity(draw_ranks(toy, choices=FIXED, draws=3), year=1999)


def test_a_range_needs_draws_and_a_share(toy: CompositeIndex) -> None:
    for draws, level in ((0, 0.9), (5, 1.5)):
        with pytest.raises(MethodError, match=f"not {draws} and {level}"):
            measure_rank_intervals(draw_ranks(toy, choices=FIXED, draws=draws), level=level)


def test_units_names_and_order_do_not_matter() -> None:
    rng = np.random.default_rng(0)
    a, b, c = rng.uniform(1, 2, (3, 6))
    plain = measure_index(make_study({"a": list(a), "b": list(b), "c": list(c)}), SCHEME)
    moved = measure_index(make_study({"a": list(1e12 * a), "b": list(1e-6 * b), "c": list(c)}), SCHEME)
    assert moved.table["score"].to_numpy() == pytest.approx(plain.table["score"].to_numpy(), rel=1e-9)
    turned = measure_index(make_study({"a": list(a[::-1]), "b": list(b[::-1]), "c": list(c[::-1])}), SCHEME)
    assert turned.table["score"].to_numpy()[::-1] == pytest.approx(plain.table["score"].to_numpy(), rel=1e-9)


def test_a_region_without_a_score_is_in_no_ranking() -> None:
    study = make_study({"a": [0, np.nan, 10, 3], "b": [4, np.nan, 0, 1], "c": [1, np.nan, 2, 5]})
    table = measure_rank_intervals(draw_ranks(measure_index(study, SCHEME), draws=100))
    assert table.loc["R1"].isna().all(axis=None)
    assert table["rank_high"].max() == 3


def test_densities_sum_to_one_and_find_two_humps() -> None:
    index = pd.MultiIndex.from_product([[f"R{i:02d}" for i in range(40)], [2020]], names=["code", "year"])
    rng = np.random.default_rng(0)
    values = np.concatenate([rng.normal(0, 0.1, 20), rng.normal(3, 0.1, 20)])
    found = measure_densities(pd.Series(values, index=index), points=401)
    step = found["value"].diff().iloc[1]
    assert found["density"].sum() * step == pytest.approx(1, abs=0.01)  # tails beyond three bandwidths
    density = found["density"].to_numpy()
    humps = (density[1:-1] > density[:-2]) & (density[1:-1] > density[2:])
    assert humps.sum() == 2
    with pytest.raises(MethodError, match="needs 5 values that differ"):
        measure_densities(pd.Series(1.0, index=index))


def test_the_same_seed_gives_the_same_ranks(toy: CompositeIndex) -> None:
    first, again, other = (draw_ranks(toy, draws=50, seed=seed) for seed in (1, 1, 2))
    assert (first.ranks == again.ranks).all()
    assert not first.levels.equals(other.levels)


def test_three_hundred_regions_twenty_years_fifty_indicators() -> None:
    rng = np.random.default_rng(0)
    keys = [f"k{i}" for i in range(50)]
    table = pd.DataFrame(rng.gamma(2, size=(6_000, 50)), columns=keys)
    table.insert(0, "year", np.repeat(np.arange(2000, 2020), 300))
    table.insert(0, "code", [f"R{i:03d}" for i in range(300)] * 20)
    places = pd.DataFrame({"code": [f"R{i:03d}" for i in range(300)], "name": [f"R{i:03d}" for i in range(300)]})
    scheme = pd.DataFrame({"pillar": [f"p{i % 5}" for i in range(50)], "indicator": keys})
    index = measure_index(Study.from_frames(regions=places, indicators=table), scheme)
    drawn = draw_ranks(index, draws=24)  # 2,000 take 14 s of processor: benchmarks/scorecard.py
    assert drawn.ranks.shape == (24, 20, 300)
    assert (np.sort(drawn.ranks, axis=2)[:, :, 0] == 1).all()


def test_years_that_are_left_out_are_named() -> None:
    table = pd.DataFrame(
        {"code": list("ABC") * 2, "year": [2019] * 3 + [2020] * 3, "a": [1.0, 2, 3] * 2, "b": [None] * 3 + [1.0, 5, 2]}
    )
    regions = pd.DataFrame({"code": list("ABC"), "name": list("ABC")})
    study = Study.from_frames(regions=regions, indicators=table)
    scheme = pd.DataFrame({"pillar": ["p", "p"], "indicator": ["a", "b"]})
    notes = [note.zh for note in measure_index(study, scheme).notes]
    assert any("未采用的年份：2019（采用 1 个年份" in note for note in notes)
    both = measure_index(study, scheme, options=IndexOptions(years=(2019, 2020)))
    assert not any("未采用的年份" in note.zh for note in both.notes)
