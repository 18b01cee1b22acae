"""Pairs as a full matrix: when most pairs of two sides are observed, sums are row and column sums.

The observations are laid out as an (N1, N2) matrix in row-major order. A pair that is not there gets an offset so low
that its expectation is exactly zero: it then has no weight and no residual, and nothing else needs a mask.
"""

from dataclasses import dataclass

import numpy as np

from analysis.loglinear.effects import EffectLayout
from regions.arrays import Floats, Positions

_DENSE_SHARE = 0.25
ABSENT = -1e4
"""Offset of a pair that is not observed: exp(ABSENT) is 0.0, and 0 * ABSENT is still 0."""


@dataclass(frozen=True, slots=True, eq=False)
class PairGrid(EffectLayout):
    """A layout whose observations are all cells of the (N1, N2) matrix, row by row."""

    def sums(self, values: Floats) -> Floats:
        """Return row sums, then column sums, of each matrix in ``values`` (m, N1 N2): an array (m, N1 + N2)."""
        cells = values.reshape(len(values), *self._shape)
        return np.concatenate([cells.sum(axis=2), np.ones(self._shape[0]) @ cells], axis=1)

    def spread(self, effects: Floats) -> Floats:
        """Return a_i + g_j in every cell, for each row of ``effects`` (m, N1 + N2): an array (m, N1 N2)."""
        rows, columns = self._shape
        return (effects[:, :rows, None] + effects[:, None, rows:]).reshape(len(effects), rows * columns)

    def cross(self, weights: Floats) -> Floats:
        """Return the weights as the (N1, N2) matrix they are."""
        return weights.reshape(self._shape)

    @property
    def _shape(self) -> tuple[int, int]:
        return self.blocks or (0, 0)


def find_cells(layout: EffectLayout) -> Positions | None:
    """Return the (n,) cell of each observation when a grid pays: two one-way effects, no pair twice, few absent.

    None otherwise.
    """
    if layout.blocks is None:
        return None
    rows, columns = layout.blocks
    cells = layout.columns[0] * columns + (layout.columns[1] - rows)
    if len(cells) < _DENSE_SHARE * rows * columns or np.bincount(cells).max(initial=0) > 1:
        return None
    return np.asarray(cells)


def build_grid(layout: EffectLayout) -> PairGrid:
    """Return the grid over the same effects."""
    return PairGrid(np.zeros((2, 0), dtype=np.intp), layout.size, layout.starts, layout.blocks)


def fill_cells(values: Floats, cells: Positions, size: int, *, absent: float = 0.0) -> Floats:
    """Put the observations of each row of ``values`` (..., n) into their cells (..., size)."""
    full = np.full((*values.shape[:-1], size), absent)
    full[..., cells] = values
    return full
