"""An input-output table, checked: what every sector delivers to every sector, and what is left for use."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say
from regions.words import Words

BALANCE = 1e-6
"""Output by row and by column may differ by this share of it, or by `ROUNDING` units: published tables are rounded."""

ROUNDING = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class InputOutputTable:
    """Who delivers what to whom, in one year, in one money.

    Attributes
    ----------
    year
        Of the table; 0 when not known.
    unit
        Of every value.
    sectors
        Index ``code`` (text); ``name``, ``name_zh``.
    flows
        N x N, row delivers to column. Domestic products only where ``imported`` is there; else domestic and imported
        together (a table of competitive imports).
    imported
        N x N, imported products of the kind of the row used by the column; None when they are not told apart.
    final
        N x uses (consumption, investment, exports, less imports and with the error of competitive tables): what rows
        deliver that is not an input, of domestic products where imports are apart.
    value_added
        Parts x N.
    output
        (N,) total output of each sector, > 0.
    """

    year: int
    unit: str
    sectors: pd.DataFrame
    flows: pd.DataFrame
    imported: pd.DataFrame | None
    final: pd.DataFrame
    value_added: pd.DataFrame
    output: "pd.Series[float]"

    @property
    def separate(self) -> bool:
        """Whether imports stand apart from domestic products."""
        return self.imported is not None

    @staticmethod
    def from_flows(
        flows: pd.DataFrame,
        output: Mapping[str, float],
        *,
        imported: pd.DataFrame | None = None,
        year: int = 0,
        unit: str = "",
    ) -> "InputOutputTable":
        """Make a table of flows and outputs alone: what is left of a row is final use, of a column value added.

        Parameters
        ----------
        flows
            N x N, the same sectors in rows and columns, >= 0.
        output
            Output by sector, > 0.
        imported
            As ``flows``, of imported products.
        year, unit
            Of the table.

        Raises
        ------
        MethodError
            All faults at once: sectors that differ, values missing or negative, an output not above 0.

        Examples
        --------
        >>> flows = pd.DataFrame([[150.0, 500.0], [200.0, 100.0]], index=["A", "B"], columns=["A", "B"])
        >>> table = InputOutputTable.from_flows(flows, {"A": 1000.0, "B": 2000.0})
        >>> table.final["final use"].tolist()
        [350.0, 1700.0]
        """
        total = pd.Series(dict(output), dtype=float)
        faults = [*_check_square(flows, total, "flows")]
        if imported is not None:
            faults += _check_square(imported, total, "imported")
        if faults:
            raise MethodError(say("faults/joined", faults=faults))
        total = total.reindex(flows.index)
        bought = flows.sum() if imported is None else flows.sum() + imported.sum()
        names = pd.DataFrame({"name": flows.index, "name_zh": flows.index}, index=flows.index)
        final = pd.DataFrame({"final use": total - flows.sum(axis=1)})
        value_added = pd.DataFrame([total - bought], index=["value added"])
        return InputOutputTable(year, unit, names, flows, imported, final, value_added, total)


def check_balance(table: InputOutputTable) -> list[str]:
    """Return one text per sector whose row and column do not add up to its output.

    Examples
    --------
    >>> flows = pd.DataFrame([[150.0, 500.0], [200.0, 100.0]], index=["A", "B"], columns=["A", "B"])
    >>> check_balance(InputOutputTable.from_flows(flows, {"A": 1000.0, "B": 2000.0}))
    []
    """
    bought = table.flows.sum() if table.imported is None else table.flows.sum() + table.imported.sum()
    output = table.output.to_numpy()
    sides = {
        "row": (table.flows.sum(axis=1) + table.final.sum(axis=1)).to_numpy(),
        "column": (bought + table.value_added.sum()).to_numpy(),
    }
    off = {side: np.abs(total - output) > np.maximum(ROUNDING, BALANCE * output) for side, total in sides.items()}
    return [
        f"{code}: {side} {sides[side][place]:.2f}, output {output[place]:.2f}"
        for side, wrong in off.items()
        for place, code in enumerate(table.output.index)
        if wrong[place]
    ]


def _check_square(flows: pd.DataFrame, output: "pd.Series[float]", name: str) -> list[Words]:
    same = list(flows.index) == list(flows.columns) and set(flows.index) == set(output.index)
    if not same or flows.index.has_duplicates:
        return [say("input-output/sectors", name=name).words]
    faults = []
    values: Floats = flows.to_numpy(dtype=float)
    if not (np.isfinite(values) & (values >= 0)).all():
        faults.append(say("input-output/values", name=name).words)
    if not (output > 0).all():
        faults.append(say("input-output/output", sectors=sorted(output.index[~(output > 0)])).words)
    return faults
