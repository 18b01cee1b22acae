"""A table of regions and years, checked and laid out as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.spatial.demeaning import PanelDesign
from geodata.weights.spatial_weights import AnyWeights, SpatialWeights, read_weights
from regions.arrays import Floats
from regions.errors import MethodError

_SHOWN = 6
_COLLINEAR = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class PanelArrays:
    """A balanced panel, and the weights on its regions.

    Attributes
    ----------
    y
        (T, N) outcome.
    x
        (T, N, K) explanatory columns: the constant (where no effect is taken out), x, and the lags of x for Durbin
        models.
    names
        (K,) of the columns of x: ``constant``, the column, ``W_`` and the column.
    years
        (T,) None in a cross-section.
    weights
        On the regions in the order of the arrays.
    """

    y: Floats
    x: Floats
    names: tuple[str, ...]
    years: tuple[int, ...] | None
    weights: SpatialWeights


def read_panel(
    panel: pd.DataFrame, weights: AnyWeights, *, y: str, x: Sequence[str], durbin: bool, design: PanelDesign
) -> PanelArrays:
    """Check a panel and lay it out.

    Raises
    ------
    MethodError
        When columns are lacking, a region stands twice in a year, years are missing for some regions, a value is
        missing or infinite, regions of the weights are not in the panel, or a column is constant (also: once the
        effects are taken out) or a combination of the others; everything of one kind is named.
    """
    columns = [y, *x]
    _check_columns(panel, columns, x)
    found = read_weights(weights)
    table = panel.assign(code=panel["code"].astype(str))
    years = _list_years(table)
    table = _check_cells(table, found, years)
    shape = (len(years or (0,)), len(found.codes), len(columns))
    values = table[columns].to_numpy(dtype=float).reshape(shape)
    _check_values(values, columns, found, years)
    regressors = values[:, :, 1:]
    names = [*x]
    if durbin:
        lagged = np.stack([found.lag(regressors[:, :, k]) for k in range(len(x))], axis=-1)
        regressors, names = np.concatenate([regressors, lagged], axis=-1), [*x, *(f"W_{name}" for name in x)]
    if design.effects == "none":
        ones = np.ones((*shape[:2], 1))
        regressors, names = np.concatenate([ones, regressors], axis=-1), ["constant", *names]
    arrays = PanelArrays(values[:, :, 0], regressors, tuple(names), years, found)
    _check_design(arrays, design, y)
    return arrays


def _check_columns(panel: pd.DataFrame, columns: Sequence[str], x: Sequence[str]) -> None:
    lacking = [name for name in ("code", *columns) if name not in panel]
    if lacking or not x or len(set(columns)) < len(columns):
        known = ", ".join(str(name) for name in panel.columns)
        raise MethodError(
            f"a panel has code, year, the outcome and at least one other column to explain it, each once; "
            f"lacking: {', '.join(lacking) or 'none'}; there are: {known}",
            zh=f"面板须含 code、year、被解释变量及至少一个解释变量，且不重复；缺少：{'、'.join(lacking) or '无'}；"
            f"现有：{known}",
        )


def _list_years(table: pd.DataFrame) -> tuple[int, ...] | None:
    return tuple(int(year) for year in sorted(set(table["year"]))) if "year" in table else None


def _check_cells(table: pd.DataFrame, weights: SpatialWeights, years: tuple[int, ...] | None) -> pd.DataFrame:
    """Return the rows by year and region; every region of the weights must stand in every year, once."""
    keys = ["year", "code"] if years else ["code"]
    twice = table[table.duplicated(keys)]
    if len(twice):
        named = ", ".join(" ".join(map(str, row)) for row in twice[keys].to_numpy()[:_SHOWN].tolist())
        raise MethodError(f"regions stand twice: {named}", zh=f"地区重复：{named}")
    outside = sorted(set(table["code"]) - set(weights.codes))
    if outside:
        raise MethodError(
            f"the weights have no region {', '.join(outside[:_SHOWN])} ({len(outside)} of the panel)",
            zh=f"权重中没有地区 {'、'.join(outside[:_SHOWN])}（面板中共 {len(outside)} 个）",
        )
    wanted = pd.MultiIndex.from_product([years, weights.codes], names=keys) if years else pd.Index(weights.codes)
    table = table.set_index(keys if years else "code")
    lacking = wanted[~wanted.isin(table.index)]
    if len(lacking):
        named = ", ".join(" ".join(map(str, np.atleast_1d(np.array(key, dtype=object)))) for key in lacking[:_SHOWN])
        raise MethodError(
            f"the panel is not balanced: {len(lacking)} of {len(wanted)} rows are missing, such as {named}. "
            "Choose years and regions that are complete",
            zh=f"面板不平衡：{len(wanted)} 行中缺 {len(lacking)} 行，例如 {named}。请选取数据完整的年份与地区",
        )
    return table.loc[wanted]


def _check_values(
    values: Floats, columns: Sequence[str], weights: SpatialWeights, years: tuple[int, ...] | None
) -> None:
    holes = np.argwhere(~np.isfinite(values))
    if not len(holes):
        return
    named = [f"{columns[k]} {weights.codes[i]}{f' {years[t]}' if years else ''}" for t, i, k in holes[:_SHOWN]]
    raise MethodError(
        f"{len(holes)} values are missing or infinite: {', '.join(named)}{' ...' if len(holes) > _SHOWN else ''}",
        zh=f"有 {len(holes)} 个缺失或无穷的数值：{'、'.join(named)}{'……' if len(holes) > _SHOWN else ''}",
    )


def _check_design(arrays: PanelArrays, design: PanelDesign, y: str) -> None:
    """Refuse what cannot be estimated: constant or collinear columns, too few observations."""
    years, regions = arrays.y.shape
    if design.of_regions and years == 1:
        raise MethodError("effects of regions need two years or more", zh="地区效应至少需要两年数据")
    periods, counted = design.count(years, regions)
    if not design.corrected:
        periods, counted = years - design.of_regions, regions - design.of_years
    if periods * counted < len(arrays.names) + 3:
        raise MethodError(
            f"{years * regions} observations are too few for {len(arrays.names)} coefficients and the effects",
            zh=f"{years * regions} 个观测值不足以估计 {len(arrays.names)} 个系数及固定效应",
        )
    left = design.demean(arrays.x).reshape(-1, len(arrays.names))
    raw = arrays.x.reshape(-1, len(arrays.names))
    scale = np.maximum(np.linalg.norm(raw, axis=0), np.finfo(float).tiny)
    rest, outcome = np.linalg.norm(left, axis=0) / scale, design.demean(arrays.y)
    if np.linalg.norm(outcome - outcome.mean()) <= _COLLINEAR * np.linalg.norm(arrays.y):
        raise MethodError(f"the outcome {y!r} does not vary, effects taken out", zh=f"“{y}”在去除效应后没有变化")
    constant = [name for name, size in zip(arrays.names, rest, strict=True) if size <= _COLLINEAR]
    if design.effects == "none":
        spread = np.ptp(raw, axis=0) <= _COLLINEAR * np.abs(raw).max(axis=0, initial=0)
        constant = [name for name, flat in zip(arrays.names, spread, strict=True) if flat and name != "constant"]
    if constant:
        raise MethodError(
            f"no variation is left in: {', '.join(constant)} (constant, or absorbed by the effects)",
            zh=f"这些变量没有可用的变化：{'、'.join(constant)}（为常数，或被固定效应吸收）",
        )
    _refuse_collinear(left, arrays.names)


def _refuse_collinear(left: Floats, names: tuple[str, ...]) -> None:
    scaled = left / np.linalg.norm(left, axis=0)
    kept: list[int] = []
    for k in range(len(names)):
        basis = scaled[:, kept]
        rest = scaled[:, k] - basis @ np.linalg.lstsq(basis, scaled[:, k], rcond=None)[0] if kept else scaled[:, k]
        if np.linalg.norm(rest) > _COLLINEAR**0.5 / 10:
            kept.append(k)
    lost = [names[k] for k in range(len(names)) if k not in kept]
    if lost:
        raise MethodError(
            f"a combination of the other columns: {', '.join(lost)}; leave it out",
            zh=f"这些变量是其他变量的线性组合：{'、'.join(lost)}；请删去",
        )
