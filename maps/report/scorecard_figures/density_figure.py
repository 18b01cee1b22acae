"""How regions are spread, year by year: kernel densities of several figures side by side."""

from dataclasses import dataclass

import pandas as pd

from maps.report.plot_style import Figure, Voice
from maps.report.scorecard_figures.figure_frame import (
    STYLES,
    WIDTH,
    FigureFrame,
    FigureText,
    choose_years,
    finish_figure,
    frame_figure,
)
from regions.words import Words

_ROOM = 3.0
_GROUND = 0.005
_DENSITY = Words("Density", "密度")


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """One figure whose spread is drawn.

    Attributes
    ----------
    axis
        Name and unit.
    curves
        ``year``, ``value``, ``density``, as of `analysis.composite.densities.measure_densities`.
    """

    axis: Words
    curves: pd.DataFrame


def draw_densities(spreads: list[Spread], voice: Voice, text: FigureText) -> Figure:
    """Draw up to four years of each figure, its own axes for each; ``alt`` is made here."""
    titled = FigureText(text.title, text.note, text.source, _describe(spreads))
    with frame_figure(titled, voice, _ROOM) as frame:
        wide = WIDTH / len(spreads)
        for place, spread in enumerate(spreads):
            _draw_spread(frame, spread, voice, (place * wide + 0.62, (place + 1) * wide - 0.15))
        return finish_figure(frame, "densities", titled, voice)


def _draw_spread(frame: FigureFrame, spread: Spread, voice: Voice, ends: tuple[float, float]) -> None:
    axes = frame.add_axes(*ends, 0.6, 0.1)
    years = choose_years([int(year) for year in spread.curves["year"]])
    for year, (colour, dash) in zip(years, STYLES, strict=False):
        curve = spread.curves[spread.curves["year"] == year]
        axes.plot(curve["value"], curve["density"], color=colour, linestyle=dash, linewidth=1.6, label=str(year))
    axes.set_ylim(bottom=0)
    axes.set_xlim(*_find_ends(spread.curves[spread.curves["year"].isin(years)]))
    axes.set_xlabel(voice.say(spread.axis).replace(" (", "\n(").replace("（", "\n（"), fontsize=8.5)
    axes.set_ylabel(voice.say(_DENSITY), fontsize=8.5)
    axes.tick_params(labelsize=8)
    axes.legend(frameon=False, fontsize=8, handlelength=2.6)


def _find_ends(curves: pd.DataFrame) -> tuple[float, float]:
    """Return where the axis begins and ends: not below 0, where no value is, and where curves are above the ground."""
    seen = curves[curves["density"] > _GROUND * curves["density"].max()]["value"]
    return max(0.0, float(seen.min())), float(seen.max())


def _describe(spreads: list[Spread]) -> Words:
    en, zh = [], []
    for spread in spreads:
        years = choose_years([int(year) for year in spread.curves["year"]])
        peaks = [_find_peak(spread.curves, year) for year in (years[0], years[-1])]
        en.append(f"{spread.axis.en}: highest at {peaks[0]:.2g} in {years[0]}, at {peaks[1]:.2g} in {years[-1]}")
        zh.append(f"{spread.axis.zh}：{years[0]} 年峰值在 {peaks[0]:.2g}，{years[-1]} 年在 {peaks[1]:.2g}")
    return Words(f"Kernel densities by year. {'; '.join(en)}.", f"各年核密度曲线。{'；'.join(zh)}。")


def _find_peak(curves: pd.DataFrame, year: int) -> float:
    curve = curves[curves["year"] == year]
    return float(curve["value"].to_numpy()[int(curve["density"].to_numpy().argmax())])
