"""How much of what a region does is emerging, future, pillar or traditional, and how that changes: between bounds."""

import numpy as np
import pandas as pd

from regions.arrays import Floats
from regions.errors import MethodError
from regions.industry_tiers.tier_mapping import check_tiers
from regions.messages import say

OTHER = "other"
"""The tier of what the mapping leaves over."""


def measure_tiers(activities: pd.DataFrame, mapping: pd.DataFrame) -> pd.DataFrame:
    r"""Measure the share of each tier in what each region does.

    .. math:: s_{rt} = \sum_i m_{it} \frac{x_{ri}}{\sum_k x_{rk}}, \qquad m_{it} \in [low_{it}, high_{it}]

    A tier is told by the mapping alone, never from growth: an industry that grows is not for that emerging.

    Parameters
    ----------
    activities
        ``code``, ``industry`` (text), ``value`` (>= 0, finite), and ``year`` where there are several.
    mapping
        As `regions.industry_tiers.tier_mapping.check_tiers` takes it; `load_tiers` gives the embedded one.

    Returns
    -------
    DataFrame
        One row per ``code``, ``year`` (when given) and ``tier`` (those of the mapping, then ``other``): ``value`` (sum
        over industries at the middle of the bounds), ``share``, ``low``, ``high``, and ``evenness`` of the region and
        year (Shannon entropy of the shares over its maximum, at the middle: 1 balanced, 0 all in one tier). NaN for a
        region whose values are all 0.

    Raises
    ------
    MethodError
        When a value is missing or negative, or the mapping is wrong.

    References
    ----------
    Pielou (1966), The measurement of diversity in different types of biological collections,
    doi:10.1016/0022-5193(66)90013-0, for the evenness.

    Examples
    --------
    >>> rows = pd.DataFrame({"code": ["A", "A"], "industry": ["36", "01"], "value": [3.0, 1.0]})
    >>> mapping = pd.DataFrame({"industry": ["36"], "tier": ["emerging"], "low": [0.0], "high": [0.5]})
    >>> measure_tiers(rows, mapping).set_index("tier")["high"].tolist()
    [0.375, 1.0]
    """
    wide, low, high, tiers = _spread(activities, check_tiers(mapping))
    total = wide.to_numpy().sum(axis=1, keepdims=True)
    part = np.divide(wide.to_numpy(), total, out=np.full(wide.shape, np.nan), where=total > 0)
    ends = part @ low.T, part @ ((low + high) / 2).T, part @ high.T
    evenness = _measure_evenness(ends[1])
    rows = wide.index.repeat(len(tiers)).to_frame(index=False)
    flat = [values.ravel() for values in ends]
    return rows.assign(
        tier=tiers * len(wide),
        value=flat[1] * np.repeat(total.ravel(), len(tiers)),
        share=flat[1],
        low=flat[0],
        high=flat[2],
        evenness=np.repeat(evenness, len(tiers)),
    )


def compare_tiers(activities: pd.DataFrame, mapping: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    r"""Measure how the share of each tier changed between two years, under one mapping.

    The bounds of the change are not those of the two shares: the same part of an industry counts in both years, so

    .. math:: \Delta_{rt} \in \Bigl[\sum_i \min_m m\, d_{ri}, \sum_i \max_m m\, d_{ri}\Bigr], \qquad
        d_{ri} = \frac{x_{ri,last}}{x_{r,last}} - \frac{x_{ri,first}}{x_{r,first}}

    Parameters
    ----------
    activities, mapping
        As for `measure_tiers`, with years.
    first, last
        The years.

    Returns
    -------
    DataFrame
        One row per ``code`` and ``tier``: ``first``, ``last`` (shares), ``change``, ``low``, ``high``, ``direction``
        (``up``, ``down``, or ``open`` where 0 lies between the bounds). Regions in one of the years only are NaN,
        ``open``.

    Raises
    ------
    MethodError
        As `measure_tiers`, and when there is no year, or none of the two.

    Examples
    --------
    >>> rows = pd.DataFrame({"code": "A", "year": [1, 1, 2, 2], "industry": ["36", "01"] * 2, "value": [1.0, 3, 2, 2]})
    >>> mapping = pd.DataFrame({"industry": ["36"], "tier": ["emerging"], "low": [0.2], "high": [0.6]})
    >>> compare_tiers(rows, mapping, 1, 2)[["low", "high"]].round(6).iloc[0].tolist()
    [0.05, 0.15]
    """
    if "year" not in activities or not {first, last} <= set(activities["year"]):
        raise MethodError(say("tiers/years", first=first, last=last))
    rows = activities[activities["year"].isin([first, last])]
    wide, low, high, tiers = _spread(rows, check_tiers(mapping))
    total = wide.sum(axis=1).where(lambda sums: sums > 0)
    part = wide.div(total, axis=0)
    codes = pd.Index(sorted(set(rows["code"])), name="code")
    before, after = (part.xs(year, level="year").reindex(codes).to_numpy(dtype=float) for year in (first, last))
    change = after - before
    rise, fall = np.maximum(change, 0.0), np.minimum(change, 0.0)
    ends = rise @ low.T + fall @ high.T, rise @ high.T + fall @ low.T
    middle = ((low + high) / 2).T
    low_end, high_end = ends[0].ravel(), ends[1].ravel()
    return pd.DataFrame(
        {
            "code": codes.repeat(len(tiers)),
            "tier": tiers * len(codes),
            "first": (before @ middle).ravel(),
            "last": (after @ middle).ravel(),
            "change": (change @ middle).ravel(),
            "low": low_end,
            "high": high_end,
            "direction": np.where(low_end > _NOISE, "up", np.where(high_end < -_NOISE, "down", "open")),
        }
    )


_NOISE = 1e-9


def _spread(activities: pd.DataFrame, mapping: pd.DataFrame) -> tuple[pd.DataFrame, Floats, Floats, list[str]]:
    """Return values by industry, the bounds (tiers x industries) with what is left over as the last tier, the tiers."""
    values = activities["value"].to_numpy(dtype=float)
    if not (np.isfinite(values) & (values >= 0)).all():
        raise MethodError(say("complexity/counts"))
    keys = ["code", "year"] if "year" in activities else ["code"]
    rows = activities.assign(industry=activities["industry"].astype(str))
    wide = rows.pivot_table(index=keys, columns="industry", values="value", aggfunc="sum", fill_value=0.0)
    tiers = list(dict.fromkeys(mapping["tier"]))
    bounds = [
        mapping.pivot_table(index="tier", columns="industry", values=end, aggfunc="sum")
        .reindex(index=tiers, columns=wide.columns)
        .fillna(0.0)
        .to_numpy()
        for end in ("low", "high")
    ]
    low, high = bounds
    over = np.clip(1 - high.sum(axis=0), 0, 1), np.clip(1 - low.sum(axis=0), 0, 1)
    return wide, np.vstack([low, over[0]]), np.vstack([high, over[1]]), [*tiers, OTHER]


def _measure_evenness(shares: Floats) -> Floats:
    """Return the entropy of each row over its maximum; NaN with fewer than two tiers or without a share."""
    count = shares.shape[1]
    if count < 2:  # noqa: PLR2004 - one tier is neither even nor uneven
        return np.full(len(shares), np.nan)
    scaled = shares / shares.sum(axis=1, keepdims=True)
    terms = np.where(scaled > 0, scaled * np.log(np.where(scaled > 0, scaled, 1.0)), 0.0)
    evenness: Floats = np.where(np.isfinite(scaled).all(axis=1), -terms.sum(axis=1) / np.log(count), np.nan)
    return evenness
