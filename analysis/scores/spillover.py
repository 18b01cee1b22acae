"""Spillover: what regions give to and receive from each other through the collaboration network."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.networks.adjacency import Adjacency, build_adjacency
from analysis.scores.spectral import measure_spectral_radius
from regions.errors import MethodError

Floats = npt.NDArray[np.float64]

ASSUMPTION = "rho is an assumption about how far effects carry, not an estimate from data"


@dataclass(frozen=True, slots=True, eq=False)
class _Flows:
    """The effects behind a spillover table.

    Attributes
    ----------
    own
        Index ``code``: the indicator, NaN where not available.
    multiplier
        (n, n) S: row i, column j, effect on i of one unit in j.
    facts
        What the tables say about themselves in ``attrs``.
    """

    own: "pd.Series[float]"
    multiplier: Floats
    facts: dict[str, object]

    def between(self) -> Floats:
        """Return (n, n): row i, column j, what i receives of j; 0 on the diagonal, NaN for a j not available."""
        flows = self.multiplier * self.own.to_numpy()
        np.fill_diagonal(flows, np.where(self.own.isna(), np.nan, 0.0))
        return flows


def build_multiplier(weights: Floats, *, rho: float) -> Floats:
    r"""Build the network multiplier :math:`S=(I-\rho W)^{-1}=I+\rho W+\rho^2 W^2+\dots`.

    Parameters
    ----------
    weights
        (n, n) W of spectral radius at most 1, such as row-standardised weights; row i, column j: i is exposed to j.
    rho
        Strength of the spillover, -1 < rho < 1.

    Returns
    -------
    ndarray
        (n, n); row i, column j: effect on i of one unit in j [1]_, 1 on the diagonal plus what comes back.

    Raises
    ------
    MethodError
        When ``rho`` is not between -1 and 1.

    References
    ----------
    .. [1] LeSage, J., & Pace, R. K. (2009). Introduction to Spatial Econometrics. CRC Press.
       https://doi.org/10.1201/9781420064254
    """
    if not -1 < rho < 1:
        raise MethodError(f"rho must be between -1 and 1 (else effects do not die out); got {rho}")
    return np.asarray(np.linalg.inv(np.eye(len(weights)) - rho * weights))


def measure_spillover(
    network: nx.Graph, indicators: pd.DataFrame, *, column: str, year: int, rho: float = 0.5
) -> pd.DataFrame:
    r"""Measure what each region gives to and receives from the others through the network.

    An indicator x (such as R&D expenditure) has effects :math:`S x` with :math:`S=(I-\rho W)^{-1}`, W the weights of
    collaboration divided by their spectral radius. (Row-standardised weights would make the total effect
    :math:`n/(1-\rho)` whatever the links are.)

    Parameters
    ----------
    network
        Collaboration; in a DiGraph spillover runs along the links, from source to target.
    indicators
        ``code``, ``year``, and one column per indicator, such as ``study.indicators``.
    column, year
        Which indicator, in which year.
    rho
        How far effects carry, -1 < rho < 1. The default is an assumption, not an estimate: compare several values and
        read ranks rather than amounts.

    Returns
    -------
    DataFrame
        Index ``code`` in the order of the network; in the unit of the indicator:

        - ``own``: the indicator itself;
        - ``received``: :math:`\sum_{j \ne i} S_{ij} x_j`;
        - ``given``: :math:`\sum_{i \ne j} S_{ij} x_j`, by region j;
        - ``net``: given - received;
        - ``multiplier``: :math:`\sum_i S_{ij}`, total effect of one more unit in j, itself included (no unit).

        An isolate gives and receives 0 and has multiplier 1. A region whose indicator is not available has NaN in
        ``own``, ``given`` and ``net`` and is named in ``attrs["missing"]``; what the others receive leaves it out, so
        it is then a lower bound (for rho > 0). ``attrs`` also holds ``column``, ``year``, ``rho``, ``assumption``.

    Raises
    ------
    MethodError
        For an unknown column, a year without data, values of none of the regions, a rho out of range, a directed
        network without any cycle (its weights cannot be normalised), or a network that
        `analysis.networks.adjacency.build_adjacency` refuses.
    """
    flows = _build_flows(network, _read_indicator(indicators, column, year), rho)
    between = flows.between()
    received, given = np.nansum(between, axis=1), between.sum(axis=0)
    table = pd.DataFrame(
        {
            "own": flows.own,
            "received": received,
            "given": given,
            "net": given - received,
            "multiplier": flows.multiplier.sum(axis=0),
        },
        index=flows.own.index,
    )
    table.attrs.update(flows.facts, column=column, year=year)
    return table


def measure_pairwise_spillover(
    network: nx.Graph, indicators: pd.DataFrame, *, column: str, year: int, rho: float = 0.5
) -> pd.DataFrame:
    """Measure who gives how much to whom through the network.

    Parameters
    ----------
    network, indicators, column, year, rho
        As for `measure_spillover`.

    Returns
    -------
    DataFrame
        Row: the region that gives (index ``giver``); column: the region that receives (``receiver``); in the unit of
        the indicator. 0 on the diagonal: what comes back to a region is no spillover. The row of a region whose
        indicator is not available is NaN. Row sums are ``given``, column sums (NaN skipped) ``received``.

    Raises
    ------
    MethodError
        As `measure_spillover`.
    """
    flows = _build_flows(network, _read_indicator(indicators, column, year), rho)
    codes = flows.own.index
    table = pd.DataFrame(flows.between().T, index=codes.rename("giver"), columns=codes.rename("receiver"))
    table.attrs.update(flows.facts, column=column, year=year)
    return table


def _read_indicator(indicators: pd.DataFrame, column: str, year: int) -> "pd.Series[float]":
    names = [name for name in indicators if name not in ("code", "year")]
    if column not in names:
        raise MethodError(
            f"there is no indicator {column!r}; there are {', '.join(map(str, names))}",
            zh=f"没有指标“{column}”；现有：{'、'.join(map(str, names))}",
        )
    known = indicators.dropna(subset=[column])
    values = known.loc[known["year"] == year].set_index("code")[column].astype(float)
    if values.empty:
        years = ", ".join(str(each) for each in sorted(known["year"].unique()))
        raise MethodError(
            f"indicator {column!r} has no values for {year}; it has {years or 'none at all'}",
            zh=f"指标“{column}”没有 {year} 年的数据；现有年份：{years or '无'}",
        )
    if not values.index.is_unique:
        twice = values.index[values.index.duplicated()][0]
        raise MethodError(
            f"indicator {column!r} has several values for region {twice!r} in {year}",
            zh=f"指标“{column}”在 {year} 年对地区 {twice} 有多个数值",
        )
    return values


def _build_flows(network: nx.Graph, values: "pd.Series[float]", rho: float) -> _Flows:
    adjacency = build_adjacency(network)
    own = values.reindex(adjacency.nodes)
    missing = tuple(own.index[own.isna()])
    if missing and len(missing) == len(own):
        raise MethodError(
            f"no region of the network has a value; the values are of {', '.join(map(str, values.index[:5]))}",
            zh=f"网络中没有一个地区有数值；有数值的地区为 {'、'.join(map(str, values.index[:5]))}",
        )
    multiplier = build_multiplier(_normalise_by_radius(adjacency), rho=rho)
    return _Flows(own, multiplier, {"rho": rho, "assumption": ASSUMPTION, "missing": missing})


def _normalise_by_radius(adjacency: Adjacency) -> Floats:
    """Return W: row i, column j, how strongly i is linked *from* j; spectral radius 1, or 0 without links."""
    weights = adjacency.weights.T.toarray()
    radius = measure_spectral_radius(adjacency)
    if radius > 0:
        return np.asarray(weights / radius)
    if adjacency.weights.nnz:
        raise MethodError(
            "the directed network has no cycle: its spectral radius is 0 and cannot normalise the weights",
            zh="有向网络中没有环：谱半径为 0，无法标准化权重",
        )
    return np.asarray(weights)
