"""How sure are scores and ranks? Intervals from drawing the records of a study anew."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.inference.resampling import RecordLinks, draw_records, list_record_links
from analysis.scores.batch import Batch, Context
from analysis.scores.centrality import CENTRALITY
from analysis.scores.registry import Measure, measure_batch
from regions.arrays import Floats, Integers
from regions.errors import MethodError
from regions.records.count_links import Counting
from regions.study import Study

TIED = 1e-9
"""Scores that differ by less than this share are tied."""

_BATCH_CELLS = 20_000_000  # weights held in memory at once, 160 MB
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def measure_score_intervals(
    study: Study,
    *,
    counting: Counting = "full",
    draws: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    measures: Sequence[Measure] = (CENTRALITY,),
    context: Context | None = None,
) -> pd.DataFrame:
    """Measure the interval of every score and of every rank by a bootstrap over records.

    As many records as there are are drawn with replacement, the network is built from them and every region scored
    and ranked, ``draws`` times. Records, not links, are the unit: they are what was observed, and the links of
    one record come together [1]_.

    Parameters
    ----------
    study
        With records and actors.
    counting
        ``full``, ``newman`` or ``pair``.
    draws
        Number of draws.
    level
        Share of the draws that an interval holds.
    seed
        Of the draws.
    measures
        What is scored, of `analysis.scores.registry.list_measures`; of their columns those that are ``drawn``.
    context
        What the measures need beside the network: the indicator, labels of the communities.

    Returns
    -------
    DataFrame
        One row per region and measure: ``code``, ``measure`` (in the order of the measures), ``value`` (of the records
        as they are), ``low``, ``high`` (percentiles of the score), ``bias`` (mean of the draws less the
        value), ``rank`` (1 is the highest; tied regions share the best rank), ``rank_low``, ``rank_high``
        (percentiles of the rank, whole numbers).

        A draw holds about 63 % of the distinct records, so counts of *different* partners (degree) and what hangs on
        weak links come out lower: ``bias`` says by how much, and the value may lie outside its interval. Ranks
        suffer less, since it happens to all. The interval says what chance in the records does, nothing about
        records that are missing for a reason.

        NaN where the score is NaN (of centrality: ``external_share`` of a region without collaboration): ``value`` and
        ``bias`` where that is so for the records as they are, the interval where it is so in all draws. NaN ranks
        last.

    Raises
    ------
    MethodError
        When the study has no records, or an option is out of range.

    References
    ----------
    .. [1] Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> table = analysis.measure_score_intervals(study, draws=20)
    >>> strength = table[table["measure"] == "strength"].set_index("code")
    >>> int(strength.loc["310000", "rank"])
    3
    """
    if draws < 2 or not 0 < level < 1:  # noqa: PLR2004 - one draw has no spread
        raise MethodError(f"draws must be at least 2, level between 0 and 1; got {draws} and {level}")
    records = list_record_links(study, counting=counting)
    shared = context or Context()
    (observed,) = _score_draws(records, np.ones((1, records.n_records), dtype=np.int64), measures, shared)
    times = draw_records(records.n_records, draws=draws, seed=seed)
    parts = list(_score_draws(records, times, measures, shared))
    drawn = {name: np.concatenate([part[name] for part in parts]) for name in observed}
    tails = np.array([(1 - level) / 2, (1 + level) / 2])
    columns = [_summarise(observed[name][0], drawn[name], tails) for name in observed]
    ends = {
        "code": np.tile(np.asarray(records.codes, dtype=object), len(observed)),
        "measure": np.repeat(np.array(list(observed), dtype=object), len(records.codes)),
    }
    return pd.DataFrame(ends | {name: np.concatenate([each[name] for each in columns]) for name in columns[0]})


def rank_scores(scores: Floats) -> Integers:
    """Rank each row from 1, the highest; tied scores share the best rank, NaN comes last.

    Parameters
    ----------
    scores
        (B, n); scores that differ by less than 1e-9 of their size are tied.
    """
    known = np.where(np.isnan(scores), -np.inf, scores)
    higher = known[:, None, :] > (known + TIED * np.abs(np.nan_to_num(scores)))[:, :, None]
    return np.asarray(1 + higher.sum(axis=2), dtype=np.int64)


def widen_intervals(intervals: pd.DataFrame) -> pd.DataFrame:
    """Put intervals beside scores: index ``code``, columns ``<measure>_low`` .. ``<measure>_rank_high``.

    Parameters
    ----------
    intervals
        From `measure_score_intervals`; the order of its regions is kept.
    """
    codes = intervals["code"].drop_duplicates()
    columns = {
        f"{measure}_{name}": rows.set_index("code")[name]
        for measure, rows in intervals.groupby("measure", sort=False)
        for name in ("low", "high", "rank", "rank_low", "rank_high")
    }
    return pd.DataFrame(columns).reindex(pd.Index(codes, name="code"))


def describe_rank(rank: int, low: int, high: int, *, language: str = "en", level: float = 0.95) -> str:
    """Return a rank and its interval in words: ``3rd, 95 %: 2nd-5th``, in Chinese ``第3（95%：第2-5）``."""
    share = f"{level * 100:g}"
    if language == "zh":
        between = f"第{low}" if low == high else f"第{low}-{high}"
        return f"第{rank}（{share}%：{between}）"
    between = _say_ordinal(low) if low == high else f"{_say_ordinal(low)}-{_say_ordinal(high)}"
    return f"{_say_ordinal(rank)}, {share} %: {between}"


def _say_ordinal(number: int) -> str:
    teen = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teen else _ORDINALS.get(number % 10, 'th')}"


def _score_draws(
    records: RecordLinks, times: Integers, measures: Sequence[Measure], context: Context
) -> Iterator[Mapping[str, Floats]]:
    columns = {column.name for each in measures for column in each.columns if column.drawn}
    step = max(1, _BATCH_CELLS // (len(records.codes) + 1) ** 2)
    for at in range(0, len(times), step):
        weights, internal, external = records.sum_up(times[at : at + step])
        scores = measure_batch(measures, Batch(weights, False, internal, external, context))
        yield {name: np.asarray(values, dtype=float) for name, values in scores.items() if name in columns}


def _summarise(value: Floats, drawn: Floats, tails: Floats) -> dict[str, npt.NDArray[Any]]:
    # Rows are cut to bound the memory of the comparison of all pairs.
    step = max(1, _BATCH_CELLS // max(len(value) ** 2, 1))
    ranks = np.concatenate([rank_scores(drawn[at : at + step]) for at in range(0, len(drawn), step)])
    low, high = _find_quantiles(drawn, tails)
    rank_low, rank_high = np.quantile(ranks, tails, axis=0, method="inverted_cdf").astype(np.int64)
    return {
        "value": value,
        "low": low,
        "high": high,
        "bias": _measure_means(drawn) - value,
        "rank": rank_scores(value[None])[0],
        "rank_low": rank_low,
        "rank_high": rank_high,
    }


def _find_quantiles(drawn: Floats, tails: Floats) -> Floats:
    """Return (2, n) quantiles over the draws that are known; NaN where none is."""
    if not np.isnan(drawn).any():
        return np.asarray(np.quantile(drawn, tails, axis=0))
    known = (column[~np.isnan(column)] for column in drawn.T)
    return np.array([np.quantile(column, tails) if len(column) else [np.nan, np.nan] for column in known]).T


def _measure_means(drawn: Floats) -> Floats:
    known = ~np.isnan(drawn)
    count = known.sum(axis=0)
    total = np.where(known, drawn, 0.0).sum(axis=0)
    return np.asarray(np.divide(total, count, out=np.full(drawn.shape[1], np.nan), where=count > 0))
