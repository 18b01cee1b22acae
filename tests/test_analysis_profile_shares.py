"""Shares of fields and kinds, and how far apart two mixes are."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from gravity_samples import make_study

from analysis.networks.profiles import measure_dissimilarity, measure_field_shares, measure_kind_shares
from regions import MethodError, Study, load_study


def make_acting_study() -> Study:
    study, _ = make_study(4)
    actors = pd.DataFrame(
        {"kind": ["university", "enterprise", "enterprise"], "region": ["R000", "R000", "R001"]},
        index=pd.Index(["u", "e", "f"], name="id"),
    )
    records = pd.DataFrame(
        {"record": ["1", "1", "2", "2", "3"], "actor": ["u", "e", "e", "f", "u"], "field": ["A", "A", "B", "B", None]}
    )
    return replace(study, actors=actors, records=records)


def test_shares_by_hand() -> None:
    study = make_acting_study()
    fields = measure_field_shares(study)
    assert fields.loc["R000"].to_dict() == pytest.approx({"A": 2 / 3, "B": 1 / 3})
    assert fields.loc["R001"].to_dict() == {"A": 0.0, "B": 1.0}
    kinds = measure_kind_shares(study)
    assert kinds.loc["R000"].to_dict() == {"enterprise": 0.5, "university": 0.5}
    assert list(kinds.index) == ["R000", "R001"]


def test_fields_of_actors_stand_in_for_fields_of_records() -> None:
    study = make_acting_study()
    assert study.actors is not None
    assert study.records is not None
    actors = study.actors.assign(field=["A", "B", "B"])
    found = measure_field_shares(replace(study, actors=actors, records=None))
    assert found.loc["R000"].to_dict() == {"A": 0.5, "B": 0.5}
    weighted = measure_field_shares(replace(study, actors=actors, records=study.records.drop(columns="field")))
    assert weighted.loc["R000"].to_dict() == {"A": 0.5, "B": 0.5}


def test_dissimilarity_by_hand() -> None:
    shares = pd.DataFrame([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]], index=list("abc"))
    found = measure_dissimilarity(shares)
    half = 1 - np.sqrt(0.5)
    assert found.to_numpy() == pytest.approx(np.array([[0, 1, half], [1, 0, half], [half, half, 0]]))


def test_missing_tables_are_named() -> None:
    study, _ = make_study(4)
    with pytest.raises(MethodError, match="has no actors, so the fields"):
        measure_field_shares(study)
    acting = make_acting_study()
    with pytest.raises(MethodError, match="neither the records nor the actors"):
        measure_field_shares(replace(acting, records=None))


def test_provinces() -> None:
    shares = measure_field_shares(load_study("china"))
    assert len(shares) == 31
    assert shares.sum(axis=1).to_numpy() == pytest.approx(np.ones(31))
    distance = measure_dissimilarity(shares)
    assert distance.equals(distance.T)
    # Tibet keeps yaks and barley, Hainan rubber and bananas
    assert distance.loc["540000", "460000"] > distance.loc["410000", "370000"]
