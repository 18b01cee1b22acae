"""Drawing the records of a study anew: what the collaboration might have been, had other records been observed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from regions.arrays import Floats, Integers
from regions.errors import MethodError
from regions.messages import say
from regions.records.count_links import COUNTINGS, Counting
from regions.study import Study


@dataclass(frozen=True, slots=True, eq=False)
class RecordLinks:
    """What each record adds to the collaboration of each pair of units.

    Attributes
    ----------
    codes
        (n,) the units of the study.
    links
        (T, R) weight that the record (column) adds to the link (row).
    first, second
        (T,) positions of the ends in ``codes``; equal for collaboration inside a unit. Regions outside the focus
        stand together at position n.
    """

    codes: "pd.Index[str]"
    links: sparse.csr_array
    first: Integers
    second: Integers

    @property
    def n_records(self) -> int:
        """Number of records, those without a link included."""
        return int(self.links.shape[1])

    def sum_up(self, times: Integers) -> tuple[Floats, Floats, Floats]:
        """Add up the records, each as often as ``times`` (B, R) says.

        Returns
        -------
        weights
            (B, n, n) between units, symmetric, the diagonal empty.
        internal, external
            (B, n) inside the unit, and between it and regions outside the focus.
        """
        n, count = len(self.codes), len(times)
        total = (self.links @ times.T.astype(float)).T
        square = np.zeros((count, n + 1, n + 1))
        square[:, self.first, self.second] = total
        internal = square[:, range(n), range(n)]
        square[:, range(n + 1), range(n + 1)] = 0.0
        square += square.transpose(0, 2, 1)
        return np.ascontiguousarray(square[:, :n, :n]), internal, square[:, :n, n].copy()


def list_record_links(study: Study, *, counting: Counting = "full") -> RecordLinks:
    """List what each record of a study adds to each pair of units.

    Parameters
    ----------
    study
        With records and actors; links, where the study has them too, are not looked at.
    counting
        ``full``, ``newman`` or ``pair``, see `regions.records.count_links.count_actor_links`.

    Raises
    ------
    MethodError
        When the study has no records, or ``counting`` is unknown.
    """
    if study.records is None or study.actors is None:
        raise MethodError(say("resampling/no-records", study=study.name))
    if counting not in COUNTINGS:
        raise MethodError(f"counting must be one of {', '.join(COUNTINGS)}; got {counting!r}")
    codes = study.regions.index
    joint = study.records[["record", "actor"]].drop_duplicates()
    unit = joint["actor"].map(study.actors["region"]).map(study.unit_of)
    place = codes.get_indexer(pd.Index(unit))
    place = np.where(place < 0, len(codes), place)
    record, labels = pd.factorize(joint["record"], sort=True)
    share = _share(np.bincount(record, minlength=len(labels)), counting)
    placed = unit.notna().to_numpy()  # an actor without a region counts in the size of its record only
    row, first, second, number = _join_pairs(record[placed], place[placed], outside=len(codes))
    link, which = np.unique(first * (len(codes) + 1) + second, return_inverse=True)
    links = sparse.csr_array((number * share[row], (which, row)), shape=(len(link), len(labels)))
    return RecordLinks(codes, links, link // (len(codes) + 1), link % (len(codes) + 1))


def draw_records(n: int, *, draws: int, seed: int) -> Integers:
    """Draw n of n records with replacement, ``draws`` times: (draws, n) how often each was drawn."""
    if n == 0:
        return np.zeros((draws, 0), dtype=np.int64)
    return np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws)


def _join_pairs(record: Integers, place: Integers, *, outside: int) -> tuple[Integers, Integers, Integers, Floats]:
    """List the pairs of places in each record: record, both places, number of pairs of actors behind them."""
    cells, actors = np.unique(record * (outside + 1) + place, return_counts=True)
    owner, at = cells // (outside + 1), cells % (outside + 1)
    # Cells are sorted by record: cell c pairs with itself and the later cells of its record.
    end = np.searchsorted(owner, owner, side="right")
    left = np.repeat(np.arange(len(cells)), end - np.arange(len(cells)))
    starts = np.concatenate([[0], np.cumsum(end - np.arange(len(cells)))[:-1]])[: len(cells)]
    right = left + np.arange(len(left)) - np.repeat(starts, end - np.arange(len(cells)))
    number = np.where(left == right, actors[left] * (actors[left] - 1) / 2, actors[left] * actors[right])
    keep = (number > 0) & ~((left == right) & (at[left] == outside))
    left, right = left[keep], right[keep]
    return owner[left], at[left], at[right], number[keep]


def _share(sizes: Integers, counting: Counting) -> Floats:
    """Return what a record of each size adds to one pair of its actors."""
    n = np.maximum(sizes, 2).astype(float)  # a record of one has no pair, so its share is never used
    if counting == "newman":
        return 1.0 / (n - 1)
    return 2.0 / (n * (n - 1)) if counting == "pair" else np.ones_like(n)
