"""Weights from relations that are no geography: economy, tables of pairs, groups, collaboration; and mixtures."""

from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from geodata.weights.normalisation import Normalisation, normalise_weights
from geodata.weights.spatial_weights import AnyWeights, read_weights
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

_CAP = 20.0
_ROUNDING = 1e-9


def build_economic_weights(values: "pd.Series[float]", *, normalisation: Normalisation = "row") -> pd.DataFrame:
    r"""Build weights of regions at a like level of development: :math:`w_{ij}=1/|v_i-v_j|`.

    Parameters
    ----------
    values
        One value per region, such as GDP per head of the first year (a later one would be moved by the outcome).
    normalisation
        See `normalise_weights`.

    Returns
    -------
    DataFrame
        As of `normalise_weights`. A difference below a twentieth of the median difference counts as that: equal
        regions would else outweigh all others.

    Raises
    ------
    MethodError
        When a value is missing (the regions are named), or all are equal.

    Examples
    --------
    >>> import pandas as pd
    >>> build_economic_weights(pd.Series({"A": 1.0, "B": 2.0, "C": 4.0})).loc["A", "B"]
    np.float64(0.75)
    """
    lacking = values.index[values.isna()]
    if len(lacking):
        names = ", ".join(map(str, lacking))
        raise MethodError(say("relations/economic-distance-needs", names=names))
    level = values.to_numpy(dtype=float)
    apart = np.abs(level[:, None] - level[None, :])
    middle = float(np.median(apart[np.triu_indices(len(level), 1)]))
    if not middle > 0:
        raise MethodError(say("relations/economic-distance-at"))
    near = 1 / np.maximum(apart, middle / _CAP)
    np.fill_diagonal(near, 0.0)
    return _finish(near, values.index, normalisation)


def build_dyad_weights(
    table: pd.DataFrame,
    codes: "pd.Index[str]",
    *,
    column: str | None = None,
    inverse: bool = False,
    normalisation: Normalisation = "row",
) -> pd.DataFrame:
    """Build weights from any table of pairs: trains, calls, trade; or travel minutes, inverted.

    Parameters
    ----------
    table
        A square table on codes, or a long one with ``source``, ``target`` and a column of values. A long table is
        taken as it stands: a pair that it names once, in one order, counts in both; a pair it lacks has weight 0.
    codes
        The regions; who is in no pair is an island, and pairs with any other region are not used.
    column
        Of a long table; None: its only column of numbers.
    inverse
        Whether large means far, as for minutes: 1 / value is the weight then.
    normalisation
        See `normalise_weights`.

    Returns
    -------
    DataFrame
        As of `normalise_weights`.

    Raises
    ------
    MethodError
        For a table that is neither, a pair that stands twice, a value that is negative, infinite or missing, or (for
        ``inverse``) 0.

    Examples
    --------
    >>> import pandas as pd
    >>> minutes = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "minutes": [50.0, 40.0]})
    >>> codes = pd.Index(["a", "b"])
    >>> weights = build_dyad_weights(minutes, codes, column="minutes", inverse=True, normalisation="none")
    >>> float(weights.loc["a", "b"])
    0.02
    """
    if {"source", "target"} <= set(table.columns):
        name = _choose_column(table, column)
        square = _widen(table, codes, name)
    else:
        name = column or "dyads"
        square = table.set_axis(table.index.astype(str)).set_axis(table.columns.astype(str), axis=1)
        square = square.reindex(index=codes, columns=codes)
    values = square.to_numpy(dtype=float, copy=True)
    np.fill_diagonal(values, 0.0)
    known = np.isfinite(values) & ~np.eye(len(codes), dtype=bool)
    if (values[known] < 0).any() or (inverse and (values[known] == 0).any()):
        raise MethodError(say("weights/above-zero" if inverse else "weights/not-negative", name=name))
    values = np.divide(1.0, values, out=np.zeros_like(values), where=known) if inverse else np.where(known, values, 0.0)
    return _finish(values, codes, normalisation)


def _choose_column(table: pd.DataFrame, column: str | None) -> str:
    numbers = [str(name) for name in table.select_dtypes("number").columns if name != "year"]
    if column is None and len(numbers) == 1:
        return numbers[0]
    if column in numbers:
        return str(column)
    raise MethodError(say("relations/name-column-pairs", numbers=numbers))


