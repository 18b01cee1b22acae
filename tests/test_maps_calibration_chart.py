"""The calibration chart of a workbook, read back."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from maps.exchange.table_files import Sheet, write_workbook
from maps.report.calibration_chart import draw_calibration

TABLE = pd.DataFrame(
    {
        "group": [1, 2, 3],
        "group_pairs": [5, 5, 5],
        "mean_expected": [0.1, 1.0, 10.0],
        "mean_observed": [0.2, 0.8, 11.0],
        "mean_low": [0.0, 0.5, 8.0],
        "mean_high": [0.3, 1.5, 12.0],
    }
)


def draw(table: pd.DataFrame, path: Path, *, language: str = "en", notes: tuple[str, ...] = ()) -> Any:
    sheet = Sheet("C", table, {}, notes=notes, draw=draw_calibration(table, language))
    write_workbook([sheet, Sheet("Other", table, {})], path)
    book = openpyxl.load_workbook(path)
    assert not book["Other"]._charts
    (chart,) = book["C"]._charts
    return chart


def list_cells(chart: Any) -> dict[str, tuple[str, str]]:
    return {
        series.tx.v: tuple(place.numRef.f.split("!")[1] for place in (series.xVal, series.yVal)) for series in chart.ser
    }


def test_each_line_has_its_cells(tmp_path: Path) -> None:
    chart = draw(TABLE, tmp_path / "c.xlsx")
    # the first lower end is 0 and has no place on a logarithmic axis
    assert list_cells(chart) == {
        "95 %, low": ("$C$3:$C$4", "$E$3:$E$4"),
        "95 %, high": ("$C$2:$C$4", "$F$2:$F$4"),
        "Where both agree": ("$C$2:$C$4", "$C$2:$C$4"),
        "Observed, mean of the group": ("$C$2:$C$4", "$D$2:$D$4"),
    }
    assert (chart.x_axis.scaling.logBase, chart.y_axis.scaling.logBase) == (10, 10)


def test_a_group_without_links_needs_plain_axes(tmp_path: Path) -> None:
    chart = draw(TABLE.assign(mean_observed=[0.0, 0.8, 11.0]), tmp_path / "c.xlsx")
    assert chart.x_axis.scaling.logBase is None
    assert list_cells(chart)["95 %, low"] == ("$C$2:$C$4", "$E$2:$E$4")


def test_lower_ends_that_are_all_zero_are_no_line(tmp_path: Path) -> None:
    chart = draw(TABLE.assign(mean_low=0.0), tmp_path / "c.xlsx")
    assert "95 %, low" not in list_cells(chart)
    assert len(chart.ser) == 3


@pytest.mark.parametrize(("language", "words"), [("zh", "期望（组均值）"), ("en", "Expected, mean of the group")])
def test_the_axes_speak_the_language(tmp_path: Path, language: str, words: str) -> None:
    chart = draw(TABLE, tmp_path / "c.xlsx", language=language)
    assert chart.x_axis.title.tx.rich.p[0].r[0].t == words


def test_notes_above_the_table_move_the_cells(tmp_path: Path) -> None:
    chart = draw(TABLE, tmp_path / "c.xlsx", notes=("one", "two"))
    assert list_cells(chart)["95 %, high"] == ("$C$4:$C$6", "$F$4:$F$6")
