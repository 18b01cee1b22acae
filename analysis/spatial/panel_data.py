"""A table of regions and years, checked and laid out as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.spatial.demeaning import PanelDesign
from geodata.weights.spatial_weights import AnyWeights, SpatialWeights, read_weights
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

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
        known = [str(name) for name in panel.columns]
        raise MethodError(say("panel-data/columns", lacking=lacking, known=known))


def _list_years(table: pd.DataFrame) -> tuple[int, ...] | None:
    return tuple(int(year) for year in sorted(set(table["year"]))) if "year" in table else None


def _check_cells(table: pd.DataFrame, weights: SpatialWeights, years: tuple[int, ...] | None) -> pd.DataFrame:
    """Return the rows by year and region; every region of the weights must stand in every year, once."""
    keys = ["year", "code"] if years else ["code"]
    twice = table[table.duplicated(keys)]
    if len(twice):
        named = ", ".join(" ".join(map(str, row)) for row in twice[keys].to_numpy()[:_SHOWN].tolist())
        raise MethodError(say("panel-data/regions-stand-twice", named=named))
    outside = sorted(set(table["code"]) - set(weights.codes))
    if outside:
        raise MethodError(say("panel-data/weights-have-no", shown=outside[:_SHOWN], count=len(outside)))
    wanted = pd.MultiIndex.from_product([years, weights.codes], names=keys) if years else pd.Index(weights.codes)
    table = table.set_index(keys if years else "code")
    lacking = wanted[~wanted.isin(table.index)]
    if len(lacking):
        named = ", ".join(" ".join(map(str, np.atleast_1d(np.array(key, dtype=object)))) for key in lacking[:_SHOWN])
        raise MethodError(say("panel-data/panel-not-balanced", count=len(lacking), total=len(wanted), named=named))
    return table.loc[wanted]


def _check_values(
    values: Floats, columns: Sequence[str], weights: SpatialWeights, years: tuple[int, ...] | None
) -> None:
    holes = np.argwhere(~np.isfinite(values))
    if not len(holes):
        return
    named = [f"{columns[k]} {weights.codes[i]}{f' {years[t]}' if years else ''}" for t, i, k in holes[:_SHOWN]]
    more = " ..." if len(holes) > _SHOWN else ""
    raise MethodError(say("panel-data/missing-values", count=len(holes), named=named, more=more))


def _check_design(arrays: PanelArrays, design: PanelDesign, y: str) -> None:
    """Refuse what cannot be estimated: constant or collinear columns, too few observations."""
    years, regions = arrays.y.shape
    if design.of_regions and years == 1:
        raise MethodError(say("panel-data/effects-regions-need"))
    periods, counted = design.count(years, regions)
    if not design.corrected:
        periods, counted = years - design.of_regions, regions - design.of_years
    if periods * counted < len(arrays.names) + 3:
        raise MethodError(say("panel-data/observations-too-few", shown=years * regions, count=len(arrays.names)))
    left = design.demean(arrays.x).reshape(-1, len(arrays.names))
    raw = arrays.x.reshape(-1, len(arrays.names))
    scale = np.maximum(np.linalg.norm(raw, axis=0), np.finfo(float).tiny)
    rest, outcome = np.linalg.norm(left, axis=0) / scale, design.demean(arrays.y)
    if np.linalg.norm(outcome - outcome.mean()) <= _COLLINEAR * np.linalg.norm(arrays.y):
        raise MethodError(say("panel-data/outcome-does-not", y=y))
    constant = [name for name, size in zip(arrays.names, rest, strict=True) if size <= _COLLINEAR]
    if design.effects == "none":
        spread = np.ptp(raw, axis=0) <= _COLLINEAR * np.abs(raw).max(axis=0, initial=0)
        constant = [name for name, flat in zip(arrays.names, spread, strict=True) if flat and name != "constant"]
    if constant:
        raise MethodError(say("panel-data/no-variation-left", constant=constant))
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
        raise MethodError(say("panel-data/combination-other-columns", lost=lost))
