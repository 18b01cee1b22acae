"""What distance and borders do, in percent: by hand, and what stands beside the model."""

from types import SimpleNamespace
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from regionet.steps.pipeline import Findings
from regionet.steps.report.effect_tables import list_effects
from regions import load_study


def make_findings(coefficients: pd.DataFrame | None) -> Findings:
    model: Any = None if coefficients is None else SimpleNamespace(coefficients=coefficients)
    return Findings(load_study("china"), nx.Graph(), pd.DataFrame(), None, (), model)


@pytest.fixture
def findings() -> Findings:
    table = {"estimate": [-1.0, 0.6931471805599453], "error": [0.0, 0.1]}
    return make_findings(pd.DataFrame(table, index=["ln_distance", "different_province"]))


def test_twice_the_distance_halves_and_a_border_of_ln_2_doubles(findings: Findings) -> None:
    table = list_effects(findings, pd.DataFrame())
    assert table["barrier"].tolist() == ["ln_distance", "different_province"]
    assert table["percent"].tolist() == pytest.approx([-50.0, 100.0], rel=1e-9)
    assert table["barrier_name_zh"].tolist() == ["距离加倍", "不同省份"]


def test_the_interval_is_that_of_the_coefficient(findings: Findings) -> None:
    row = list_effects(findings, pd.DataFrame()).iloc[1]
    assert 1 + row["percent_high"] / 100 == pytest.approx(2 * 2.718281828459045**0.196, rel=1e-9)
    assert 1 + row["percent_low"] / 100 == pytest.approx(2 / 2.718281828459045**0.196, rel=1e-9)
    first = list_effects(findings, pd.DataFrame()).iloc[0]
    assert first["percent_low"] == first["percent"] == first["percent_high"]  # an error of nothing


def test_fences_between_kinds_of_actors_come_after_and_borders_once(findings: Findings) -> None:
    columns = ["barrier", "barrier_name", "barrier_name_zh", "estimate", "error", "percent"]
    rows = [("different_province", "P", "省", 9.0, 9.0, 9.0), ("sector", "Sector", "部门", -0.5, 0.1, -39.0)]
    barriers = pd.DataFrame(rows, columns=columns).assign(percent_low=-50.0, percent_high=-20.0, lost=3.0)
    table = list_effects(findings, barriers)
    assert table["barrier"].tolist() == ["ln_distance", "different_province", "sector"]
    assert table["percent"].tolist() == pytest.approx([-50.0, 100.0, -39.0], rel=1e-9)
    assert "lost" not in table


def test_without_a_model_there_is_nothing_to_list() -> None:
    assert list_effects(make_findings(None), pd.DataFrame()).empty
