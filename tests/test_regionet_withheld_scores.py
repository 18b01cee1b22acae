"""Dropped is not zero: regions of which nothing was kept have no score."""

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from regionet.cli import app


def score(folder: Path, *options: str) -> tuple[pd.DataFrame, str]:
    out = folder / "out"
    command = ["score", "--study", str(folder), "--out", str(out), "--lang", "zh", "--format", "csv", *options]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    return pd.read_csv(out / "scores.csv").set_index("code"), result.output


def test_a_region_whose_rows_may_have_been_dropped_has_no_value(folder: Path) -> None:
    """C may be the X of the dropped row; A and B keep their link."""
    (folder / "links.csv").write_text("source,target,weight\nA,B,4\nA,X,6\n", encoding="utf-8")
    table, output = score(folder, "--on-unknown", "drop")
    assert table["strength"].to_dict() == pytest.approx({"A": 4.0, "B": 4.0, "C": float("nan")}, nan_ok=True)
    assert table.loc["C"].drop(["name", "name_zh"]).isna().all()
    assert "权重合计 6（占 60.0%）" in output
    assert "3 个地区中有 1 个没有数值" in output


def test_where_nothing_was_dropped_no_link_is_zero(folder: Path) -> None:
    (folder / "links.csv").write_text("source,target,weight\nA,B,4\n", encoding="utf-8")
    table, output = score(folder)
    assert table.loc["C", "strength"] == 0
    assert "没有数值" not in output
