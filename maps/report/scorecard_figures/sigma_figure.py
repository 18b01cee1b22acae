"""Sigma over the years: whether regions come nearer to each other, with its interval."""

import pandas as pd

from maps.report.plot_style import Figure, Voice
from maps.report.scorecard_figures.figure_frame import (
    LINE,
    RULE,
    WIDTH,
    FigureText,
    finish_figure,
    frame_figure,
)
from regions.words import Words

_ROOM = 3.1
_MOST_TICKS = 8
_YEAR = Words("Year", "年份")
_SIGMA = Words("Sigma (standard deviation of logarithms)", "σ（对数标准差）")
_INTERVAL = Words("95 % interval", "95% 区间")


def draw_sigma(table: pd.DataFrame, voice: Voice, text: FigureText) -> Figure:
    """Draw ``sigma`` with ``low`` and ``high`` by ``year``; ``alt`` is made here. The axis begins at 0."""
    rows = table.sort_values("year")
    titled = FigureText(text.title, text.note, text.source, _describe(rows))
    with frame_figure(titled, voice, _ROOM) as frame:
        axes = frame.add_axes(0.75, WIDTH - 0.15, 0.48, 0.1)
        years = rows["year"].astype(int)
        axes.fill_between(
            years, rows["low"], rows["high"], color=LINE, alpha=0.18, linewidth=0, label=voice.say(_INTERVAL)
        )
        axes.plot(years, rows["sigma"], color=LINE, linewidth=1.8, marker="o", markersize=3.5, label="σ")
        step = -(-(int(years.max()) - int(years.min())) // _MOST_TICKS) or 1
        axes.set_xticks(range(int(years.min()), int(years.max()) + 1, step))
        axes.set_ylim(0, float(rows["high"].max()) * 1.08)
        axes.grid(axis="y", color=RULE, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.set_xlabel(voice.say(_YEAR), fontsize=8.5)
        axes.set_ylabel(voice.say(_SIGMA), fontsize=8.5)
        axes.tick_params(labelsize=8)
        axes.legend(edgecolor="none", framealpha=1, fontsize=8.5, loc="lower left")
        return finish_figure(frame, "sigma", titled, voice)


def _describe(rows: pd.DataFrame) -> Words:
    first, last = rows.iloc[0], rows.iloc[-1]
    spans = [f"{row['sigma']:.3f} [{row['low']:.3f}, {row['high']:.3f}]" for row in (first, last)]
    return Words(
        f"Line of sigma by year: {spans[0]} in {first['year']:.0f}, {spans[1]} in {last['year']:.0f}.",
        f"σ 逐年折线：{first['year']:.0f} 年 {spans[0]}，{last['year']:.0f} 年 {spans[1]}。",
    )
