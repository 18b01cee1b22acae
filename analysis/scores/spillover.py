"""Spillover: what regions give to and receive from each other through the collaboration network."""

from collections.abc import Mapping

import networkx as nx
import numpy as np
import pandas as pd

from analysis.networks.adjacency import Adjacency, build_adjacency
from analysis.scores.batch import Batch, Context, build_batch
from analysis.scores.registry import Column, Measure
from analysis.scores.spectral import measure_spectral_radii
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say
from regions.words import Words


def invert_network(weights: Floats, *, rho: float) -> Floats:
    r"""Return the network multiplier :math:`S=(I-\rho W)^{-1}=I+\rho W+\rho^2 W^2+\dots` [1]_.

    Parameters
    ----------
    weights
        (n, n) W known to have a spectral radius of at most 1; row i, column j: i is exposed to j. Or many, (B, n, n).
    rho
        Strength of the spillover, -1 < rho < 1.

    Returns
    -------
    ndarray
        In the shape of ``weights``; row i, column j: effect on i of one unit in j, 1 on the diagonal plus what comes
        back.

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
    return np.asarray(np.linalg.inv(np.eye(weights.shape[-1]) - rho * weights))


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
        ``own``, ``given`` and ``net``; what the others receive leaves it out, so it is then a lower bound (for
        rho > 0).

    Raises
    ------
    MethodError
        For an unknown column, a year without data, values of none of the regions, a rho out of range, a directed
        network without any cycle (its weights cannot be normalised), or a network that
        `analysis.networks.adjacency.build_adjacency` refuses.

    Examples
    --------
    >>> network = nx.Graph([("a", "b")])
    >>> table = pd.DataFrame({"code": ["a", "b"], "year": 2020, "rd": [2.0, 1.0]})
    >>> measure_spillover(network, table, column="rd", year=2020)["received"].round(3).to_dict()
    {'a': 0.667, 'b': 1.333}
    """
    own = _read_indicator(indicators, column, year)
    batch, adjacency = _build_batch(network, own, rho)
    return pd.DataFrame({name: values[0] for name, values in _measure(batch).items()}, index=adjacency.nodes)


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

    Examples
    --------
    >>> network = nx.Graph([("a", "b")])
    >>> table = pd.DataFrame({"code": ["a", "b"], "year": 2020, "rd": [2.0, 1.0]})
    >>> float(measure_pairwise_spillover(network, table, column="rd", year=2020).loc["a", "b"].round(3))
    1.333
    """
    own = _read_indicator(indicators, column, year)
    batch, adjacency = _build_batch(network, own, rho)
    codes = adjacency.nodes
    between = _find_flows(np.asarray(own.reindex(codes), dtype=np.float64), _build_multipliers(batch))[0]
    return pd.DataFrame(between.T, index=codes.rename("giver"), columns=codes.rename("receiver"))


def _read_indicator(indicators: pd.DataFrame, column: str, year: int) -> "pd.Series[float]":
    names = [name for name in indicators if name not in ("code", "year")]
    if column not in names:
        raise MethodError(say("spillover/no-indicator", column=column, known=list(map(str, names))))
    known = indicators.dropna(subset=[column])
    values = known.loc[known["year"] == year].set_index("code")[column].astype(float)
    if values.empty:
        years = [str(each) for each in sorted(known["year"].unique())]
        raise MethodError(say("spillover/no-year", column=column, year=year, years=years))
    if not values.index.is_unique:
        twice = values.index[values.index.duplicated()][0]
        raise MethodError(say("spillover/several-values", column=column, region=twice, year=year))
    return values


def _build_batch(network: nx.Graph, values: "pd.Series[float]", rho: float) -> tuple[Batch, Adjacency]:
    """Return the network with the indicator."""
    adjacency = build_adjacency(network)
    own = values.reindex(adjacency.nodes)
    if len(own) and own.isna().all():
        raise MethodError(say("spillover/no-value", known=list(map(str, values.index[:5]))))
    return build_batch(adjacency, context=Context(rho=rho, own=np.asarray(own, dtype=np.float64))), adjacency


def _measure(batch: Batch) -> Mapping[str, Floats]:
    own = batch.context.own
    if own is None:
        return {}
    multiplier = _build_multipliers(batch)
    flows = _find_flows(own, multiplier)
    received, given = np.nansum(flows, axis=2), flows.sum(axis=1)
    return {
        "own": np.tile(own, (batch.shape[0], 1)),
        "received": received,
        "given": given,
        "net": given - received,
        "multiplier": multiplier.sum(axis=1),
    }


def _find_flows(own: Floats, multiplier: Floats) -> Floats:
    """Return (B, n, n): row i, column j, what i receives of j; 0 on the diagonal, NaN for a j not available."""
    places = np.arange(len(own))
    flows = multiplier * own
    flows[:, places, places] = np.where(np.isnan(own), np.nan, 0.0)
    return np.asarray(flows)


def _build_multipliers(batch: Batch) -> Floats:
    """Return (B, n, n) S; W: row i, column j, how strongly i is linked *from* j, of spectral radius 1, or 0."""
    weights = (
        np.array([each.toarray().T for each in batch.list_networks()])
        if batch.large
        else (batch.weights.transpose(0, 2, 1))
    )
    radius = measure_spectral_radii(batch)
    if ((radius == 0) & (weights.max(axis=(1, 2), initial=0.0) > 0)).any():
        raise MethodError(say("spillover/no-cycle"))
    scaled = np.divide(weights, radius[:, None, None], out=np.zeros_like(weights), where=radius[:, None, None] > 0)
    return invert_network(scaled, rho=batch.context.rho)


SPILLOVER = Measure(
    "spillover",
    _measure,
    (
        Column(
            "own",
            Words("Own indicator", "自身指标值"),
            Words("The indicator of the region itself", "地区自身的指标值"),
            unit="indicator",
            drawn=False,
        ),
        Column(
            "received",
            Words("Spillover received", "接受溢出"),
            Words("What others add to it through the network", "通过网络从其他地区得到的量"),
            unit="indicator",
        ),
        Column(
            "given",
            Words("Spillover given", "对外溢出"),
            Words("What its indicator adds to others through the network", "通过网络带给其他地区的量"),
            unit="indicator",
        ),
        Column(
            "net",
            Words("Net spillover", "净溢出"),
            Words("Given minus received", "给出减去接收"),
            unit="indicator",
            signed=True,
        ),
        Column(
            "multiplier",
            Words("Multiplier", "乘数"),
            Words("Total effect of one more unit here, itself included", "本地增加一个单位的总效应（含自身）"),
        ),
    ),
    formula="S x, S = (I - ρ W)⁻¹, W of spectral radius 1; ρ is an assumption",
    source="LeSage & Pace 2009",
    needs=("own",),
)