def _widen(table: pd.DataFrame, codes: "pd.Index[str]", column: str) -> pd.DataFrame:
    inside = table["source"].isin(codes) & table["target"].isin(codes)
    rows = table[inside]
    twice = rows.duplicated(["source", "target"])
    if twice.any():
        first = rows[twice].iloc[0]
        raise MethodError(
            say("relations/pairs-stand-twice", count=int(twice.sum()), source=first["source"], target=first["target"])
        )
    square = rows.set_index(["source", "target"])[column].unstack().reindex(index=codes, columns=codes)  # noqa: PD010
    return square.where(square.notna(), square.T)


def build_block_weights(groups: "pd.Series[str]", *, normalisation: Normalisation = "row") -> pd.DataFrame:
    """Build weights inside groups: every two regions of one group, 1; a region alone in its group is an island.

    Parameters
    ----------
    groups
        Index ``code``; the group of each region, NaN where it has none.
    normalisation
        See `normalise_weights`.

    Examples
    --------
    >>> import pandas as pd
    >>> groups = pd.Series({"a": "east", "b": "east", "c": "west"})
    >>> build_block_weights(groups, normalisation="none").loc["a"].tolist()
    [0.0, 1.0, 0.0]
    """
    label = groups.to_numpy(dtype=object)
    same = (label[:, None] == label[None, :]) & groups.notna().to_numpy()[:, None]
    np.fill_diagonal(same, val=False)
    return _finish(same.astype(float), groups.index, normalisation)


def build_network_weights(
    network: nx.Graph, codes: "pd.Index[str]", *, normalisation: Normalisation = "row"
) -> pd.DataFrame:
    """Build weights from a collaboration network.

    Collaboration answers to the same forces as the outcome: take a network of earlier years, and call what is found
    an association.

    Parameters
    ----------
    network
        Nodes are codes, edges have ``weight``; in a DiGraph the target is exposed to the source.
    codes
        The regions; a region without links is an island.
    normalisation
        See `normalise_weights`.

    Examples
    --------
    >>> import networkx as nx
    >>> import pandas as pd
    >>> network = nx.Graph([("a", "b", {"weight": 3}), ("a", "c", {"weight": 1})])
    >>> build_network_weights(network, pd.Index(["a", "b", "c"])).loc["a"].tolist()
    [0.0, 0.75, 0.25]
    """
    weights = nx.to_scipy_sparse_array(network, nodelist=list(network.nodes), weight="weight", format="csr")
    table = pd.DataFrame(weights.T.toarray(), index=list(network.nodes), columns=list(network.nodes), dtype=float)
    square = table.reindex(index=codes, columns=codes).fillna(0.0)
    values = square.to_numpy(copy=True)
    np.fill_diagonal(values, 0.0)
    return _finish(values, codes, normalisation)


def mix_weights(weights: Mapping[str, AnyWeights], shares: Mapping[str, float]) -> pd.DataFrame:
    r"""Mix weights: :math:`W=\sum_m\lambda_m W_m`, :math:`\lambda_m\ge 0`, :math:`\sum\lambda_m=1`.

    Parameters
    ----------
    weights
        Name -> weights, each normalised already, on the same regions.
    shares
        Name -> :math:`\lambda_m`.

    Raises
    ------
    MethodError
        When names or regions differ, a share is negative, or they do not sum to 1.

    Examples
    --------
    >>> import pandas as pd
    >>> ring = pd.DataFrame([[0, 1], [1, 0]], index=["A", "B"], columns=["A", "B"])
    >>> float(mix_weights({"x": ring, "y": 3 * ring}, {"x": 0.5, "y": 0.5}).loc["A", "B"])
    2.0
    """
    if set(weights) != set(shares) or not weights:
        raise MethodError(f"weights {sorted(weights)} and shares {sorted(shares)} have not the same names")
    if min(shares.values()) < 0 or abs(sum(shares.values()) - 1) > _ROUNDING:
        raise MethodError(f"shares are 0 or more and sum to 1; got {dict(shares)}")
    tables = {name: read_weights(each).to_frame() for name, each in weights.items()}
    codes = next(iter(tables.values())).index
    if any(set(table.index) != set(codes) for table in tables.values()):
        raise MethodError(say("relations/weights-be-mixed"))
    mixed: Floats = sum(
        (shares[name] * table.reindex(index=codes, columns=codes).to_numpy() for name, table in tables.items()),
        start=np.zeros((len(codes), len(codes))),
    )
    return _finish(mixed, codes, "none")


def _finish(values: Floats, codes: "pd.Index[Any]", normalisation: Normalisation) -> pd.DataFrame:
    return normalise_weights(pd.DataFrame(values, index=codes, columns=codes), method=normalisation)
