"""Whether candidates for lacking stages came true: what counts by hand, and the commodities of China."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from chain_samples import make_car_study

import geodata
from analysis.chains.chain import read_chain
from analysis.chains.fill_backtest import PREDICTORS, FillBacktest, backtest_fill
from maps.words.columns.complexity_columns import FILL_BACKTEST, FILL_PREDICTORS
from regionet.steps.chains.fill_checked import check_fill
from regions import MethodError, Study, load_study

CHINA = load_study("china")
KM = geodata.measure_distances(CHINA)
NAMES = ("Maize", "Rice", "Wheat")


def take(*names: str, study: Study = CHINA) -> FillBacktest:
    return backtest_fill(study, [read_chain(study, name) for name in names], KM, draws=50)


@pytest.fixture(scope="module")
def found() -> FillBacktest:
    return take(*NAMES)


def test_cases_lack_the_stage_early_and_the_candidate_has_it(found: FillBacktest) -> None:
    assert (found.early, found.later) == (2011, (2017, 2019))
    records = CHINA.records
    assert records is not None
    assert CHINA.actors is not None
    unit = records["actor"].map(CHINA.actors["region"]).map(CHINA.unit_of)
    rows = records.assign(unit=unit, stage=records["stage"].str.split(";")).explode("stage")
    has = set(zip(rows["field"], rows["unit"], rows["stage"], strict=True))
    cases = found.cases
    assert not set(zip(cases["chain"], cases["code"], cases["stage"], strict=True)) & has
    assert set(zip(cases["chain"], cases["candidate"], cases["stage"], strict=True)) <= has
    assert not cases.duplicated(["chain", "code", "stage", "candidate"]).any()


def test_what_came_true_is_a_joint_record_of_the_later_years(found: FillBacktest) -> None:
    later = CHINA.other_years["records"]
    assert CHINA.actors is not None
    unit = later["actor"].map(CHINA.actors["region"]).map(CHINA.unit_of)
    rows = later.assign(unit=unit, stage=later["stage"].str.split(";"))[["record", "actor", "unit", "field", "stage"]]
    # An actor stands in every stage that any of its rows of the chain names.
    of = rows.explode("stage").groupby(["field", "actor"])["stage"].agg(set).to_dict()
    joint = rows.merge(rows, on=["record", "field"])
    joint = joint[joint["actor_x"] != joint["actor_y"]]
    expected = {
        (field, here, stage, there)
        for field, here, there, actor in joint[["field", "unit_x", "unit_y", "actor_y"]].itertuples(index=False)
        for stage in of[field, actor]
    }
    cases = found.cases
    keys = list(zip(cases["chain"], cases["code"], cases["stage"], cases["candidate"], strict=True))
    assert cases["came"].tolist() == [key in expected for key in keys]
    assert cases["came"].sum() > 10


def test_figures_of_the_first_and_of_any(found: FillBacktest) -> None:
    groups = [group for _, group in found.cases.groupby(["chain", "code", "stage"]) if 0 < group["came"].mean() < 1]
    assert found.decided == len(groups) > 0
    assert found.first == pytest.approx(np.mean([group.loc[group["rank"] == 1, "came"].iloc[0] for group in groups]))
    assert found.base == pytest.approx(np.mean([group["came"].mean() for group in groups]))


def test_every_predictor_has_an_interval_that_holds_it(found: FillBacktest) -> None:
    table = found.measures.set_index("predictor")
    assert tuple(table.index) == PREDICTORS == tuple(FILL_PREDICTORS)
    assert (table["low"] <= table["auc"]).all()
    assert (table["auc"] <= table["high"]).all()
    assert table.loc["size", "beyond_size"] == 0
    assert {*found.measures.columns, "cases", "came"} <= set(FILL_BACKTEST)


def test_one_seed_gives_one_table(found: FillBacktest) -> None:
    pd.testing.assert_frame_equal(found.measures, take(*NAMES).measures)


def test_a_group_of_chains_is_passed_over_beside_its_chains() -> None:
    assert set(take("Flatfish", "Group: Aquatic").cases["chain"]) == {"Flatfish"}
    assert set(take("Group: Aquatic").cases["chain"]) == {"Group: Aquatic"}


def test_few_events_give_no_figure() -> None:
    few = take("Rabbit")
    assert few.cases["came"].sum() < 5, "choose a chain of fewer events"
    assert few.measures.iloc[:, 1:].isna().all(axis=None)
    table, told = check_fill(CHINA, [read_chain(CHINA, "Rabbit")])
    assert table is not None
    assert "too few did not" in told[-1].en


def test_sentences_say_what_was_tested_and_that_size_does_as_well() -> None:
    table, told = check_fill(CHINA, [read_chain(CHINA, name) for name in NAMES])
    assert table is not None
    assert told[0].en.startswith("Who could fill, ranked by the years up to 2011 and tested on 2017-2019: of ")
    assert f"{table['came'].iloc[0]:,} later had a joint record" in told[0].en
    assert "排在第一位的候选有" in told[1].zh
    verdict = table.set_index("predictor").loc["score"]
    assert verdict["beyond_size_low"] <= 0
    assert "no more than size" in told[2].en or "less than size" in told[2].en


def test_records_without_years_or_of_one_year_are_refused() -> None:
    study = make_car_study()
    chain = read_chain(study, "car")
    with pytest.raises(MethodError, match="has no years"):
        backtest_fill(study, [chain], geodata.measure_distances(study))
    one = replace(CHINA, other_years={})
    with pytest.raises(MethodError, match="of 2011 alone"):
        take("Maize", study=one)
    table, told = check_fill(one, [read_chain(one, "Maize")])
    assert table is None
    assert "fill_backtest.csv" in told[0].en
