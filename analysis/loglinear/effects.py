"""Region effects of a pair model: who belongs to which effect, and the sums and regressions over them.

Every observation (a pair, or a pair in a year) carries one 1 per effect column. A one-way effect gives each
observation one column (its source, its target, its year); a symmetric effect gives it two of the same vector
(both ends of an unordered pair). The dummies D (n, G) are never built: D'v is a weighted count, D'WD a
weighted cross count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import lapack
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from regions.arrays import Booleans, Floats, Positions
from regions.errors import MethodError

DENSE_LIMIT = 1200
"""Up to this many effect columns D'WD is factorised; beyond, two one-way effects go by conjugate gradients."""

_RANK_TOLERANCE = 1e-9
_SPARSE_FACTOR = 8


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """One family of effects.

    Attributes
    ----------
    name
        Such as ``region``, ``source`` or ``target-year``.
    first
        (n,) level of each observation, 0 .. L-1.
    second
        (n,) level of the other end, for a symmetric effect: both ends draw from the same L effects. None for
        one-way.
    labels
        (L,) names of the levels; empty means their numbers.
    """

    name: str
    first: Positions
    second: Positions | None = None
    labels: tuple[str, ...] = ()

    @property
    def levels(self) -> int:
        """Number of levels L."""
        ends = self.first if self.second is None else np.concatenate([self.first, self.second])
        return len(self.labels) or int(ends.max(initial=-1)) + 1


@dataclass(frozen=True, slots=True, eq=False)
class EffectLayout:
    """All effects of a model side by side, as G numbered columns.

    Attributes
    ----------
    columns
        (E, n) effect column of each observation; a symmetric effect takes two of the E rows.
    size
        G, the number of effect columns over all effects.
    starts
        First column of each effect, and G at the end.
    blocks
        (N1, N2) when there are exactly two one-way effects, else None.
    """

    columns: Positions
    size: int
    starts: tuple[int, ...]
    blocks: tuple[int, int] | None

    @property
    def is_large(self) -> bool:
        """Whether the effects are solved by conjugate gradients instead of a factorisation."""
        return self.blocks is not None and self.size > DENSE_LIMIT

    @property
    def cells(self) -> int:
        """Number of cells N1 N2 between two one-way effects; 0 otherwise."""
        return self.blocks[0] * self.blocks[1] if self.blocks else 0

    def subset(self, rows: Booleans) -> "EffectLayout":
        """Return the layout of some of the observations; the G columns stay."""
        return EffectLayout(np.ascontiguousarray(self.columns[:, rows]), self.size, self.starts, self.blocks)

    def sums(self, values: Floats) -> Floats:
        """Return D'v for each row of ``values`` (m, n): an array (m, G)."""
        totals = np.zeros((len(values), self.size))
        for i, row in enumerate(values):
            for column in self.columns:
                totals[i] += np.bincount(column, row, self.size)
        return totals

    def spread(self, effects: Floats) -> Floats:
        """Return D a for each row of ``effects`` (m, G): an array (m, n)."""
        spread = np.zeros((len(effects), self.columns.shape[1]))
        for i, row in enumerate(effects):
            for column in self.columns:
                spread[i] += row[column]
        return spread

    def gram(self, weights: Floats) -> Floats:
        """Return D'WD as a dense (G, G) array."""
        total = np.zeros((self.size, self.size))
        for i, left in enumerate(self.columns):
            for right in self.columns[i + 1 :]:
                for row, column in ((left, right), (right, left)):  # a transpose would cross the cache at every step
                    total += np.bincount(row * self.size + column, weights, self.size**2).reshape(total.shape)
        for column in self.columns:
            total.flat[:: self.size + 1] += np.bincount(column, weights, self.size)
        return total

    def cross(self, weights: Floats) -> "Floats | csr_array":
        """Return the (N1, N2) weights between two one-way effects; sparse when few of the cells are observed."""
        if self.blocks is None:
            raise MethodError("cross() needs exactly two one-way effects")
        rows, columns = self.columns[0], self.columns[1] - self.blocks[0]
        if self.blocks[0] * self.blocks[1] > _SPARSE_FACTOR * len(weights):
            return csr_array((weights, (rows, columns)), shape=self.blocks)
        cells = np.bincount(rows * self.blocks[1] + columns, weights, self.blocks[0] * self.blocks[1])
        return cells.reshape(self.blocks)


def build_layout(effects: Sequence[Effect], n: int) -> EffectLayout:
    """Lay all effects side by side and number their columns.

    Parameters
    ----------
    effects
        The families of effects; may be empty.
    n
        Number of observations.

    Raises
    ------
    MethodError
        When an index array does not have ``n`` entries or leaves its levels.
    """
    starts, columns = [0], []
    for effect in effects:
        ends = [effect.first] if effect.second is None else [effect.first, effect.second]
        for end in ends:
            if end.shape != (n,) or (n and (end.min() < 0 or end.max() >= effect.levels)):
                raise MethodError(
                    f"effect {effect.name!r} needs {n} indices from 0 to {effect.levels - 1}, "
                    f"got {len(end)} from {end.min(initial=0)} to {end.max(initial=0)}"
                )
            columns.append(end.astype(np.intp) + starts[-1])
        starts.append(starts[-1] + effect.levels)
    two_way = len(effects) == len(columns) == 2  # noqa: PLR2004 - two effects, one column each
    blocks = (effects[0].levels, effects[1].levels) if two_way else None
    table = np.array(columns, dtype=np.intp).reshape(len(columns), n)
    return EffectLayout(table, starts[-1], tuple(starts), blocks)


def find_present(layout: EffectLayout) -> Booleans:
    """Return the (G,) effect columns that any observation carries."""
    present = np.zeros(layout.size, dtype=bool)
    present[layout.columns.ravel()] = True
    return present


def find_redundant(layout: EffectLayout, weights: Floats) -> Booleans:
    """Return the (G,) effect columns to hold at zero so that the others are identified.

    Only observations of weight > 0 count. Two one-way effects are short of one rank per connected component of
    regions, a symmetric effect of one rank per component without an odd cycle (a lone pair, a star). Columns
    without an observation are pinned as well.
    """
    if layout.blocks is not None:
        return _pin_components(layout, weights)
    if not layout.size:
        return np.zeros(0, dtype=bool)
    gram = layout.gram((weights > 0).astype(float))
    _, order, rank, _ = lapack.dpstrf(gram, tol=_RANK_TOLERANCE * max(gram.diagonal().max(), 1.0), lower=1)
    pinned = np.ones(layout.size, dtype=bool)
    pinned[order[:rank] - 1] = False
    return pinned


def _pin_components(layout: EffectLayout, weights: Floats) -> Booleans:
    used = weights > 0
    left, right = layout.columns[:, used]
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(layout.size, layout.size))
    _, labels = connected_components(graph, directed=False)
    pinned = np.zeros(layout.size, dtype=bool)
    # the last column of a component: on the second side, where the smaller system is solved, unless it stands alone
    pinned[layout.size - 1 - np.unique(labels[::-1], return_index=True)[1]] = True
    return pinned
