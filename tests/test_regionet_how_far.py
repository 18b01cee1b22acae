"""How far spillover reaches: found where it is known, not claimed where there is none, and why it is not fitted."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import regions
from analysis.spatial.simulated_panel import simulate_spatial_panel
from analysis.spillover.decay_reach import Reach
from analysis.spillover.robustness import Specification
from analysis.spillover.study_panel import StudyPanel
from geodata import build_decay_weights, measure_distances
from regionet.steps.spillover import how_far
from regionet.steps.spillover.how_far import measure_reach

STUDY = regions.load_study("china")
APART = measure_distances(STUDY)
ASKED = Specification("y", ("x",), "both")


def _simulate(rho: float, half_life: float = 200.0) -> StudyPanel:
    table = simulate_spatial_panel(build_decay_weights(APART, half_life=half_life), years=10, rho=rho, seed=3)
    codes = pd.Index(STUDY.regions.index)
    return StudyPanel(table, "y", ("x",), codes, tuple(range(2010, 2020)), log=False, lag=0, notes=())


def test_a_known_half_life_is_found_and_said_in_both_languages() -> None:
    reach, (said,) = measure_reach(STUDY, _simulate(0.8, half_life=100.0), ASKED)
    assert reach is not None
    assert reach.low < 100 < reach.high
    assert f"halves every {reach.half_life:.0f} km [{reach.low:.0f}, {reach.high:.0f}]" in said.en
    assert f"每 {reach.half_life:.0f} 公里减半" in said.zh


def test_without_spillover_no_distance_is_claimed() -> None:
    reach, (said,) = measure_reach(STUDY, _simulate(0.0), ASKED)
    assert reach is not None
    assert "cannot be told" in said.en
    assert "说不准" in said.zh


def test_many_regions_are_left_to_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(how_far, "MOST", 30)
    reach, (said,) = measure_reach(STUDY, _simulate(0.5), ASKED)
    assert reach is None
    assert "31 regions, here up to 30 (analysis.fit_reach)" in said.en


def test_regions_without_a_point_have_no_distances(monkeypatch: pytest.MonkeyPatch) -> None:
    holes = APART.copy()
    holes.loc["540000"] = float("nan")
    monkeypatch.setattr(how_far, "measure_distances", lambda study: holes.loc[study.regions.index])
    assert measure_reach(STUDY, _simulate(0.5), ASKED) == (None, [])


def test_a_panel_that_cannot_be_fitted_says_why() -> None:
    panel = _simulate(0.5)
    flat = replace(panel, table=panel.table.assign(x=1.0))
    reach, (said,) = measure_reach(STUDY, flat, ASKED)
    assert reach is None
    assert "no variation is left in: x" in said.en
    assert "说不准" in said.zh


@pytest.mark.parametrize(
    ("low", "high", "en", "zh"),
    [
        (0.0, 90.0, "[no lower limit, 90]", "[无下限, 90]"),
        (20.0, float("inf"), "[20, no upper limit]", "[20, 无上限]"),
        (0.0, float("inf"), "cannot be told", "说不准"),
    ],
)
def test_ends_that_the_data_do_not_set_are_said(low: float, high: float, en: str, zh: str) -> None:
    told: Any = how_far._tell(Reach(50.0, low, high, pd.DataFrame()), sure=True)
    assert en in told.en
    assert zh in told.zh
