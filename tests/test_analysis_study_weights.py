"""All Ws of a study: what china allows, and what is said of those it does not."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import regions
from analysis.networks.network import build_network
from analysis.spillover.study_weights import build_study_weights


def test_china_allows_eight_and_more() -> None:
    study = regions.load_study("china")
    codes = study.regions.index
    gdp = study.indicators[study.indicators["year"] == 2010].set_index("code")["gdp"]  # type: ignore[index]
    built, notes = build_study_weights(study, codes, network=build_network(study), development=gdp)
    assert {
        "contiguity",
        "contiguity-spectral",
        "nearest-4",
        "inverse-distance",
        "inverse-distance-squared",
        "decay",
        "economic",
        "block-macro_region",
        "collaboration",
        "collaboration-spectral",
        "contiguity+economic",
    } <= set(built)
    for name, weights in built.items():
        assert weights.index.equals(codes), name
        sums = weights.sum(axis=1)
        if not name.endswith("-spectral"):
            assert sums[sums > 0].tolist() == pytest.approx([1.0] * int((sums > 0).sum())), name
    assert any("Hainan" in note.en and "海南" in note.zh for note in notes)


def test_pairs_of_the_user_become_weights_and_minutes_are_inverted(folder: Path) -> None:
    study = regions.read_study(folder)
    codes = study.regions.index
    pairs = pd.DataFrame({"source": ["A", "A"], "target": ["B", "C"], "travel_minutes": [30, 60], "calls": [1, 5]})
    given: dict[str, Any] = {"dyads": pairs}
    with_pairs = replace(study, **given)
    built, notes = build_study_weights(with_pairs, codes)
    assert built["travel_minutes"].loc["A"].tolist() == pytest.approx([0, 2 / 3, 1 / 3])
    assert built["calls"].loc["A"].tolist() == pytest.approx([0, 1 / 6, 5 / 6])
    assert any("contiguity" in note.en for note in notes)


def test_a_study_without_borders_says_so(folder: Path) -> None:
    study = regions.read_study(folder)
    built, notes = build_study_weights(study, study.regions.index)
    assert "contiguity" not in built
    assert "nearest-2" in built
    assert any("contiguity" in note.en and "邻接" in note.zh for note in notes)
