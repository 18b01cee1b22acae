"""Which choice moves a region."""

import numpy as np
import pandas as pd

from analysis.composite.rank_intervals import RankDraws
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say


def measure_choice_sensitivity(drawn: RankDraws, *, year: int | None = None) -> pd.DataFrame:
    r"""Measure how much of the movement of each rank goes back to each choice alone.

    ``share`` is the part of the variance of a rank over all ways that the means by level of one choice explain
    (first-order effect), less what chance would explain: :math:`(SS_b-(L-1)MS_w)/SS_t`, not below 0.

    Parameters
    ----------
    drawn
        From `analysis.composite.rank_intervals.draw_ranks`.
    year
        None: the last.

    Returns
    -------
    DataFrame
        ``code``, ``choice``, ``share`` (NaN where the rank never moves), ``shift`` (ranks between the means of its
        worst and its best level), ``best``, ``worst`` (levels; for ``leave_out`` the indicator that is out, "" for
        none). What the shares leave to 1 is noise on the weights and choices together. Sorted by region, then share.

    Raises
    ------
    MethodError
        For a year that the index does not have.

    Examples
    --------
    >>> from regionet import analysis, regions
    >>> from analysis.composite.rank_intervals import draw_ranks
    >>> index = analysis.measure_index(regions.load_study("china"))
    >>> moved = measure_choice_sensitivity(draw_ranks(index, draws=300))
    >>> sorted(moved["choice"].unique())
    ['aggregation', 'leave_out', 'missing', 'normalisation', 'weights']
    """
    panel = drawn.index.panel
    chosen = panel.years[-1] if year is None else year
    if chosen not in panel.years:
        raise MethodError(say("composite/no-year", year=chosen, known=panel.years))
    ranks = drawn.ranks[:, panel.years.index(chosen)].astype(float)
    tables = [_measure_choice(ranks, drawn.levels[name], panel.codes) for name in drawn.levels]
    table = pd.concat(tables)
    order = {code: place for place, code in enumerate(panel.codes)}
    table = table.assign(_place=table["code"].map(order)).sort_values(["_place", "share"], ascending=[True, False])
    return table.drop(columns="_place").reset_index(drop=True)


def _measure_choice(ranks: Floats, levels: "pd.Series[str]", codes: "pd.Index[str]") -> pd.DataFrame:
    held = ~np.isnan(ranks)
    filled = np.where(held, ranks, 0.0)
    member = pd.get_dummies(levels).to_numpy(dtype=float)
    count, total = member.T @ held, member.T @ filled
    means = np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)
    n = held.sum(axis=0)
    grand = filled.sum(axis=0) / np.maximum(n, 1)
    within = np.maximum((filled**2).sum(axis=0) - np.nansum(count * means**2, axis=0), 0.0)
    between = np.nansum(count * (means - grand) ** 2, axis=0)
    groups = (count > 0).sum(axis=0)
    chance = (groups - 1) * within / np.maximum(n - groups, 1)
    whole = within + between
    share = np.divide(np.maximum(between - chance, 0), whole, out=np.full_like(whole, np.nan), where=whole > 0)
    names = np.array(levels.cat.categories, dtype=object)
    low, high = np.where(np.isnan(means), np.inf, means), np.where(np.isnan(means), -np.inf, means)
    return pd.DataFrame(
        {
            "code": codes,
            "choice": levels.name,
            "share": share,
            "shift": np.where(n > 0, high.max(axis=0) - low.min(axis=0), np.nan),
            "best": names[low.argmin(axis=0)],
            "worst": names[high.argmax(axis=0)],
        }
    )
