"""What distance and borders do to expected collaboration, in percent, with intervals."""

import numpy as np
import pandas as pd

from maps.words.codebook import label_column
from maps.words.report_text import REPORT
from regionet.steps.pipeline import Findings

_WIDTH = 1.96
_DISTANCE = "ln_distance"


def list_effects(findings: Findings, barriers: pd.DataFrame) -> pd.DataFrame:
    """List what the model of the gaps says of each covariate, then the fences between kinds of actors.

    Parameters
    ----------
    findings
        With their model; without one the table is empty.
    barriers
        As of `regionet.steps.gaps.borders.list_barriers`.

    Returns
    -------
    DataFrame
        ``barrier`` (the covariate), ``barrier_name``, ``barrier_name_zh``, ``estimate``, ``error``, ``percent``
        (100 (e^b - 1); of the logarithm of distance 100 (2^b - 1), twice the distance), ``percent_low``,
        ``percent_high``.
    """
    if findings.model is None:
        return pd.DataFrame()
    found = findings.model.coefficients
    table = pd.DataFrame({name: found[name].to_numpy(dtype=float) for name in ("estimate", "error")})
    table.insert(0, "barrier", found.index.astype(str))
    step = np.where(table["barrier"] == _DISTANCE, np.log(2), 1.0)
    for name, shift in (("percent", 0.0), ("percent_low", -_WIDTH), ("percent_high", _WIDTH)):
        table[name] = 100 * np.expm1(step * (table["estimate"] + shift * table["error"]))
    words = [REPORT["effect_doubling"] if name == _DISTANCE else label_column(name).label for name in table["barrier"]]
    table.insert(1, "barrier_name", [word.en for word in words])
    table.insert(2, "barrier_name_zh", [word.zh for word in words])
    if barriers.empty:
        return table
    fences = barriers[~barriers["barrier"].isin(table["barrier"])]
    return pd.concat([table, fences[list(table.columns)]], ignore_index=True) if len(fences) else table
