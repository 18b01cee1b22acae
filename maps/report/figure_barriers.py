"""The forest plot of barriers: what distance and each border do to expected collaboration, with their intervals."""

from typing import TYPE_CHECKING

import pandas as pd

from maps.report.plot_style import Figure, Voice, drawing, save
from regions.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CAPTION = Words(
    "Change of expected collaboration with distance and across borders, all else equal (95 % interval)",
    "距离与各类边界使期望合作变化的幅度（其他条件相同，95% 区间）",
)
_AXIS = Words("Change of expected collaboration (%)", "期望合作的变化（%）")
_NUMBERS = ("percent", "percent_low", "percent_high")
_FARTHEST = 400.0  # percent; an interval is cut there, its numbers stand beside it


def draw_barriers(table: pd.DataFrame, voice: Voice) -> Figure:
    """Draw ``percent`` with ``percent_low`` and ``percent_high`` of every row, named by ``barrier_name``."""
    labels = [
        voice.name(Words(en, zh), code)
        for code, en, zh in zip(table["barrier"], table["barrier_name"], table["barrier_name_zh"], strict=True)
    ]
    height = 1.0 + 0.42 * len(table)
    with drawing(voice, (6.4, height)) as figure:
        axes = figure.add_axes((0.34, 0.62 / height, 0.5, 1 - 0.72 / height))
        axes.axvline(0, color="#1c2329", linewidth=1)
        for place, row in enumerate(zip(*(table[name] for name in _NUMBERS), strict=True)):
            _draw_row(axes, place, row)
        axes.set_yticks(range(len(table)), labels)
        axes.set_ylim(len(table) - 0.5, -0.5)
        axes.margins(x=0.08)
        axes.set_xlabel(voice.say(_AXIS))
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(left=False)
        png, svg = save(figure)
    return Figure("figure-barriers", png, svg, _CAPTION, _describe(table))


def _draw_row(axes: "Axes", place: int, row: tuple[float, float, float]) -> None:
    """Draw one interval; filled where it lies on one side of zero, its end cut where it lies too far out."""
    percent, low, high = row
    clear = low > 0 or high < 0
    shown = min(high, _FARTHEST)
    axes.plot([low, shown], [place, place], color="#7a2fb8", linewidth=2, solid_capstyle="butt")
    face = "#7a2fb8" if clear else "white"
    axes.plot([min(percent, shown)], [place], "o", color="#7a2fb8", markerfacecolor=face, markersize=7)
    said = f"{percent:+.0f} [{low:+.0f}, {high:+.0f}]".replace("-", "−")
    axes.text(1.02, place, said, transform=axes.get_yaxis_transform(), va="center", fontsize=8.5)


def _describe(table: pd.DataFrame) -> Words:
    rows = table.to_dict("records")
    spans = [f"{row['percent']:+.0f} % [{row['percent_low']:+.0f}, {row['percent_high']:+.0f}]" for row in rows]
    english = "; ".join(f"{row['barrier_name']} {span}" for row, span in zip(rows, spans, strict=True))
    chinese = "；".join(f"{row['barrier_name_zh']} {span}" for row, span in zip(rows, spans, strict=True))
    return Words(
        f"Forest plot, filled where the interval leaves out zero: {english}.",
        f"森林图，实心表示区间不含 0：{chinese}。",
    )
