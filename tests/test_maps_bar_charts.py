"""Native charts of the workbook: they draw the cells of their sheet."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from maps.report.bar_charts import CHARTED, chart_gaps, chart_regions
from maps.report.gap_workbook import write_report
from regions import load_study

EFFECTS = pd.DataFrame(
    {
        "barrier": ["x"],
        "barrier_name": ["X"],
        "barrier_name_zh": ["甲"],
        "percent": [10.0],
        "percent_low": [4.0],
        "percent_high": [17.0],
    }
)


def make_gaps(rows: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "source_name": [f"A{row}" for row in range(rows)],
            "source_name_zh": [f"甲{row}" for row in range(rows)],
            "target_name": "B",
            "target_name_zh": "乙",
            "observed": 1.0,
            "expected": [3.0 if row else 0.5 for row in range(rows)],
            "gap": [2.0 if row else -0.5 for row in range(rows)],
        }
    )


def test_only_gaps_are_charted_and_only_the_first() -> None:
    charted = chart_gaps(make_gaps(30))
    assert len(charted) == CHARTED
    assert charted["pair_zh"].iloc[0] == "甲1 – 乙"
    assert (charted["expected"] > charted["observed"]).all()


def test_regions_without_a_value_are_not_charted() -> None:
    scores = pd.DataFrame({"name": ["a", "b"], "name_zh": ["甲", "乙"], "strength": [3.0, None], "other": 1})
    assert chart_regions(scores).to_dict("list") == {"name": ["a"], "name_zh": ["甲"], "strength": [3.0]}


@pytest.mark.parametrize(("language", "title"), [("zh", "期望合作的变化（%）"), ("en", "Change of expected")])
def test_the_chart_draws_cells_with_error_bars(tmp_path: Path, language: str, title: str) -> None:
    path = tmp_path / "b.xlsx"
    write_report(load_study("china"), {"effects": EFFECTS}, path, language=language)
    with zipfile.ZipFile(path) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert title in chart
    assert "!$B$2" in chart  # named in words, not by the variable
    assert "<c:v>7.0</c:v>" in chart or "<c:v>7</c:v>" in chart  # from the value to the upper end
    assert "<c:v>6.0</c:v>" in chart or "<c:v>6</c:v>" in chart
    assert f'descr="{title}' in drawing


def test_a_sheet_without_rows_has_no_chart(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    write_report(load_study("china"), {"chart_gaps": chart_gaps(make_gaps(1))}, path, language="en")
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "chart" in name]
