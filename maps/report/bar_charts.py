"""Native charts of the workbook: bars beside the small table that they draw, to be changed in Excel."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from maps.words.codebook import build_headers
from maps.words.report_text import REPORT
from regions.words import Words

CHARTED = 15
_COLOURS = ("#C4501B", "#B7A3D0")
_SIZE = {"width": 720, "height": 460}
_PERCENT = ("percent_low", "percent_high")


def chart_gaps(gaps: pd.DataFrame) -> pd.DataFrame:
    """Return ``pair``, ``pair_zh``, ``observed`` and ``expected`` of the first gaps, for `draw_bars`.

    Parameters
    ----------
    gaps
        The register with the names of both ends.
    """
    rows = gaps[gaps["gap"] > 0].head(CHARTED)
    pairs = {
        f"pair{tail}": rows[f"source_name{tail}"].astype(str) + " – " + rows[f"target_name{tail}"].astype(str)
        for tail in ("", "_zh")
    }
    return pd.DataFrame({**pairs, "observed": rows["observed"], "expected": rows["expected"]}).reset_index(drop=True)


def chart_regions(scores: pd.DataFrame) -> pd.DataFrame:
    """Return ``name``, ``name_zh`` and ``strength`` of the regions with the most links."""
    return scores[["name", "name_zh", "strength"]].dropna(subset=["strength"]).head(CHARTED).reset_index(drop=True)


def draw_bars(
    table: pd.DataFrame, title: Words, language: str, *, values: Sequence[str]
) -> Callable[[Any, Any, int], None]:
    """Return what draws bars onto a sheet, named by the last column of text of ``table``; it prints on one page.

    Parameters
    ----------
    table
        As it stands on the sheet, in one language. ``percent_low`` and ``percent_high`` become error bars of
        ``percent``.
    values
        Columns to draw, a series each.
    """

    def draw(workbook: Any, worksheet: Any, top: int) -> None:  # noqa: ANN401 - untyped library
        chart = workbook.add_chart({"type": "bar"})
        named = build_headers(values, language)
        texts = [place for place, name in enumerate(table) if not pd.api.types.is_numeric_dtype(table[name])]
        last = top + len(table) - 1
        for colour, name in zip(_COLOURS, values, strict=False):
            column = table.columns.get_loc(name)
            series: dict[str, Any] = {
                "name": named[name],
                "categories": [worksheet.get_name(), top, texts[-1], last, texts[-1]],
                "values": [worksheet.get_name(), top, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
            }
            chart.add_series(series | _find_errors(table, name))
        chart.set_title({"name": title.text(language), "name_font": {"size": 12}})
        chart.set_y_axis({"reverse": True, "label_position": "low", "major_gridlines": {"visible": False}})
        chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#DDE3E8"}}})
        chart.set_legend({"none": True} if len(values) == 1 else {"position": "bottom"})
        chart.set_size(_SIZE)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(1, 0)
        worksheet.insert_chart(top, len(table.columns) + 1, chart, {"description": title.text(language)})

    return draw


def _find_errors(table: pd.DataFrame, name: str) -> dict[str, Any]:
    """Return the error bars of a series where the table has the interval of its values."""
    if name != "percent" or not set(_PERCENT) <= set(table.columns):
        return {}
    above = (table["percent_high"] - table["percent"]).tolist()
    below = (table["percent"] - table["percent_low"]).tolist()
    return {"x_error_bars": {"type": "custom", "plus_values": above, "minus_values": below}}


CHARTS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "chart_gaps": (REPORT["chart_gaps"], ("observed", "expected")),
    "chart_regions": (REPORT["chart_regions"], ("strength",)),
    "effects": (REPORT["chart_effects"], ("percent",)),
}
"""Sheets with a chart -> its title, and the columns that it draws."""
