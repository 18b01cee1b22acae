"""The price of borders beside the gap register."""

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import analysis
import geodata
import regions
from regionet.cli import app
from regionet.steps.gaps.borders import follow_prices, list_barriers, tell_price
from regionet.steps.gaps.gap_query import GapQuery
from regionet.steps.gaps.gap_register import find_register


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("gaps")
    arguments = ["gaps", "--study", "china-cities", "--out", str(out), "--lang", "zh", "--top", "5"]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    (out / "stdout.txt").write_text(result.stdout, encoding="utf-8")
    return out


def test_the_table_is_that_of_the_model(cities: Path) -> None:
    study = regions.load_study("china-cities")
    network = analysis.build_network(study)
    model = analysis.fit_expectation(study, network, geodata.measure_distances(study))
    expected = analysis.measure_barriers(model)
    table = pd.read_csv(cities / "barriers.csv").set_index("barrier")
    shown = table.loc[expected.index]
    for column in ("percent", "percent_low", "percent_high", "lost", "lost_conditional"):
        assert shown[column].tolist() == pytest.approx(expected[column].tolist(), rel=1e-9)
    assert shown["equivalent_km"].tolist() == pytest.approx(expected["equivalent_km"].tolist(), rel=1e-9, nan_ok=True)
    assert shown["equivalent_note"].astype(object).fillna("").tolist() == expected["equivalent_note"].tolist()
    assert {"different_province", "different_macro_region"} <= set(table.index)


def test_the_paragraph_says_the_same_price(cities: Path) -> None:
    """One fit gives the sentence and the table."""
    printed = (cities / "stdout.txt").read_text(encoding="utf-8")
    table = pd.read_csv(cities / "barriers.csv").set_index("barrier")
    row = table.loc["different_province"]
    assert f"不同省份 {row['estimate']:.2f} ± {row['error']:.2f} ({row['percent']:+.0f} %)" in printed
    assert f"“不同省份”的代价：跨越后期望合作变化 {row['percent']:+.0f} %" in printed


def test_every_price_is_told_with_its_interval_in_chinese(cities: Path) -> None:
    printed = (cities / "stdout.txt").read_text(encoding="utf-8")
    assert "“不同省份”的代价：跨越后期望合作变化 " in printed
    assert "不同大区" in printed


def test_the_workbook_has_a_sheet_of_borders_that_is_explained(cities: Path) -> None:
    book = openpyxl.load_workbook(cities / "gaps.xlsx")
    assert "边界代价" in book.sheetnames
    words = {row[0]: str(row[2]) for row in book["指标说明"].iter_rows(min_row=2, values_only=True)}
    assert "总量不变" in words["lost_conditional"]
    assert "公里" in words["equivalent_km"]


def test_json_has_the_barriers_too(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["gaps", "--out", str(tmp_path), "--lang", "en", "--json"], catch_exceptions=False)
    printed = json.loads(result.stdout)
    assert "different_macro_region" in [row["barrier"] for row in printed["barriers"]]


def test_a_fence_that_the_data_cannot_tell_is_said_to_be_so() -> None:
    """Three enterprises among 199 institutions: no link joins two of them."""
    findings, _ = find_register(regions.load_study("china"), GapQuery())
    table, notes = list_barriers(findings)
    assert table["barrier"].tolist() == ["different_macro_region"]
    assert "cannot tell the fence between science and industry" in notes[-1].en
    assert "壁垒" in notes[-1].zh


def test_the_fit_of_the_register_is_priced_and_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    findings, _ = find_register(regions.load_study("china"), GapQuery())
    assert findings.expected is not None
    assert findings.model is not None
    assert findings.expected.fit.model.coefficients.equals(findings.model.coefficients)
    again, _ = list_barriers(replace(findings, expected=None))
    monkeypatch.setattr("analysis.fit_expectation", None)
    monkeypatch.setattr("geodata.measure_distances", None)
    table, _ = list_barriers(findings)
    pd.testing.assert_frame_equal(table, again, rtol=1e-9)


def test_a_study_without_borders_or_kinds_says_so() -> None:
    study = regions.load_study("china")
    assert study.actors is not None
    plain = replace(study, borders=(), actors=study.actors.assign(kind="other"))
    findings, _ = find_register(plain, GapQuery())
    table, notes = list_barriers(findings)
    assert table.empty
    assert [note.en.split(":")[0] for note in notes] == [
        "No price of borders",
        "No price of the fence between science and industry",
    ]
    assert all(note.zh for note in notes)


def price(year: int, low: float, high: float) -> dict[str, object]:
    middle = (low + high) / 2
    bounds = {"percent": middle, "percent_low": low, "percent_high": high, "regions": 10 + year - 2014}
    return {"year": year, "barrier": "different_province", **bounds}


@pytest.mark.parametrize(
    ("later", "verdict"),
    [((-10.0, 1.0), "do not overlap: the difference is more than chance"), ((-40.0, 1.0), "overlap: no change is")],
)
def test_whether_the_intervals_of_two_years_overlap_is_looked_at(later: tuple[float, float], verdict: str) -> None:
    (told,) = follow_prices(pd.DataFrame([price(2014, -54, -31), price(2020, *later)]))
    assert verdict in told.en
    assert "in 2014 (10 regions with links)" in told.en
    assert "in 2020 (16 regions)" in told.en
    assert ("不重叠" in told.zh) == ("not" in verdict)


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        ((50, -9, 99), "不能确定"),
        ((50, 9, 99), "少形成的合作约 50（区间 9 至 99）"),
        ((-50, -99, -9), "多形成的合作约 50"),
    ],
)
def test_no_negative_number_of_links_is_missing(bounds: tuple[float, float, float], told: str) -> None:
    lost = dict(zip(("lost", "lost_low", "lost_high"), bounds, strict=True))
    names = {"barrier_name": "province", "barrier_name_zh": "省份"}
    said = tell_price({**price(2014, -54, 31), **names, **lost})
    assert told in said.zh
    assert ("cannot tell" in said.en) == (told == "不能确定")
