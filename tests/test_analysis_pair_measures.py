"""Measures of pairs of a study as covariates: a pair that is not known is left out and counted, never 0."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from gravity_samples import make_study, simulate

from analysis.expectation.gravity import GravityFit, fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.pair_measures import find_known, list_pair_measures
from regions import MethodError, Study

SCATTERED, DISTANCES = make_study(12, seed=3)
NETWORK = simulate(SCATTERED, DISTANCES, alpha=0.2, seed=1, mean=8.0)


def give_dyads(study: Study, **columns: object) -> Study:
    codes = list(study.regions.index)
    ends = [(a, b) for i, a in enumerate(codes) for b in codes[i + 1 :]]
    table = pd.DataFrame(ends, columns=["source", "target"]).assign(**columns)  # type: ignore[arg-type]
    return replace(study, dyads=table)


@pytest.fixture(scope="module")
def study() -> Study:
    return give_dyads(SCATTERED, minutes=np.random.default_rng(1).uniform(30, 300, 66))


def fit(study: Study, *beside: str, drop: int = 0, dyadic: pd.DataFrame | None = None) -> GravityFit:
    part = replace(study, dyads=None if study.dyads is None else study.dyads.iloc[drop:])
    return fit_gravity(part, NETWORK, DISTANCES, options=GravityOptions(beside=beside, dyadic=dyadic))


def test_a_measure_and_its_logarithm_are_covariates(study: Study) -> None:
    assert list_pair_measures(study) == ["minutes", "ln_minutes"]
    found = fit(study, "ln_minutes")
    assert found.covariates[-1] == "ln_minutes"
    pair = found.table.iloc[5]
    assert study.dyads is not None
    value = study.dyads.set_index(["source", "target"])["minutes"][pair["source"], pair["target"]]
    assert pair["ln_minutes"] == pytest.approx(np.log(value), rel=1e-12)


def test_pairs_that_are_not_known_are_left_out_and_counted(study: Study) -> None:
    whole, part = fit(study, "minutes"), fit(study, "minutes", drop=4)
    assert len(part.table) == len(whole.table) - 4
    assert np.isfinite(part.table["minutes"]).all()
    notes = {note.en for note in part.model.notes}
    assert f"minutes is not known for 4 of {len(whole.table)} pairs, which are left out" in notes
    assert part.model.pairs == len(part.table)


def test_the_same_fit_comes_from_the_users_own_table_of_pairs(study: Study) -> None:
    assert study.dyads is not None
    given = fit(replace(study, dyads=None), dyadic=study.dyads)
    found = fit(study, "minutes")
    assert found.table["expected"].to_numpy() == pytest.approx(given.table["expected"].to_numpy(), rel=1e-9)


def test_a_region_without_a_known_link_goes_with_its_pairs() -> None:
    # A-B and B-C are linked; nothing is known of C, so its pairs go; D has a known pair without a link, so it goes too.
    first, second = np.array([0, 0, 0, 1, 1, 2]), np.array([1, 2, 3, 2, 3, 3])
    table = pd.DataFrame({"observed": [3.0, 0, 0, 2, 0, 0], "x": [1.0, np.nan, 2, np.nan, 3, np.nan]})
    known = find_known(table, first, second, names=["x"])
    assert known.pairs.tolist() == [True, False, False, False, False, False]
    assert known.regions.tolist() == [True, True, False, False]
    assert [note.en for note in known.notes] == ["x is not known for 3 of 6 pairs, which are left out"]


def test_what_cannot_be_is_refused(study: Study) -> None:
    zero = give_dyads(SCATTERED, trains=[0.0, *([1.0] * 65)])
    with pytest.raises(MethodError, match="'trains' is not above 0 for 1 pairs"):
        fit(zero, "ln_trains")
    with pytest.raises(MethodError, match="unknown covariates seconds"):
        fit(study, "seconds")
    with pytest.raises(MethodError, match="beside must be a sequence"):
        GravityOptions(beside="minutes")  # type: ignore[arg-type]
