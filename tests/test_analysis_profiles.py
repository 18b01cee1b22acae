"""What regions work on, by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from actor_samples import make_linked, make_study

from analysis.networks.profiles import count_fields, count_kinds, find_shared, measure_overlap


def test_fields_count_distinct_records_per_region() -> None:
    counts = count_fields(make_study())
    assert counts is not None
    assert list(counts.columns) == ["Pig", "Rice", "Wheat"]
    # R1 takes part in rice a and c (twice in c, counted once), wheat d, pig f
    assert counts.loc["R1"].tolist() == [1, 2, 1]
    assert counts.loc["R2"].tolist() == [0, 1, 2]
    assert counts.loc["R3"].tolist() == [0, 2, 0]


def test_fields_of_links_count_the_weight_at_both_ends() -> None:
    counts = count_fields(make_linked(field=["Rice", "Rice", "Pig"]))
    assert counts is not None
    assert counts.loc["R1"].tolist() == [0, 3]  # 2 to R2, 1 inside, counted once
    assert counts.loc["R2"].tolist() == [4, 2]
    assert counts.loc["R3"].tolist() == [4, 0]


def test_kinds_count_participations_and_leave_unknown_ones_out() -> None:
    study = make_study()
    counts = count_kinds(study)
    assert counts is not None
    assert counts.loc["R1"].to_dict() == {"enterprise": 2, "government": 0, "institute": 2, "university": 1}
    assert study.actors is not None
    unknown = replace(study, actors=study.actors.assign(kind=["other", ""] + ["university"] * 5))
    counts = count_kinds(unknown)
    assert counts is not None
    assert list(counts.columns) == ["university"]
    assert counts.loc["R1", "university"] == 2  # e1 alone


def test_what_is_not_known_is_none() -> None:
    study = make_study()
    assert study.records is not None
    assert study.actors is not None
    assert count_fields(replace(study, records=study.records.drop(columns="field"))) is None
    assert count_fields(make_linked()) is None
    assert count_kinds(make_linked()) is None
    assert count_kinds(replace(study, actors=study.actors.assign(kind="other"))) is None


def test_overlap_is_the_cosine() -> None:
    counts = pd.DataFrame({"x": [3.0, 4.0, 0.0, 6.0], "y": [4.0, 3.0, 0.0, 8.0]}, index=["A", "B", "C", "D"])
    source, target = pd.Series(["A", "A", "A"]), pd.Series(["B", "C", "D"])
    overlap = measure_overlap(counts, source, target)
    assert overlap[0] == pytest.approx(24 / 25)
    assert np.isnan(overlap[1])  # C has no records
    assert overlap[2] == pytest.approx(1)
    assert overlap.max() <= 1


@pytest.mark.parametrize("residual", ["Other calls", "other", "Others", "其他领域", "Unknown"])
def test_a_residual_class_is_no_field_in_common(residual: str) -> None:
    counts = pd.DataFrame({residual: [9, 9], "Health": [1, 1], "Otherworldly studies": [2, 0]}, index=["A", "B"])
    found = find_shared(counts, pd.Series(["A"]), pd.Series(["B"]), most=3)
    assert found.tolist() == ["Health"]
