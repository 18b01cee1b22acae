"""Weights of any form, read into one: codes and a sparse matrix."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

_SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class SpatialWeights:
    """Weights between regions, without the zeros.

    Attributes
    ----------
    codes
        (N,) of the regions, in the order of rows and columns.
    matrix
        (N, N) sparse rows; row i, column j: how much i is exposed to j; zero diagonal.
    """

    codes: "pd.Index[str]"
    matrix: sparse.csr_array

    @property
    def islands(self) -> tuple[str, ...]:
        """Codes of the regions that are exposed to nobody: empty rows."""
        return tuple(str(code) for code in self.codes[self.row_sums == 0])

    @property
    def row_sums(self) -> Floats:
        """(N,) sum of each row."""
        return np.asarray(self.matrix.sum(axis=1), dtype=float).ravel()

    def to_frame(self) -> pd.DataFrame:
        """Return the square table."""
        return pd.DataFrame(self.matrix.toarray(), index=self.codes, columns=self.codes)

    def lag(self, values: Floats) -> Floats:
        """Return W times values whose last axis is the regions: (..., N)."""
        flat = values.reshape(-1, values.shape[-1])
        return np.asarray((self.matrix @ flat.T).T, dtype=float).reshape(values.shape)


AnyWeights: TypeAlias = "pd.DataFrame | SpatialWeights | Any"
"""A square DataFrame on codes, `SpatialWeights`, or a ``libpysal.graph.Graph``."""


def read_weights(weights: AnyWeights) -> SpatialWeights:
    """Read a square table, or a ``Graph`` of libpysal, as `SpatialWeights`.

    Parameters
    ----------
    weights
        A square DataFrame whose index and columns are the same codes (in any order), or a ``libpysal.graph.Graph``
        (its focal is the row). The package itself is not needed.

    Raises
    ------
    MethodError
        When it is neither, is not square, names a region twice, or has a cell that is missing, infinite, negative, or
        on the diagonal and not 0: all such cells are counted and the first are named.

    Examples
    --------
    >>> import pandas as pd
    >>> read_weights(pd.DataFrame([[0, 1], [0, 0]], index=["A", "B"], columns=["A", "B"])).islands
    ('B',)
    """
    if isinstance(weights, SpatialWeights):
        return weights
    if isinstance(weights, pd.DataFrame):
        return _read_table(weights)
    if hasattr(weights, "sparse") and hasattr(weights, "unique_ids"):
        codes = pd.Index([str(code) for code in weights.unique_ids])
        return _check_cells(SpatialWeights(codes, sparse.csr_array(weights.sparse, dtype=float)))
    raise MethodError(say("weights/no-square", type=type(weights).__name__))


def _read_table(table: pd.DataFrame) -> SpatialWeights:
    rows, columns = table.index.astype(str), table.columns.astype(str)
    twice = sorted(set(rows[rows.duplicated()]))
    if twice or set(rows) != set(columns) or len(rows) != len(columns):
        odd = sorted(set(rows) ^ set(columns))
        names = ", ".join((twice or odd)[:_SHOWN])
        raise MethodError(say("spatial-weights/rows-columns-weights", names=names))
    square = table.set_axis(rows, axis=0).set_axis(columns, axis=1).reindex(columns=rows)
    return _check_cells(SpatialWeights(rows, sparse.csr_array(square.to_numpy(dtype=float))))


def _check_cells(weights: SpatialWeights) -> SpatialWeights:
    cells = weights.matrix.tocoo()
    faults = ~np.isfinite(cells.data) | (cells.data < 0) | ((cells.row == cells.col) & (cells.data != 0))
    if faults.any():
        pairs = zip(cells.row[faults], cells.col[faults], cells.data[faults], strict=True)
        named = [f"{weights.codes[i]}-{weights.codes[j]} = {value:g}" for i, j, value in list(pairs)[:_SHOWN]]
        text = f"{int(faults.sum())}: {', '.join(named)}"
        raise MethodError(say("spatial-weights/weights-must-be", text=text))
    weights.matrix.eliminate_zeros()
    return weights


def build_graph(weights: AnyWeights) -> Any:  # noqa: ANN401 - a class of a package that may be absent
    """Return the weights as a ``libpysal.graph.Graph``; the other way takes `read_weights`.

    Raises
    ------
    MethodError
        libpysal is not installed, or as `read_weights`.

    Examples
    --------
    >>> import pandas as pd
    >>> km = pd.DataFrame([[0, 100, 200], [100, 0, 400], [200, 400, 0.0]], index=list("abc"), columns=list("abc"))
    >>> from regionet import geodata
    >>> import importlib.util
    >>> weights = geodata.build_nearest_weights(km, k=1)
    >>> if importlib.util.find_spec("libpysal"):  # a package of your own: nothing here needs it
    ...     assert build_graph(weights).n == len(km)
    """
    try:
        from libpysal.graph import Graph  # noqa: PLC0415 - optional
    except ImportError as error:
        raise MethodError("a Graph needs the package libpysal, which is not installed: pip install libpysal") from error
    found = read_weights(weights)
    cells = found.matrix.tocoo()
    focal, neighbour = found.codes[cells.row], found.codes[cells.col]
    alone = list(found.islands)
    index = pd.MultiIndex.from_arrays([[*focal, *alone], [*neighbour, *alone]], names=["focal", "neighbor"])
    adjacency = pd.Series([*cells.data, *([0.0] * len(alone))], index=index, name="weight")
    return Graph.from_adjacency(adjacency.reset_index())


def select_weights(weights: AnyWeights, codes: "pd.Index[str]") -> SpatialWeights:
    """Return the weights among some regions, in their order; they are not normalised again.

    Raises
    ------
    MethodError
        When the weights lack one of them.

    Examples
    --------
    >>> import pandas as pd
    >>> km = pd.DataFrame([[0, 100, 200], [100, 0, 400], [200, 400, 0.0]], index=list("abc"), columns=list("abc"))
    >>> from regionet import geodata
    >>> weights = geodata.build_distance_weights(km)
    >>> select_weights(weights, pd.Index(["b", "a"])).codes.tolist()
    ['b', 'a']
    """
    found = read_weights(weights)
    place = found.codes.get_indexer(codes)
    if (place < 0).any():
        lacking = ", ".join(codes[place < 0][:_SHOWN])
        raise MethodError(say("spatial-weights/weights-have-no", lacking=lacking))
    return SpatialWeights(codes, sparse.csr_array(found.matrix[place][:, place]))
