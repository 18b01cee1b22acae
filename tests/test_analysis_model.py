"""The summary of a gravity model: frozen, and writable wherever the table of gaps is written."""

import json
import pickle
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from gravity_samples import fit_embedded

from analysis.expectation.model import GradeCounts, GravityModel
from analysis.expectation.pairs import NO_LINKS, DroppedRegion
from analysis.gaps.register import measure_gaps
from regions.words import Words


@pytest.fixture
def model() -> GravityModel:
    coefficients = pd.DataFrame({"estimate": [-0.5], "error": [np.nan]}, index=["ln_distance"])
    return GravityModel(
        "tiny",
        3,
        3,
        directed=False,
        coefficients=coefficients,
        dispersion=np.float64(0.25),
        unit=1.0,
        deviance=2.0,
        pseudo_r2=float("nan"),
        dropped=(DroppedRegion("c", Words("C", "丙"), NO_LINKS),),
        tally=GradeCounts(1, 0, 0, {"none": 3}),
    )


def test_the_dict_holds_plain_values(model: GravityModel) -> None:
    plain = json.loads(json.dumps(model, allow_nan=False))
    assert plain["coefficients"] == {"ln_distance": {"estimate": -0.5, "error": None}}
    assert plain["dispersion"] == 0.25
    assert plain["pseudo_r2"] is None
    assert plain["dropped"][0]["name"] == {"en": "C", "zh": "丙"}
    assert plain["tally"]["grades"] == {"none": 3}


def test_attributes_are_frozen(model: GravityModel) -> None:
    with pytest.raises(FrozenInstanceError):
        model.unit = 2.0  # type: ignore[misc]


def test_a_pickled_summary_comes_back_whole(model: GravityModel) -> None:
    back = pickle.loads(pickle.dumps(model))  # noqa: S301 - our own
    assert back == model
    assert back.coefficients.equals(model.coefficients)
    assert back.tally == model.tally


@pytest.mark.parametrize("writer", ["to_parquet", "to_csv", "to_json", "to_pickle", "to_feather", "to_excel"])
def test_every_writer_takes_the_register(tmp_path: Path, writer: str) -> None:
    """Feather alone knows no index of codes."""
    register = measure_gaps(fit_embedded("china"))
    gaps = register.table.reset_index(drop=True) if writer == "to_feather" else register.table.copy()
    gaps.attrs["model"] = register.model
    path = tmp_path / ("gaps.xlsx" if writer == "to_excel" else "gaps")
    getattr(gaps, writer)(path)
    assert path.stat().st_size > 10_000


def test_parquet_brings_the_findings_back(tmp_path: Path) -> None:
    register = measure_gaps(fit_embedded("china"))
    gaps = register.table.copy()
    gaps.attrs["model"] = register.model
    gaps.to_parquet(tmp_path / "gaps.parquet")
    back = pd.read_parquet(tmp_path / "gaps.parquet")
    pd.testing.assert_frame_equal(back, gaps)
    estimate = gaps.attrs["model"].coefficients.loc["ln_distance", "estimate"]
    assert back.attrs["model"]["coefficients"]["ln_distance"]["estimate"] == pytest.approx(estimate)


def test_registers_with_summaries_can_be_joined() -> None:
    """Pandas compares ``attrs`` when it joins tables: the comparison must give one answer."""
    register = measure_gaps(fit_embedded("china"))
    gaps = register.table.copy()
    gaps.attrs["model"] = register.model
    both = pd.concat([gaps.head(2), gaps.tail(2)])
    assert both.attrs["model"].describe("en") == gaps.attrs["model"].describe("en")


@pytest.mark.parametrize(
    ("dispersion", "en", "zh"),
    [
        (0.0, "The counts vary no more than chance (Poisson).", "计数的波动不超过随机水平（泊松）。"),
        (
            3.1e-5,
            "The counts vary hardly more than chance (NB2 dispersion below 0.005).",
            "计数的波动几乎不超过随机水平（NB2 离散参数小于 0.005）。",
        ),
        (
            0.005,
            "The counts vary more than chance alone (NB2 dispersion 0.01).",
            "计数的波动大于随机水平（NB2 离散参数 0.01）。",
        ),
    ],
)
def test_no_dispersion_of_0_is_said_to_be_more_than_chance(
    model: GravityModel, dispersion: float, en: str, zh: str
) -> None:
    told = replace(model, dispersion=dispersion, coefficients=model.coefficients.assign(percent=-39.0), tally=None)
    assert en in told.describe("en")
    assert zh in told.describe("zh")
    assert "0.00)" not in told.describe("en")
