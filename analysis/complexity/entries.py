"""Do regions take up what is near to what they do? Relatedness tested on the fields that they entered later."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.complexity.relatedness import find_specialisations, measure_density, measure_proximity
from analysis.scores.grouped_auc import compare_groups, draw_auc, draw_groups_anew, tabulate_auc
from regions.errors import MethodError
from regions.messages import say

Entry = Literal["speciality", "presence"]

ENTRIES: tuple[Entry, ...] = ("speciality", "presence")
"""Kinds of entry."""

PREDICTORS = ("density", "region_size", "field_size", "expected", "average")
"""What may foretell an entry; see `EntryBacktest`."""

FEWEST = 5
"""With fewer entries, or fewer fields not entered, than this, no AUC is worth printing."""


@dataclass(frozen=True, slots=True, eq=False)
class EntryBacktest:
    """How well each predictor told the fields that regions entered from those that they did not.

    Attributes
    ----------
    measures
        One row per ``predictor``: ``auc`` (.5 is chance), ``low``, ``high`` (regions drawn with replacement), the same
        of ``within``, the AUC inside one region (what it is worth to know the field, size of the region held; mean over
        regions, weighted by the pairs compared), and ``beyond_size``, ``beyond_size_low``, ``beyond_size_high``: the
        AUC less that of ``expected``. NaN with fewer than `FEWEST` entries.
    cases
        One row per region and field that could be entered: ``code``, ``field``, ``entered`` and the predictors, all of
        the early years: ``density`` of the field round the region, ``region_size`` and ``field_size`` (totals),
        ``expected`` (their product over the total: what size alone gives), ``average`` (share of the regions that are
        specialised in the field).
    entered
        Number of entries.
    left_regions, left_fields
        What has a count in one of the tables and could not be tested, since it has none in the early one or does not
        stand in both.
    """

    measures: pd.DataFrame
    cases: pd.DataFrame
    entered: int
    left_regions: tuple[str, ...]
    left_fields: tuple[str, ...]


def backtest_entries(
    early: pd.DataFrame,
    late: pd.DataFrame,
    *,
    entry: Entry = "speciality",
    threshold: float = 1.0,
    draws: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> EntryBacktest:
    """Test on later years whether regions enter fields that are related to what they do.

    Parameters
    ----------
    early, late
        Regions x fields, counts of the early and of the later years (>= 0). Regions and fields that stand in both
        tables, and have a total above 0 in the early one, are used.
    entry
        ``speciality``: a field in which the region was not specialised (RCA below ``threshold``) and then is [1]_.
        ``presence``: one in which it had nothing and then has something.
    threshold
        Of the revealed comparative advantage.
    draws
        Bootstrap draws of regions, all cases of a region together: they share its size and are not independent.
    level
        Of the intervals.
    seed
        Of the draws.

    Returns
    -------
    EntryBacktest

    Raises
    ------
    MethodError
        When a value is missing or negative, or the tables share fewer than three regions or fields.

    References
    ----------
    .. [1] Boschma, Balland & Kogler (2015), Relatedness and technological change in cities, doi:10.1093/icc/dtu012.

    Examples
    --------
    >>> early = pd.DataFrame([[9, 0, 0], [9, 9, 0], [0, 9, 9], [0, 0, 9]], index=list("ABCD"), columns=list("xyz"))
    >>> late = early.copy()
    >>> late.loc[["A", "D"], "y"] = 9
    >>> backtest_entries(early, late, entry="presence", draws=10).entered
    2
    """
    rows, columns = early.index.intersection(late.index), early.columns.intersection(late.columns)
    every = [_list_counted(each) for each in (early, late)]
    early, late = early.loc[rows, columns], late.loc[rows, columns]
    early = early.loc[early.sum(axis=1) > 0, early.sum(axis=0) > 0]
    late = late.loc[early.index, early.columns]
    if min(early.shape) < 3:  # noqa: PLR2004 - see rank_specialities
        raise MethodError(say("complexity/too-few"))
    cases = _list_cases(early, late, entry=entry, threshold=threshold)
    entered = int(cases["entered"].sum())
    measures = _measure(cases, draws=draws, level=level, seed=seed)
    if min(entered, len(cases) - entered) < FEWEST:
        measures.iloc[:, 1:] = np.nan
    left_regions, left_fields = (
        tuple(sorted(set().union(*counted) - set(used)))
        for counted, used in zip(zip(*every, strict=True), (early.index, early.columns), strict=True)
    )
    return EntryBacktest(measures, cases, entered, left_regions, left_fields)


def _list_counted(counts: pd.DataFrame) -> tuple[set[str], set[str]]:
    """Return the regions and the fields that have any count."""
    return tuple(set(map(str, total.index[total > 0])) for total in (counts.sum(axis=1), counts.sum()))  # type: ignore[return-value]


def _list_cases(early: pd.DataFrame, late: pd.DataFrame, *, entry: Entry, threshold: float) -> pd.DataFrame:
    special = find_specialisations(early, threshold=threshold)
    if entry == "speciality":
        had, has = special, find_specialisations(late, threshold=threshold)
    else:
        had, has = early > 0, late > 0
    x = early.to_numpy(dtype=float)
    rows, columns = x.sum(axis=1, keepdims=True), x.sum(axis=0, keepdims=True)
    flat = {
        "entered": has.to_numpy(),
        "density": measure_density(special, measure_proximity(special)).fillna(0.0).to_numpy(),
        "region_size": np.broadcast_to(rows, x.shape),
        "field_size": np.broadcast_to(columns, x.shape),
        "expected": rows * columns / x.sum(),
        "average": np.broadcast_to(special.to_numpy(dtype=float).mean(axis=0), x.shape),
    }
    open_ = ~had.to_numpy()
    code, field = np.nonzero(open_)
    cases = pd.DataFrame({"code": early.index[code], "field": early.columns[field]})
    return cases.assign(**{name: values[open_] for name, values in flat.items()})


def _measure(cases: pd.DataFrame, *, draws: int, level: float, seed: int) -> pd.DataFrame:
    place, codes = pd.factorize(cases["code"])
    times = draw_groups_anew(len(codes), draws=draws, seed=seed)
    entered = cases["entered"].to_numpy(dtype=bool)
    whole, inside = {}, {}
    for name in PREDICTORS:
        score = cases[name].to_numpy(dtype=float)
        won, pairs = compare_groups(score, entered, group=place, count=times.shape[1])
        whole[name] = draw_auc(won, pairs, times)
        inside[name] = draw_auc(np.diag(won), np.diag(pairs), times)
    return tabulate_auc(whole, inside, base="expected", level=level)
