"""Where production hangs on what is bought abroad: imported inputs of each sector, and along a chain of sectors."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.input_output.multipliers import measure_leontief
from regions.arrays import Floats
from regions.errors import MethodError
from regions.input_output.input_output_table import InputOutputTable
from regions.messages import say
from regions.words import Words

_SHOWN = 10
"""Sectors that a refusal lists."""


def measure_imports(table: InputOutputTable) -> pd.DataFrame:
    r"""Measure how far each sector hangs on imported inputs, its own and those of its suppliers.

    With imported inputs per unit of output :math:`A^m` and the domestic :math:`L`:

    .. math:: direct_j = \frac{\sum_i Z^m_{ij}}{\sum_i Z_{ij} + Z^m_{ij}}, \qquad
        content_j = \sum_i (A^m L)_{ij}

    Parameters
    ----------
    table
        With imports apart.

    Returns
    -------
    DataFrame
        Index ``code``; ``name``, ``name_zh``, ``output``, ``direct`` (share of imports in its inputs; NaN without any
        input), ``own`` (its own imported inputs per unit of output), ``content`` (imports in one unit of its final
        use, all rounds [1]_; with value added it makes one), ``largest`` (the imported product that makes up most of
        it), ``largest_content``, ``largest_dependence`` (share of imports in all that the sector itself uses of that
        product; NaN when it uses none).

    Raises
    ------
    MethodError
        When the table does not tell imports from domestic products, or is not productive.

    References
    ----------
    .. [1] Hummels, Ishii & Yi (2001), The nature and growth of vertical specialization in world trade,
       doi:10.1016/S0022-1996(00)00093-3: their share of imported inputs, by sector.

    Examples
    --------
    >>> flows = pd.DataFrame([[10.0, 20.0], [0.0, 10.0]], index=["ore", "steel"], columns=["ore", "steel"])
    >>> bought = pd.DataFrame([[0.0, 30.0], [0.0, 0.0]], index=flows.index, columns=flows.columns)
    >>> table = InputOutputTable.from_flows(flows, {"ore": 50.0, "steel": 100.0}, imported=bought)
    >>> measure_imports(table)["direct"].tolist()
    [0.0, 0.5]
    """
    imported = _need_imports(table)
    output = table.output.to_numpy()
    total, abroad = (table.flows + imported).to_numpy(), imported.to_numpy()
    content = trace_imports(table).to_numpy()
    largest = content.argmax(axis=0)
    at = largest, np.arange(len(output))
    return table.sectors.assign(
        output=table.output,
        direct=_divide(abroad.sum(axis=0), total.sum(axis=0)),
        own=abroad.sum(axis=0) / output,
        content=content.sum(axis=0),
        largest=table.sectors.index[largest],
        largest_content=content[at],
        largest_dependence=_divide(abroad[at], total[at]),
    )


def trace_imports(table: InputOutputTable) -> pd.DataFrame:
    r"""Trace which imported product (row) is in one unit of final use of each sector (column): :math:`A^m L`.

    Returns
    -------
    DataFrame
        N x N, >= 0; a column adds up to the ``content`` of `measure_imports`.

    Raises
    ------
    MethodError
        As `measure_imports`.

    Examples
    --------
    >>> flows = pd.DataFrame([[10.0, 20.0], [0.0, 10.0]], index=["ore", "steel"], columns=["ore", "steel"])
    >>> bought = pd.DataFrame([[0.0, 30.0], [0.0, 0.0]], index=flows.index, columns=flows.columns)
    >>> table = InputOutputTable.from_flows(flows, {"ore": 50.0, "steel": 100.0}, imported=bought)
    >>> trace_imports(table).round(3).loc["ore", "steel"].item()
    0.333
    """
    imported = _need_imports(table)
    inputs = imported.div(table.output, axis=1)
    traced = inputs.to_numpy() @ measure_leontief(table).to_numpy()
    return pd.DataFrame(traced, index=inputs.index, columns=inputs.columns)


def measure_chain_imports(
    table: InputOutputTable, stages: Mapping[str, Sequence[str]], *, top: int = 3
) -> pd.DataFrame:
    """Measure where along a chain of stages production hangs on imports.

    A stage is one sector or several, weighted by their output.

    Parameters
    ----------
    table
        With imports apart.
    stages
        Stage -> codes of sectors, in the order of the chain.
    top
        Imported products listed per stage.

    Returns
    -------
    DataFrame
        One row per stage and imported product, the largest first: ``stage``, ``direct`` and ``content`` of the stage,
        ``rank``, ``product`` (code), ``name``, ``name_zh``, ``product_content`` (of that product in one unit of the
        stage, all rounds), ``dependence`` (share of imports in what the stage itself uses of it; NaN when it uses none:
        it comes in through suppliers).

    Raises
    ------
    MethodError
        As `measure_imports`, and for an unknown sector or a stage without one.

    Examples
    --------
    >>> from regions.input_output.national_tables import load_input_output
    >>> found = measure_chain_imports(load_input_output(2020), {"electronics": ["20"]}, top=1)
    >>> found["name"].tolist()
    ['Manufacture of communication equipment, computers and other electronic equipment']
    """
    imported = _need_imports(table)
    unknown = sorted({code for codes in stages.values() for code in codes} - set(table.sectors.index))
    empty = [stage for stage, codes in stages.items() if not codes]
    if unknown:
        first = table.sectors.head(_SHOWN)
        known = [Words(f"{code} {row['name']}", f"{code} {row['name_zh']}") for code, row in first.iterrows()]
        raise MethodError(say("input-output/unknown-sector", sectors=unknown, year=table.year, known=known))
    if empty:
        raise MethodError(say("input-output/no-code", stages=empty))
    content = trace_imports(table)
    found = []
    for stage, codes in stages.items():
        share = table.output[list(codes)] / table.output[list(codes)].sum()
        abroad, home = imported[list(codes)].sum(axis=1), table.flows[list(codes)].sum(axis=1)
        inside = (content[list(codes)] * share).sum(axis=1)
        order = inside.sort_values(ascending=False, kind="stable").index[:top]
        found += [
            {
                "stage": stage,
                "direct": float(_divide(abroad.sum(), (abroad + home).sum())),
                "content": float(inside.sum()),
                "rank": rank,
                "product": product,
                "name": table.sectors.loc[product, "name"],
                "name_zh": table.sectors.loc[product, "name_zh"],
                "product_content": float(inside[product]),
                "dependence": float(_divide(abroad[product], abroad[product] + home[product])),
            }
            for rank, product in enumerate(order, 1)
        ]
    return pd.DataFrame(found)


def _need_imports(table: InputOutputTable) -> pd.DataFrame:
    if table.imported is None:
        raise MethodError(say("input-output/not-separate", year=table.year))
    return table.imported


def _divide(part: "Floats | float", whole: "Floats | float") -> Floats:
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    shares: Floats = np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    return shares
