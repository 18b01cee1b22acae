"""Circles and 皖北 as a planner keeps them: one Excel workbook, a spillover that is known, two groups asked for."""

from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.spatial.simulated_panel import simulate_spatial_panel
from geodata import build_nearest_weights
from regionet.cli import app

SIDE, RHO, THETA = 6, 0.5, 0.3
CORE = ("城市22", "城市23", "城市32", "城市33")
NORTH = tuple(f"城市{i}{j}" for i in (1, 4) for j in (2, 3)) + tuple(f"城市{i}{j}" for i in (2, 3) for j in (1, 4))
SOUTH = ("城市00", "城市05", "城市50", "城市55")
"""The core, those around it, and the four corners."""


def _place() -> pd.DataFrame:
    rows = [
        (f"城市{i}{j}", 116 + i * 0.5 + (7 * i + 3 * j) % 5 * 0.01, 31 + j * 0.5 + (5 * i + 2 * j) % 7 * 0.01)
        for i in range(SIDE)
        for j in range(SIDE)
    ]
    return pd.DataFrame(rows, columns=["名称", "经度", "纬度"])


def _measure(place: pd.DataFrame) -> pd.DataFrame:
    """Kilometres, roughly: only the order of neighbours matters."""
    x, y = place["经度"].to_numpy() * 95, place["纬度"].to_numpy() * 111
    apart = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :])
    return pd.DataFrame(apart, index=place["名称"].tolist(), columns=place["名称"].tolist())


def _write_workbook(path: Path, *, rho: float, theta: float) -> pd.DataFrame:
    """Write the workbook; return the weights of its truth."""
    place = _place()
    weights = build_nearest_weights(_measure(place), k=4)
    panel = simulate_spatial_panel(weights, years=12, rho=rho, theta=theta, seed=5)
    book = openpyxl.Workbook()
    regions = book.active
    regions.title = "地区"
    regions.append(["代码", "名称", "英文名", "层级", "经度", "纬度"])
    for k, (name, lon, lat) in enumerate(place.itertuples(index=False)):
        regions.append([f"C{k:02d}", name, f"City {k}", "city", lon, lat])
    code = {name: f"C{k:02d}" for k, name in enumerate(place["名称"])}
    groups = book.create_sheet("分组")
    groups.append(["组", "代码"])
    for group, names in (("核心", CORE), ("皖北", NORTH), ("皖南", SOUTH)):
        for name in names:
            groups.append([group, code[name]])
    table = book.create_sheet("指标")
    table.append(["代码", "年份", "研发", "专利"])
    for row in panel.itertuples():
        table.append([code[row.code], row.year, row.x, row.y])
    links = book.create_sheet("联系")
    links.append(["起点", "终点", "权重"])
    links.append(["C00", "C01", 1])
    book.save(path)
    return weights


def _run(path: Path, out: Path, *words: str) -> Any:
    asked = [
        "--study",
        str(path),
        "--out",
        str(out),
        "--column",
        "专利",
        "--explained-by",
        "研发",
        "--weights",
        "nearest-4",
    ]
    few = ["--draws", "400", "--permutations", "199"]
    result = CliRunner().invoke(app, ["spillover", "--lang", "zh", *asked, *few, *words])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, pd.DataFrame, Path]:
    base = tmp_path_factory.mktemp("workbook")
    weights = _write_workbook(base / "规划.xlsx", rho=RHO, theta=THETA)
    _run(base / "规划.xlsx", base / "out", "--between", "核心", "皖北")
    return pd.read_csv(base / "out" / "spillover_groups.csv").set_index(["giver", "receiver"]), weights, base


def _true_flow(weights: pd.DataFrame, giver: tuple[str, ...], receiver: tuple[str, ...]) -> float:
    n = len(weights)
    matrix = np.linalg.solve(np.eye(n) - RHO * weights.to_numpy(), np.eye(n) + THETA * weights.to_numpy())
    of = pd.DataFrame(matrix, index=weights.index, columns=weights.columns)
    return float(of.loc[list(receiver), list(giver)].to_numpy().sum() / len(giver))


def test_what_the_core_gives_the_laggards_is_found_again(found: tuple[pd.DataFrame, pd.DataFrame, Path]) -> None:
    table, weights, _ = found
    row = table.loc[("核心", "皖北")]
    assert 0 < row["low"] < _true_flow(weights, CORE, NORTH) < row["high"]
    assert row["share"] > row["chance_high"]  # they lie around it
    assert row["p"] < 0.05


def test_both_directions_and_the_rest_are_told(found: tuple[pd.DataFrame, pd.DataFrame, Path]) -> None:
    table, weights, _ = found
    assert set(table.index.get_level_values("giver")) == {"核心", "皖北", "(rest)"}
    back = table.loc[("皖北", "核心")]
    assert back["low"] < _true_flow(weights, NORTH, CORE) < back["high"]


def test_far_corners_get_less_than_chance(found: tuple[pd.DataFrame, pd.DataFrame, Path]) -> None:
    _, weights, base = found
    _run(base / "规划.xlsx", base / "far", "--between", "核心", "皖南")
    row = pd.read_csv(base / "far" / "spillover_groups.csv").set_index(["giver", "receiver"]).loc[("核心", "皖南")]
    assert row["share"] < row["chance"]
    assert row["low"] < _true_flow(weights, CORE, SOUTH) < row["high"]


def test_the_page_and_the_workbook_speak_of_both_groups(found: tuple[pd.DataFrame, pd.DataFrame, Path]) -> None:
    _, _, base = found
    page = (base / "out" / "page.html").read_text(encoding="utf-8")
    assert "核心" in page
    assert "到达皖北" in page
    book = openpyxl.load_workbook(base / "out" / "spillover.xlsx", read_only=True)
    rows = list(book["组间溢出"].iter_rows(values_only=True))
    book.close()
    assert rows[0][:3] == ("分组方式", "溢出方", "受益方")
    assert {row[1] for row in rows[1:]} == {"核心", "皖北", "其余"}


def test_without_spillover_nothing_is_claimed_between_the_groups(tmp_path: Path) -> None:
    _write_workbook(tmp_path / "无溢出.xlsx", rho=0.0, theta=0.0)
    told = _run(tmp_path / "无溢出.xlsx", tmp_path / "out", "--between", "核心", "皖北").stdout
    row = pd.read_csv(tmp_path / "out" / "spillover_groups.csv").set_index(["giver", "receiver"]).loc[("核心", "皖北")]
    assert row["low"] < 0 < row["high"]
    assert "无法与 0 区分" in told
