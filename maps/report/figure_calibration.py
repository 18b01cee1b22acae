"""The calibration figure: what the model expects and what is observed, group by group of pairs."""

import pandas as pd

from maps.report.plot_style import Figure, Voice, drawing, save
from maps.words.page_text import UI
from regions.words import Words

_CAPTION = Words(
    "Expected and observed collaboration by group of pairs of like expectation",
    "按期望相近分组的地区对：期望与实际合作",
)
_LOW = 0.6  # of the least mean: where the axes begin


def draw_calibration_figure(table: pd.DataFrame, voice: Voice) -> Figure:
    """Draw ``mean_observed`` against ``mean_expected``, with ``mean_low`` and ``mean_high`` and the line of agreement.

    A group in which nothing was observed stands on the lower edge, hollow.
    """
    expected, observed = (table[f"mean_{name}"].to_numpy(dtype=float) for name in ("expected", "observed"))
    low, high = (table[f"mean_{name}"].to_numpy(dtype=float) for name in ("low", "high"))
    positive = [value for value in (*expected, *observed) if value > 0]
    floor, top = min(positive) * _LOW, max(*positive, *high) / _LOW
    with drawing(voice, (4.6, 4.2)) as figure:
        axes = figure.add_axes((0.15, 0.14, 0.81, 0.82))
        axes.set(xscale="log", yscale="log", xlim=(floor, top), ylim=(floor, top))
        axes.plot([floor, top], [floor, top], color="#9aa5ab", linewidth=1, linestyle="--")
        axes.vlines(expected, low.clip(floor), high.clip(floor), color="#9aa5ab", linewidth=3, alpha=0.6)
        there = observed > 0
        axes.plot(expected[there], observed[there], "o", color="#c4501b", markersize=5)
        missing = expected[~there]
        axes.plot(missing, [floor * 1.1] * len(missing), "o", markerfacecolor="white", color="#c4501b", markersize=5)
        axes.set_xlabel(voice.say(UI["fit_expected"]))
        axes.set_ylabel(voice.say(UI["fit_observed"]))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(lambda value, _: f"{value:g}")
            axis.set_minor_formatter(lambda *_: "")
        axes.spines[["top", "right"]].set_visible(False)
        png, svg = save(figure)
    within = int(((observed >= low) & (observed <= high)).sum())
    alt = Words(
        f"Scatter plot of {len(table)} groups of pairs on logarithmic axes; in {within} of them the observed mean lies "
        "where 95 % of such groups should lie.",
        f"对数坐标散点图：{len(table)} 组地区对，其中 {within} 组的实际均值落在 95% 应有范围内。",
    )
    return Figure("figure-calibration", png, svg, _CAPTION, alt)
