"""Ranks with their intervals: every region, best first, and how far its rank moves with the way to make the index."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from maps.report.plot_style import Figure, Voice
from maps.report.scorecard_figures.figure_frame import (
    INK,
    LINE,
    RULE,
    SOFT,
    WIDTH,
    FigureText,
    finish_figure,
    frame_figure,
    measure_letters,
)
from regions.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.ticker import FixedLocator

ROWS = 50
"""Regions in one column."""

_ONE_COLUMN = 40
_TICKS = 8
_LONGEST = 22  # letters of a name in two columns
_ROW = 0.165
_WIDE = 1 / 3
_NAME = 0.062  # inches of half a Chinese character
_AXIS = Words("Rank (1 is best)", "位次（1 为最优）")


def draw_rank_figures(table: pd.DataFrame, voice: Voice, text: FigureText) -> list[Figure]:
    """Draw rank, ``rank_low`` and ``rank_high`` of the regions of one year; up to 100 regions a figure.

    Parameters
    ----------
    table
        ``code``, ``name``, ``name_zh``, ``rank``, ``rank_low``, ``rank_high``; rows without a rank are left out. Hollow
        dots: the interval is wider than a third of the list.
    voice, text
        Language; ``alt`` is made here.

    Returns
    -------
    list of Figure
        ``figure-ranks``, ``figure-ranks-2`` ...
    """
    known = table.dropna(subset=["rank", "rank_low", "rank_high"])
    rows = known.sort_values(["rank", "code"], ignore_index=True)
    sheets = [rows.iloc[start : start + 2 * ROWS] for start in range(0, len(rows), 2 * ROWS)]
    return [_draw_sheet(sheet, len(rows), number, (voice, text)) for number, sheet in enumerate(sheets, start=1)]


def _draw_sheet(rows: pd.DataFrame, n: int, number: int, way: tuple[Voice, FigureText]) -> Figure:
    voice, text = way
    per_column = len(rows) if len(rows) <= _ONE_COLUMN else (len(rows) + 1) // 2
    columns = [rows.iloc[start : start + per_column] for start in range(0, len(rows), per_column)]
    names = [
        _cut(voice.name(Words(en, zh), code), _LONGEST if len(columns) > 1 else 2 * _LONGEST)
        for code, en, zh in rows[["code", "name", "name_zh"]].itertuples(index=False)
    ]
    left = 0.2 + _NAME * max(map(measure_letters, names)) + 0.25
    span = f" ({rows['rank'].iloc[0]:.0f}-{rows['rank'].iloc[-1]:.0f})" if len(rows) < n else ""
    titled = FigureText(
        Words(text.title.en + span, text.title.zh + span.replace(" (", "（").replace(")", "）")),
        text.note,
        text.source,
        _describe(rows, n),
    )
    with frame_figure(titled, voice, per_column * _ROW + 0.5) as frame:
        wide = WIDTH / len(columns)
        for place, part in enumerate(columns):
            short = (per_column - len(part)) * _ROW
            axes = frame.add_axes(place * wide + left, (place + 1) * wide - 0.12, 0.45 + short)
            _draw_rows(axes, part, names[place * per_column :][: len(part)], n)
            axes.xaxis.set_major_locator(_locate(n, _TICKS // len(columns)))
            axes.set_xlabel(voice.say(_AXIS), fontsize=8.5)
        stem = "ranks" if number == 1 else f"ranks-{number}"
        return finish_figure(frame, stem, titled, voice)


def _draw_rows(axes: "Axes", rows: pd.DataFrame, names: list[str], n: int) -> None:
    places = np.arange(len(rows))
    sure = ((rows["rank_high"] - rows["rank_low"]) <= _WIDE * n).to_numpy()
    low, high, rank = (rows[name].to_numpy(dtype=float) for name in ("rank_low", "rank_high", "rank"))
    axes.hlines(places, low, high, colors=LINE, linewidths=np.where(sure, 2.2, 1.4))
    faces = np.where(sure, INK, "white")
    axes.scatter(rank, places, s=18, c=faces, edgecolors=INK, linewidths=1, zorder=3)
    axes.set_yticks(range(len(rows)), [f"{name}  {rank:.0f}" for name, rank in zip(names, rows["rank"], strict=True)])
    axes.tick_params(axis="y", length=0, labelsize=8, labelcolor=INK)
    axes.tick_params(axis="x", labelsize=8)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(1 - 0.02 * n, n * 1.02)
    axes.grid(axis="x", color=RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(SOFT)


def _locate(n: int, most: int) -> "FixedLocator":
    from matplotlib.ticker import FixedLocator  # noqa: PLC0415 - an extra, only where figures are drawn

    step = next((step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if n / step <= most), n)
    return FixedLocator([1, *range(step, n + 1, step)] if step > 1 else list(range(1, n + 1)))


def _cut(name: str, letters: int) -> str:
    while measure_letters(name) > letters:
        name = name.removesuffix("…")[:-1].rstrip() + "…"
    return name


def _describe(rows: pd.DataFrame, n: int) -> Words:
    wide = int(((rows["rank_high"] - rows["rank_low"]) > _WIDE * n).sum())
    head = rows.head(5).to_dict("records")
    said = [
        [f"{row[name]} {row['rank']:.0f} [{row['rank_low']:.0f}-{row['rank_high']:.0f}]" for row in head]
        for name in ("name", "name_zh")
    ]
    return Words(
        f"Dot plot of {len(rows)} regions by rank with intervals: {', '.join(said[0])} ...; {wide} intervals are wider "
        "than a third of the list.",
        f"点图：{len(rows)} 个地区的位次及区间：{'、'.join(said[1])}……；{wide} 个地区的区间宽于全表三分之一。",
    )
