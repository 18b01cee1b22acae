"""The calibration chart of the workbook: what was expected and what was observed, with the line where both agree."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from maps.words.page_text import Words

_TITLE = Words("Expected and observed links, by group of pairs", "期望与实际联系（按地区对分组）")
_EXPECTED = Words("Expected, mean of the group", "期望（组均值）")
_OBSERVED = Words("Observed, mean of the group", "实际（组均值）")
_EQUAL = Words("Where both agree", "两者相等")
_LOW, _HIGH = Words("95 %, low", "95% 下限"), Words("95 %, high", "95% 上限")
_PLACE = (1, 7)
_SIZE = {"width": 640, "height": 420}


def draw_calibration(table: "pd.DataFrame", language: str) -> Callable[[Any, Any, int], None]:
    """Return what draws the chart onto a sheet that holds ``table``.

    Parameters
    ----------
    table
        ``mean_expected``, ``mean_observed``, ``mean_low``, ``mean_high``, the least expected first.
    language
        ``zh`` or ``en``.

    Returns
    -------
    callable
        Takes workbook, worksheet and the row of the first values. Axes are logarithmic when every mean is above 0;
        interval ends of 0 are then left out.
    """

    def draw(workbook: Any, worksheet: Any, top: int) -> None:  # noqa: ANN401 - untyped library
        chart = workbook.add_chart({"type": "scatter", "subtype": "straight"})
        means = table[["mean_expected", "mean_observed"]]
        logarithmic = bool((means > 0).all(axis=None))
        hidden = int((table["mean_low"] <= 0).sum()) if logarithmic else 0

        def refer(name: str, skip: int = 0) -> list[Any]:
            column = table.columns.get_loc(name)
            return [worksheet.get_name(), top + skip, column, top + len(table) - 1, column]

        def add(name: str, words: Words, skip: int = 0, **look: Any) -> None:  # noqa: ANN401 - options of the library
            places = {"categories": refer("mean_expected", skip), "values": refer(name, skip)}
            chart.add_series({"name": getattr(words, language), **places, **look})

        dash: dict[str, Any] = {
            "line": {"color": "#9AA5AB", "width": 1, "dash_type": "dash"},
            "marker": {"type": "none"},
        }
        if hidden < len(table):
            add("mean_low", _LOW, hidden, **dash)
        add("mean_high", _HIGH, **dash)
        add("mean_expected", _EQUAL, line={"color": "#5B6770", "width": 1.25}, marker={"type": "none"})
        dot = {"type": "circle", "size": 7, "fill": {"color": "#B5482A"}, "border": {"color": "#FFFFFF"}}
        add("mean_observed", _OBSERVED, line={"none": True}, marker=dot)
        axis = {"log_base": 10} if logarithmic else {}
        chart.set_title({"name": getattr(_TITLE, language), "name_font": {"size": 12}})
        chart.set_x_axis({"name": getattr(_EXPECTED, language), "crossing": "min", **axis})
        chart.set_y_axis({"name": getattr(_OBSERVED, language), "crossing": "min", **axis})
        chart.set_legend({"position": "bottom"})
        chart.set_size(_SIZE)
        worksheet.insert_chart(*_PLACE, chart)

    return draw
