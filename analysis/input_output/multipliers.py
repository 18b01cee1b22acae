"""How much of everything one unit of final use sets in motion: Leontief, Ghosh, linkages, position in the chain."""

import numpy as np
import pandas as pd

from regions.arrays import Floats
from regions.errors import MethodError
from regions.input_output.input_output_table import InputOutputTable
from regions.messages import say


def measure_coefficients(table: InputOutputTable) -> pd.DataFrame:
    r"""Measure the inputs of each sector per unit of its output: :math:`A = Z \hat x^{-1}`.

    Of domestic products where imports stand apart, else of domestic and imported together.

    Examples
    --------
    >>> flows = pd.DataFrame([[150.0, 500.0], [200.0, 100.0]], index=["A", "B"], columns=["A", "B"])
    >>> table = InputOutputTable.from_flows(flows, {"A": 1000.0, "B": 2000.0})
    >>> measure_coefficients(table).loc["A"].tolist()
    [0.15, 0.25]
    """
    return table.flows.div(table.output, axis=1)


def measure_leontief(table: InputOutputTable) -> pd.DataFrame:
    r"""Measure what each sector (row) must make for one unit of final use of another (column).

    .. math:: L = (I - A)^{-1}

    Returns
    -------
    DataFrame
        N x N, >= 0, the diagonal >= 1.

    Raises
    ------
    MethodError
        When the coefficients leave nothing for final use (spectral radius of A at or above 1).

    References
    ----------
    Miller & Blair (2009), Input-Output Analysis, 2nd edition, chapter 2, doi:10.1017/CBO9780511626982.

    Examples
    --------
    >>> flows = pd.DataFrame([[150.0, 500.0], [200.0, 100.0]], index=["A", "B"], columns=["A", "B"])
    >>> table = InputOutputTable.from_flows(flows, {"A": 1000.0, "B": 2000.0})
    >>> measure_leontief(table).round(4).loc["A"].tolist()
    [1.2541, 0.33]
    """
    return _invert(measure_coefficients(table))


def measure_ghosh(table: InputOutputTable) -> pd.DataFrame:
    r"""Measure what one unit of primary input of a sector (row) becomes part of in others (column).

    .. math:: G = (I - B)^{-1}, \qquad B = \hat x^{-1} Z

    A row is the share of output of a sector that ends in the output of each, all rounds together; as a model of prices
    or shares, not of quantities.

    Returns
    -------
    DataFrame
        N x N, >= 0.

    Raises
    ------
    MethodError
        As `measure_leontief`.

    References
    ----------
    Ghosh (1958), Input-output approach in an allocation system, doi:10.2307/2550694.

    Examples
    --------
    >>> flows = pd.DataFrame([[150.0, 500.0], [200.0, 100.0]], index=["A", "B"], columns=["A", "B"])
    >>> table = InputOutputTable.from_flows(flows, {"A": 1000.0, "B": 2000.0})
    >>> measure_ghosh(table).round(4).loc["A"].tolist()
    [1.2541, 0.6601]
    """
    return _invert(table.flows.div(table.output, axis=0))


def measure_linkages(table: InputOutputTable) -> pd.DataFrame:
    r"""Measure how each sector pulls and pushes the others, and where it stands between raw material and final use.

    With :math:`L` and :math:`G` as above and N sectors:

    .. math:: back_j = \frac{\sum_i L_{ij}}{\frac1N \sum_{ij} L_{ij}}, \quad
        forward_i = \frac{\sum_j G_{ij}}{\frac1N \sum_{ij} G_{ij}}, \quad U_i = \sum_j G_{ij}, \quad D_j = \sum_i L_{ij}

    Parameters
    ----------
    table
        Of one year. Where imports stand apart, links through imported products are not counted: a sector that buys
        abroad pulls less at home.

    Returns
    -------
    DataFrame
        Index ``code``; ``name``, ``name_zh``, ``output``, ``backward`` and ``forward`` (1: average), ``upstreamness``
        (steps to final use, 1: all goes there at once [1]_), ``downstreamness`` (steps from primary inputs), ``key``
        (both linkages above 1: a key sector).

    Raises
    ------
    MethodError
        As `measure_leontief`.

    References
    ----------
    .. [1] Antras, Chor, Fally & Hillberry (2012), Measuring the upstreamness of production and trade flows,
       doi:10.1257/aer.102.3.412. Rasmussen (1956) for backward, Jones (1976) for forward linkages of Ghosh's inverse.

    Examples
    --------
    >>> flows = pd.DataFrame([[150.0, 500.0], [200.0, 100.0]], index=["A", "B"], columns=["A", "B"])
    >>> table = InputOutputTable.from_flows(flows, {"A": 1000.0, "B": 2000.0})
    >>> measure_linkages(table)[["backward", "forward", "upstreamness"]].round(4).loc["A"].tolist()
    [1.0222, 1.2083, 1.9142]
    """
    pull, push = measure_leontief(table).sum(), measure_ghosh(table).sum(axis=1)
    backward, forward = pull / pull.mean(), push / push.mean()
    return table.sectors.assign(
        output=table.output,
        backward=backward,
        forward=forward,
        upstreamness=push,
        downstreamness=pull,
        key=(backward > 1 + _TIED) & (forward > 1 + _TIED),
    )


