"""Lorenz curves: what share of product the people of the poorest regions have, year by year."""

import numpy as np
import pandas as pd

from maps.report.plot_style import Figure, Voice
from maps.report.scorecard_figures.figure_frame import (
    RULE,
    SOFT,
    STYLES,
    FigureText,
    choose_years,
    finish_figure,
    frame_figure,
)
from regions.words import Words

_ROOM = 4.5
_PEOPLE = Words("People, cumulated from the poorest region (%)", "人口累计占比，自人均产出最低的地区起（%）")
_PRODUCT = Words("Product, cumulated (%)", "产出累计占比（%）")
_EQUAL = Words("equal", "完全均等")
_GINI = Words("{year}: Gini {gini:.3f}", "{year} 年：基尼系数 {gini:.3f}")
_HALF = 50.0


def draw_lorenz(table: pd.DataFrame, voice: Voice, text: FigureText) -> Figure:
    """Draw the curves of up to four years, named with their Gini index.

    Parameters
    ----------
    table
        ``year``, ``people_share``, ``product_share`` (0 to 1, cumulated), in the order of the curve.
    voice, text
        Language; ``alt`` is made here.
    """
    curves = {year: _take_curve(table, year) for year in choose_years([int(year) for year in table["year"]])}
    titled = FigureText(text.title, text.note, text.source, _describe(curves))
    with frame_figure(titled, voice, _ROOM) as frame:
        axes = frame.add_axes(0.7, 0.7 + _ROOM - 0.55, 0.5)
        axes.plot([0, 100], [0, 100], color=SOFT, linewidth=1, label=voice.say(_EQUAL))
        for (year, (people, product)), (colour, dash) in zip(curves.items(), STYLES, strict=False):
            said = voice.say(_GINI).format(year=year, gini=measure_area(people, product))
            axes.plot(people, product, color=colour, linestyle=dash, linewidth=1.7, label=said)
        axes.set(xlim=(0, 100), ylim=(0, 100))
        axes.grid(color=RULE, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.set_xlabel(voice.say(_PEOPLE), fontsize=8.5)
        axes.set_ylabel(voice.say(_PRODUCT), fontsize=8.5)
        axes.tick_params(labelsize=8)
        axes.legend(frameon=False, fontsize=8.5, handlelength=2.4, loc="center left", bbox_to_anchor=(1.02, 0.5))
        return finish_figure(frame, "lorenz", titled, voice)


def _take_curve(table: pd.DataFrame, year: int) -> tuple[np.ndarray, np.ndarray]:
    rows = table[table["year"] == year]
    people, product = (100 * np.concatenate([[0.0], rows[name]]) for name in ("people_share", "product_share"))
    return people, product


def measure_area(people: np.ndarray, product: np.ndarray) -> float:
    """Return twice the area between the diagonal and a curve in percent: the Gini index.

    Examples
    --------
    >>> import numpy as np
    >>> round(measure_area(np.array([0.0, 50.0, 100.0]), np.array([0.0, 25.0, 100.0])), 9)
    0.25
    """
    return float(1 - 2 * np.trapezoid(product / 100, people / 100))


def _describe(curves: dict[int, tuple[np.ndarray, np.ndarray]]) -> Words:
    en, zh = [], []
    for year, (people, product) in curves.items():
        half = float(np.interp(_HALF, people, product))
        en.append(f"in {year} the poorer half of the people had {half:.0f} % of product")
        zh.append(f"{year} 年人均产出较低的一半人口占产出的 {half:.0f}%")
    return Words(f"Lorenz curves: {'; '.join(en)}.", f"洛伦兹曲线：{'；'.join(zh)}。")
