"""How sure is a complexity? Intervals from drawing the records of a study anew."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.complexity.activity_counts import list_field_records
from analysis.complexity.economic_complexity import Complexity, measure_complexity
from analysis.inference.resampling import draw_records
from regions.arrays import Floats
from regions.messages import say
from regions.study import Study

_BATCH_CELLS = 4_000_000  # of draws x records held in memory at once


def draw_counts(study: Study, *, draws: int = 1000, seed: int = 0) -> Iterator[pd.DataFrame]:
    """Draw the records of a study with replacement and count regions by fields anew, ``draws`` times.

    Records, not participations, are drawn: they are what was observed, and the regions of one record come together.

    Yields
    ------
    DataFrame
        As `analysis.complexity.activity_counts.count_activities` gives it, by field.

    Raises
    ------
    MethodError
        When the study has no records with fields.

    Examples
    --------
    >>> from regionet import regions
    >>> next(draw_counts(regions.load_study("china"), draws=1)).shape
    (31, 50)
    """
    rows = list_field_records(study)
    record, labels = pd.factorize(rows["record"], sort=True)
    fields = pd.Index(sorted(rows["field"].unique()))
    cell = study.regions.index.get_indexer(pd.Index(rows["code"])) * len(fields) + fields.get_indexer(
        pd.Index(rows["field"])
    )
    size = len(study.regions) * len(fields)
    incidence = sparse.csr_array((np.ones(len(rows)), (cell, record)), shape=(size, len(labels)))
    batch = max(1, _BATCH_CELLS // max(len(labels), 1))
    for start in range(0, draws, batch):
        times = draw_records(len(labels), draws=min(batch, draws - start), seed=_mix(seed, start))
        for total in np.asarray(incidence @ times.T).T:
            yield pd.DataFrame(total.reshape(-1, len(fields)), index=study.regions.index, columns=fields)


def measure_complexity_intervals(
    study: Study,
    counts: pd.DataFrame,
    *,
    threshold: float = 1.0,
    draws: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> Complexity:
    """Measure complexity with intervals: records drawn with replacement, RCA, ECI and PCI anew each time.

    Parameters
    ----------
    study
        With records and fields.
    counts
        What is measured: rows and columns of `count_activities`, small ones left out or not. The draws keep the same.
    threshold, draws, level, seed
        Of the advantage, the bootstrap and the intervals.

    Returns
    -------
    Complexity
        With columns ``eci_low``, ``eci_high``, ``rank`` (1: most complex; of those with an index), ``rank_low``,
        ``rank_high``, and ``defined`` (share of the draws in which the region has an index) among the regions,
        ``pci_low``, ``pci_high`` among the fields. NaN where an index is not defined. A note where
        more draws than 1 - ``level`` say that complexity falls with diversity: then it is not known which end is the
        complex one, and the intervals are those of the order along the axis. Intervals tell about the sample of
        records, not about the choice of fields.

    Examples
    --------
    >>> from regionet import regions
    >>> from analysis.complexity.activity_counts import count_activities
    >>> china = regions.load_study("china")
    >>> found = measure_complexity_intervals(china, count_activities(china), draws=5)
    >>> bool((found.regions["eci_low"] <= found.regions["eci_high"]).all())
    True
    """
    found = measure_complexity(counts, threshold=threshold)
    eci = np.full((draws, len(counts)), np.nan)
    pci = np.full((draws, counts.shape[1]), np.nan)
    for place, drawn in enumerate(draw_counts(study, draws=draws, seed=seed)):
        table = drawn.reindex(index=counts.index, columns=counts.columns, fill_value=0.0)
        one = measure_complexity(table, threshold=threshold)
        eci[place], pci[place] = one.regions["eci"], one.fields["pci"]
    # A vector has no sign of its own: each draw is turned to the side of the estimate; how often is said.
    turned = np.nansum(eci * found.regions["eci"].to_numpy(), axis=1) < 0
    eci[turned], pci[turned] = -eci[turned], -pci[turned]
    ends = (100 * (1 - level) / 2, 100 * (1 + level) / 2)
    regions = found.regions.assign(
        **_bound("eci", eci, ends),
        rank=found.regions["eci"].rank(ascending=False, method="min"),
        **_bound("rank", _rank(eci), ends),
        defined=np.isfinite(eci).mean(axis=0),
    )
    unknown = found.regions["eci"].isna()
    regions.loc[unknown, ["eci_low", "eci_high", "rank_low", "rank_high"]] = np.nan
    unsure = (say("complexity/turned", share=float(turned.mean())).words,) if turned.mean() > 1 - level else ()
    fields = found.fields.assign(**_bound("pci", pci, ends))
    return Complexity(regions, fields, found.eigenvalue, (*found.notes, *unsure))


def _rank(values: Floats) -> Floats:
    """Rank each row, the largest first; NaN stays."""
    return pd.DataFrame(values).rank(axis=1, ascending=False, method="min").to_numpy()


def _bound(name: str, values: Floats, ends: tuple[float, float]) -> dict[str, Floats]:
    """Return percentiles by column, of the draws in which it is defined; NaN where it never is."""
    bounds = pd.DataFrame(values).quantile([end / 100 for end in ends]).to_numpy()
    return {f"{name}_low": bounds[0], f"{name}_high": bounds[1]}


def _mix(seed: int, start: int) -> int:
    """Return a seed of its own for each batch, the same whatever the machine."""
    return int(np.random.SeedSequence([seed, start]).generate_state(1)[0])
