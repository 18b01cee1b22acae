"""From the indicators of a scheme to one array: years by regions by indicators, and what was left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from analysis.composite.indicator_normalisation import find_constant
from regions.arrays import Booleans, Floats
from regions.errors import MethodError
from regions.messages import say
from regions.schemes.indicator_scheme import Indicator
from regions.schemes.indicator_values import SchemeValues
from regions.words import Words

Missing: TypeAlias = Literal["available", "median", "complete"]

_FEWEST = 3
_MOST_LACKING = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class IndicatorPanel:
    """Indicators that can be compared.

    Attributes
    ----------
    indicators
        (K,) those with values that differ.
    codes, years
        (N,) regions, (T,) years.
    values
        (T, N, K) as they are; NaN is not available.
    notes
        Years and indicators that were left out, and why; what is missing.
    """

    indicators: tuple[Indicator, ...]
    codes: "pd.Index[str]"
    years: tuple[int, ...]
    values: Floats
    notes: tuple[Words, ...]

    @property
    def rows(self) -> Floats:
        """(T N, K) the values, one row per region and year."""
        return self.values.reshape(-1, self.values.shape[-1])

    @property
    def directions(self) -> Floats:
        """(K,) 1 or -1."""
        return np.array([each.direction for each in self.indicators], dtype=float)

    @property
    def pillars(self) -> tuple[str, ...]:
        """(K,) the pillar of each indicator."""
        return tuple(each.pillar for each in self.indicators)

    @property
    def goalposts(self) -> Floats:
        """(2, K) given goalposts; NaN where none are."""
        return np.array([each.goalposts or (np.nan, np.nan) for each in self.indicators], dtype=float).T


def build_panel(values: SchemeValues, *, years: Sequence[int] | None = None) -> IndicatorPanel:
    """Choose years and indicators that can be compared.

    Parameters
    ----------
    values
        From `regions.schemes.compute_indicators`.
    years
        None: the years in which three quarters of the indicators are known for half of the regions that have any value,
        or the fullest year where there is none such.

    Raises
    ------
    MethodError
        For years without data, fewer than three regions, or when no indicator differs between regions.
    """
    table = values.table
    codes = table.index.get_level_values("code").unique()
    known = sorted({int(year) for year in table.index.get_level_values("year")})
    chosen = _choose_years(table) if years is None else tuple(sorted({int(year) for year in years}))
    unknown = [year for year in chosen if year not in known]
    if unknown or len(codes) < _FEWEST:
        raise MethodError(say("composite/no-panel", years=unknown, known=known, count=len(codes), fewest=_FEWEST))
    cells = np.stack([table.xs(year, level="year").reindex(codes).to_numpy(dtype=float) for year in chosen])
    flat = find_constant(cells.reshape(-1, cells.shape[-1]))
    if flat.all():
        raise MethodError(say("composite/all-constant", indicators=list(table.columns)))
    kept = tuple(each for each, out in zip(values.indicators, flat, strict=True) if not out)
    dropped = [each for each, out in zip(values.indicators, flat, strict=True) if out]
    panel = IndicatorPanel(kept, codes, chosen, cells[..., ~flat], ())
    thin = [] if years is not None else [year for year in known if year not in chosen]
    notes = (*values.notes, *_tell_dropped(dropped, chosen), *_tell_thin(thin, chosen), *_tell_missing(panel))
    return IndicatorPanel(kept, codes, chosen, panel.values, notes)


def _choose_years(table: pd.DataFrame) -> tuple[int, ...]:
    there = table.groupby(level="code").transform("count").sum(axis=1) > 0  # a region without any value is not meant
    count = table[there].notna().groupby(level="year").mean()
    held = (count >= 0.5).sum(axis=1)  # noqa: PLR2004 - half of the regions
    full = held >= _MOST_LACKING * table.shape[1]
    chosen = held.index[full] if full.any() else held.index[held == held.max()][-1:]
    return tuple(int(year) for year in chosen)


def _tell_dropped(dropped: list[Indicator], years: Sequence[int]) -> Iterable[Words]:
    if dropped:
        span = f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0])
        yield Words(
            f"Indicators without different values in {span}, left out: {', '.join(each.name.en for each in dropped)}.",
            f"{span} 年无数值或数值全部相同而剔除的指标：{'、'.join(each.name.zh for each in dropped)}。",
        )


def _tell_thin(thin: Sequence[int], chosen: Sequence[int]) -> Iterable[Words]:
    """Name the years that are left out because too little is known of them."""
    if thin:
        listed = [mark.join(map(str, thin)) for mark in (", ", "、")]
        yield Words(
            f"Years left out, for less than three quarters of the indicators are known of half of the regions: "
            f"{listed[0]} ({len(chosen)} years are taken; --years takes others).",
            f"因不足四分之三的指标在半数地区有数而未采用的年份：{listed[1]}（采用 {len(chosen)} 个年份；"
            "可用 --years 另选）。",
        )


def _tell_missing(panel: IndicatorPanel) -> Iterable[Words]:
    lacking: Booleans = np.isnan(panel.values)
    bare = np.asarray(lacking.all(axis=(0, 2)))
    if bare.any():
        yield Words(
            f"{int(bare.sum())} of {len(bare)} regions have no value of any indicator.",
            f"{len(bare)} 个地区中有 {int(bare.sum())} 个没有任何指标数据。",
        )
    lacking = lacking[:, ~bare]
    if not lacking.any():
        return
    whole = np.asarray(lacking.all(axis=1))
    parts = [
        (each.name, [year for year, out in zip(panel.years, whole[:, k], strict=True) if out])
        for k, each in enumerate(panel.indicators)
    ]
    absent = [(name, ", ".join(map(str, years))) for name, years in parts if years]
    single = int((lacking & ~whole[:, None, :]).sum())
    if absent:
        yield Words(
            f"Missing for all regions: {'; '.join(f'{name.en} {years}' for name, years in absent)}: scores of such "
            "years rest on fewer indicators and compare with other years less well than regions within a year do.",
            f"所有地区缺失：{'；'.join(f'{name.zh} {years}' for name, years in absent)}。这些年份的得分依据的指标较少，"
            "跨年可比性弱于同年地区之间。",
        )
    if single:
        yield Words(f"{single} single values are missing.", f"另有 {single} 个单元格缺失。")


def fill_missing(values: Floats, rule: Missing) -> Floats:
    """Return values under a rule for what is missing.

    Parameters
    ----------
    values
        (T, N, K).
    rule
        ``available``: left as it is, a region is judged by what it has; ``median``: the median of the regions of that
        year; ``complete``: a region that lacks an indicator which others have in that year gets no score.

    Raises
    ------
    MethodError
        For another rule.
    """
    if rule not in get_args(Missing):
        raise MethodError(say("composite/choice", name="missing", value=rule, known=get_args(Missing)))
    lacking = np.asarray(np.isnan(values))
    whole = lacking.all(axis=1, keepdims=True)
    if rule == "available" or not lacking.any():
        return values
    if rule == "complete":
        out = (lacking & ~whole).any(axis=2, keepdims=True)
        return np.where(out, np.nan, values)
    middle = np.nanmedian(np.where(whole, 0.0, values), axis=1, keepdims=True)
    return np.where(lacking & ~whole, middle, values)
