"""Measures of pairs that a study brings (``study.dyads``) as covariates, and the pairs for which they are not known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regions.arrays import Booleans, Floats, Positions
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.study_parts.study_dyads import fill_dyads, list_dyads
from regions.words import Words

LOG = "ln_"
"""``ln_minutes`` is the logarithm of the measure ``minutes``."""


def list_pair_measures(study: Study) -> list[str]:
    """Return the covariates that the dyads of a study give: each measure, and its logarithm."""
    return [name for measure in list_dyads(study) for name in (measure, f"{LOG}{measure}")]


def look_up_measure(study: Study, table: pd.DataFrame, name: str, *, directed: bool) -> Floats:
    """Return one measure for every pair of the table, NaN where it is not known.

    Raises
    ------
    MethodError
        When a logarithm is asked of a measure that is not above 0.
    """
    column = name if name in list_dyads(study) else name.removeprefix(LOG)
    square = fill_dyads(study, column, directed=directed)
    rows, columns = (square.index.get_indexer(pd.Index(table[end])) for end in ("source", "target"))
    found: Floats = square.to_numpy()[rows, columns]
    if name == column:
        return found
    low = int((found <= 0).sum())
    if low:
        raise MethodError(say("dyads/no-logarithm", column=column, count=low))
    return np.log(found)


@dataclass(frozen=True, slots=True, eq=False)
class KnownPairs:
    """The pairs for which every measure is known.

    Attributes
    ----------
    pairs
        (n,) which rows stay.
    regions
        (N,) which regions still have a link among them.
    notes
        How many pairs are left out of the model, by measure.
    """

    pairs: Booleans
    regions: Booleans
    notes: tuple[Words, ...]


def find_known(
    table: pd.DataFrame, first: Positions, second: Positions, *, names: Sequence[str], effects: bool = True
) -> KnownPairs:
    """Find the pairs for which every measure is known, and the regions that keep a link among them.

    With ``effects`` a region whose links are all with pairs that are not known has no effect to estimate, so its pairs
    go too.
    """
    missing = {name: ~np.isfinite(table[name].to_numpy(dtype=float)) for name in names}
    pairs = ~np.any(list(missing.values()), axis=0) if missing else np.ones(len(table), dtype=bool)
    size = int(max(first.max(initial=-1), second.max(initial=-1))) + 1
    regions = np.ones(size, dtype=bool)
    observed = table["observed"].to_numpy()
    while effects:
        weight = sum(np.bincount(ends[pairs], observed[pairs], minlength=size) for ends in (first, second))
        linked = np.asarray(weight > 0) & regions
        if (linked == regions).all():
            break
        regions = linked
        pairs = pairs & regions[first] & regions[second]
    notes = tuple(
        Words(
            en=f"{name} is not known for {int(gone.sum()):,} of {len(table):,} pairs, which are left out",
            zh=f"{len(table):,} 对地区中有 {int(gone.sum()):,} 对缺少 {name}，未纳入模型",
        )
        for name, gone in missing.items()
        if gone.any()
    )
    return KnownPairs(pairs, regions, notes)
