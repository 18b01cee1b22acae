"""The connectivity of 51 countries of Asia and Europe against COINr (tests/data/scorecard/make_asem.R)."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.composite.composite_index import IndexOptions, measure_index
from analysis.composite.rank_intervals import IndexChoices, draw_ranks, measure_rank_intervals
from regions import Study

DATA = Path(__file__).parent / "data" / "scorecard"
PRINTED = 1e-9  # ten decimals of a score of 0 to 100, twelve digits of the others


@pytest.fixture(scope="module")
def countries() -> Study:
    table = pd.read_csv(DATA / "asem_treated.csv").assign(year=2018)
    return Study.from_frames(regions=table[["code"]].assign(name=table["code"]), indicators=table)


@pytest.fixture(scope="module")
def scheme() -> pd.DataFrame:
    return pd.read_csv(DATA / "asem_scheme.csv")


@pytest.fixture(scope="module")
def coinr() -> pd.DataFrame:
    return pd.read_csv(DATA / "asem_coinr.csv").set_index("code")


def score(study: Study, scheme: pd.DataFrame, **options: str) -> pd.DataFrame:
    chosen = IndexOptions(weights="given", **options)  # type: ignore[arg-type]
    return measure_index(study, scheme, options=chosen).table.droplevel("year")


def test_the_index_ranks_and_pillars(countries: Study, scheme: pd.DataFrame, coinr: pd.DataFrame) -> None:
    found = score(countries, scheme)
    expected = coinr.reindex(found.index)
    assert (100 * found["score"]).to_numpy() == pytest.approx(expected["Index"].to_numpy(), abs=PRINTED)
    assert found["rank"].tolist() == expected["Rank"].tolist()
    for pillar in scheme["pillar"].unique():
        assert (100 * found[pillar]).to_numpy() == pytest.approx(expected[pillar].to_numpy(), abs=PRINTED)
    # as printed in the package's own documentation
    assert found["rank"].nsmallest(6).index.tolist() == ["CHE", "NLD", "DNK", "NOR", "BEL", "SWE"]
    assert (100 * found.loc["CHE", ["score", "Environ", "Social"]]).round(2).tolist() == [68.38, 77.21, 87.85]


def test_other_scales_and_sums(countries: Study, scheme: pd.DataFrame, coinr: pd.DataFrame) -> None:
    geometric = 100 * score(countries, scheme, aggregation="geometric")["score"]
    expected = coinr.reindex(geometric.index)
    assert geometric.to_numpy() == pytest.approx(expected["geometric"].to_numpy(), rel=PRINTED)
    # ranks share ties in halves (its option "average")
    ranked = score(countries, scheme, normalisation="rank")["score"]
    assert ranked.to_numpy() == pytest.approx(expected["ranked"].to_numpy(), rel=PRINTED)
    # the standard deviation has the divisor n, there n - 1
    standard = score(countries, scheme, normalisation="z")["score"] * (50 / 51) ** 0.5
    assert standard.to_numpy() == pytest.approx(expected["standard"].to_numpy(), rel=PRINTED)


def test_ranges_of_ranks_over_scales_and_noise(countries: Study, scheme: pd.DataFrame, coinr: pd.DataFrame) -> None:
    # 600 draws there, and noise within pillars there, over all weights here: one rank at the ends
    index = measure_index(countries, scheme, options=IndexOptions(weights="given"))
    choices = IndexChoices(("minmax", "z"), ("given",), ("additive",), ("available",), leave_out=False, noise=0.25)
    found = measure_rank_intervals(draw_ranks(index, choices=choices, draws=1_000)).droplevel("year")
    expected = coinr.reindex(found.index)
    for ours, theirs in (("rank_median", "Median"), ("rank_low", "Q5"), ("rank_high", "Q95")):
        apart = (found[ours] - expected[theirs]).abs()
        assert apart.max() <= 1
        assert apart.mean() < 0.3
    widths = (found["rank_high"] - found["rank_low"], expected["Q95"] - expected["Q5"])
    assert np.corrcoef(*widths)[0, 1] > 0.9
