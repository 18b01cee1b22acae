"""The matrix of transitions between classes, with the number of region-years in each cell."""

from typing import TYPE_CHECKING

import pandas as pd

from maps.look.palette import LIGHT
from maps.report.plot_style import Figure, Voice
from maps.report.scorecard_figures.figure_frame import INK, LINE, SOFT, FigureText, finish_figure, frame_figure
from regions.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CELL = (1.05, 0.68)  # inches
_LEFT = 1.5
_SPARSE = 5
_DARK = 0.8
_FROM = Words("Class in a year", "当年等级")
_TO = Words("Class in the next year", "次年等级")
_ENDS = {"lowest": Words("{n} (lowest)", "{n}（最低）"), "highest": Words("{n} (highest)", "{n}（最高）")}


def draw_transitions(table: pd.DataFrame, voice: Voice, text: FigureText) -> Figure:
    """Draw the probabilities of one chain as cells with their counts; a cell of fewer than five moves is hatched.

    Parameters
    ----------
    table
        ``from``, ``to`` (1 the poorest), ``count``, ``probability``.
    voice, text
        Language; ``alt`` is made here.
    """
    n = int(table["from"].max())
    titled = FigureText(text.title, text.note, text.source, _describe(table, n))
    with frame_figure(titled, voice, n * _CELL[1] + 0.75) as frame:
        axes = frame.add_axes(_LEFT, _LEFT + n * _CELL[0], 0.05, 0.7)
        cells = table[["from", "to", "count", "probability"]].itertuples(index=False, name=None)
        for start, end, count, probability in cells:
            _draw_cell(axes, (int(end), int(start)), count=int(count), probability=float(probability))
        _name_classes(axes, n, voice)
        return finish_figure(frame, "transitions", titled, voice)


def _draw_cell(axes: "Axes", place: tuple[int, int], *, count: int, probability: float) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - an extra, only where figures are drawn

    ramp = (*LIGHT.ramp, LINE)
    shade = ramp[min(int(probability * len(ramp)), len(ramp) - 1)] if count else "white"
    corner = (place[0] - 0.5, place[1] - 0.5)
    hatch = "////" if count < _SPARSE else None
    axes.add_patch(Rectangle(corner, 1, 1, facecolor=shade, edgecolor="white", linewidth=2))
    if hatch:
        axes.add_patch(Rectangle(corner, 1, 1, fill=False, hatch=hatch, edgecolor="#c9d0d6", linewidth=0))
    colour = "white" if probability > _DARK else INK
    halo = {"boxstyle": "round,pad=0.15", "facecolor": shade, "edgecolor": "none"}
    said = f"{probability:.3f}" if count else "0"
    axes.text(*place, f"{said}\nn = {count}", ha="center", va="center", fontsize=9, color=colour, bbox=halo)


def _name_classes(axes: "Axes", n: int, voice: Voice) -> None:
    names = [str(place) for place in range(1, n + 1)]
    names[0], names[-1] = (voice.say(_ENDS[end]).format(n=place) for end, place in (("lowest", 1), ("highest", n)))
    axes.set(xlim=(0.5, n + 0.5), ylim=(n + 0.5, 0.5))
    axes.set_xticks(range(1, n + 1), names, fontsize=8.5)
    axes.set_yticks(range(1, n + 1), names, fontsize=8.5)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(voice.say(_TO), fontsize=9)
    axes.set_ylabel(voice.say(_FROM), fontsize=9)
    axes.tick_params(length=0, labelcolor=SOFT)
    axes.spines[["left", "bottom"]].set_visible(False)


def _describe(table: pd.DataFrame, n: int) -> Words:
    stay = table[table["from"] == table["to"]].sort_values("from")
    shares = [f"{probability:.0%}" for probability in stay["probability"]]
    total = int(table["count"].sum())
    sparse = int((table["count"] < _SPARSE).sum())
    return Words(
        f"Matrix of {n} x {n} cells with {total:,} region-years; from the lowest class up {', '.join(shares)} stay; "
        f"{sparse} cells have fewer than five moves.",
        f"{n}×{n} 转移矩阵，共 {total:,} 个地区年份；由低到高各等级保持不变的比例为 {'、'.join(shares)}；"
        f"{sparse} 个单元格不足五次。",
    )