def measure_extraction(table: InputOutputTable) -> pd.DataFrame:
    r"""Measure what output would be lost if a sector neither bought nor sold: hypothetical extraction.

    .. math:: x_i - \bar x_i = \frac{L_{ik}}{L_{kk}} x_k \quad (i \ne k)

    the loss of the others when the row and the column of sector k are taken out and their own final use stays [1]_.
    Nothing takes its place: an upper bound, prices and substitutes left out.

    Returns
    -------
    DataFrame
        Index ``code``; ``name``, ``name_zh``, ``output``, ``loss`` (of the other sectors, in the unit of the table),
        ``share`` (of their output), ``most_hit`` (the other sector that loses the largest share of its own output),
        ``most_hit_share``. One sector alone has no others: NaN.

    Raises
    ------
    MethodError
        As `measure_leontief`.

    References
    ----------
    .. [1] Dietzenbacher, van der Linden & Steenge (1993), The regional extraction method,
       doi:10.1080/09535319300000017; Miller & Blair (2009), section 12.2.6.

    Examples
    --------
    >>> flows = pd.DataFrame([[150.0, 500.0], [200.0, 100.0]], index=["A", "B"], columns=["A", "B"])
    >>> table = InputOutputTable.from_flows(flows, {"A": 1000.0, "B": 2000.0})
    >>> measure_extraction(table)["loss"].round(2).tolist()
    [210.53, 588.24]
    """
    inverse, output = measure_leontief(table).to_numpy(), table.output.to_numpy()
    lost = inverse / inverse.diagonal() * output
    np.fill_diagonal(lost, 0.0)
    share = lost / output[:, None]
    first = share.argmax(axis=0)
    others = output.sum() - output
    part = np.divide(lost.sum(axis=0), others, out=np.full(len(output), np.nan), where=others > 0)
    return table.sectors.assign(
        output=table.output,
        loss=lost.sum(axis=0),
        share=part,
        most_hit=table.sectors.index[first],
        most_hit_share=np.where(others > 0, share.max(axis=0), np.nan),
    )


def require_comparable(first: InputOutputTable, second: InputOutputTable) -> None:
    """Refuse to compare tables that treat imports differently or have other sectors.

    Raises
    ------
    MethodError
        When imports stand apart in one of them only, or the codes or names of the sectors differ.

    Examples
    --------
    >>> from regions.input_output.national_tables import load_input_output
    >>> require_comparable(load_input_output(2018), load_input_output(2020))
    """
    same = first.sectors["name"].to_dict() == second.sectors["name"].to_dict()
    if first.separate != second.separate or not same:
        raise MethodError(say("input-output/not-comparable", first=first.year, second=second.year))


_TIED = 1e-9


def _invert(coefficients: pd.DataFrame) -> pd.DataFrame:
    a: Floats = coefficients.to_numpy(dtype=float)
    radius = float(np.abs(np.linalg.eigvals(a)).max())
    if radius >= 1 - _TIED:
        raise MethodError(say("input-output/not-productive", radius=radius))
    return pd.DataFrame(np.linalg.inv(np.eye(len(a)) - a), index=coefficients.index, columns=coefficients.columns)
