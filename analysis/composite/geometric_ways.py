"""Where a geometric mean cannot be taken: which values are 0 or less on which scale."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.composite.indicator_normalisation import Normalisation, lift_for_products
from analysis.composite.indicator_panel import IndicatorPanel, Missing
from regions.arrays import Booleans, Floats
from regions.errors import MethodError
from regions.messages import say
from regions.words import Words

_SHOWN = 12


class UnfitWay(NamedTuple):
    """A scale on which no geometric mean can be taken.

    Attributes
    ----------
    normalisation, missing
        The scale.
    draws
        Ways that were to take the mean on it, and take another aggregation.
    cells
        (T N, K) the values of 0 or less.
    """

    normalisation: Normalisation
    missing: Missing
    draws: int
    cells: Booleans


def find_unfit(normalised: Floats, method: Normalisation) -> Booleans:
    """Return which normalised values stay 0 or less when they are lifted for a product.

    Examples
    --------
    >>> import numpy as np
    >>> find_unfit(np.array([[-11.0, 2.0]]), "z").tolist()  # 100 + 10 z
    [[True, False]]
    """
    return np.asarray(lift_for_products(normalised, method) <= 0)


def check_products(panel: IndicatorPanel, normalised: Floats, method: Normalisation, regions: pd.DataFrame) -> None:
    """Refuse a geometric mean of values of 0 or less, with the regions, indicators and years.

    Raises
    ------
    MethodError
        There are such values.
    """
    cells = find_unfit(normalised, method)
    if cells.any():
        told = name_cells(panel, cells, regions)
        raise MethodError(say("composite/products", normalisation=method, count=int(cells.sum()), cells=told))


def name_cells(panel: IndicatorPanel, cells: Booleans, regions: pd.DataFrame) -> list[Words]:
    """Return indicator, region and years of cells of a panel, (T N, K), at most twelve and how many more.

    ``regions`` has ``name`` and ``name_zh`` by code.
    """
    cube = cells.reshape(len(panel.years), len(panel.codes), -1)
    found = []
    for place, region in np.argwhere(cube.any(axis=0).T):
        years = np.array(panel.years)[cube[:, region, place]]
        span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
        each, row = panel.indicators[place], regions.loc[panel.codes[region]]
        found.append(
            Words(f"{each.name.en} in {row['name']} ({span})", f"{row['name_zh']}的{each.name.zh}（{span} 年）")
        )
    more = len(found) - _SHOWN
    return found if more <= 0 else [*found[:_SHOWN], Words(f"{more} more", f"另有 {more} 处")]


def tell_unfit(panel: IndicatorPanel, unfit: tuple[UnfitWay, ...], regions: pd.DataFrame) -> list[Words]:
    """Say of each scale that the geometric mean is not among the ways on it, and why."""
    told = []
    for way in unfit:
        names = name_cells(panel, way.cells, regions)
        en, zh = ", ".join(name.en for name in names), "、".join(name.zh for name in names)
        told.append(
            Words(
                f"No geometric mean is among the ways with normalisation {way.normalisation} and missing values "
                f"{way.missing} ({way.draws} ways take another aggregation): it needs positive values, and 0 or less "
                f"are: {en}.",
                f"标准化 {way.normalisation}、缺失规则 {way.missing} 的做法不取几何平均"
                f"（{way.draws} 种改用其他合成方式）：几何平均要求数值为正，而不大于 0 的有：{zh}。",
            )
        )
    return told
