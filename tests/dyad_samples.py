"""Square tables for the tests of correlation and regression over pairs."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd


def make_noise(n: int, *, seed: int = 0, symmetric: bool = False) -> pd.DataFrame:
    """Independent normal cells."""
    values = np.random.default_rng(seed).normal(size=(n, n))
    codes = [f"r{i:03d}" for i in range(n)]
    return pd.DataFrame(values + values.T if symmetric else values, index=codes, columns=codes)


def read_cross_parker(golden: Callable[[str], Path]) -> dict[str, pd.DataFrame]:
    """Read who gives information to whom in the consulting firm, and what the two have in common."""
    nodes = pd.read_csv(golden("network/cross_parker_consulting_nodes.csv"), index_col="node")
    edges = pd.read_csv(golden("network/cross_parker_consulting_info_edges.csv"))
    information = edges.pivot_table(index="i", columns="j", values="w").reindex(index=nodes.index, columns=nodes.index)
    level = nodes["orglevel"].to_numpy()
    tables = {"orglevel": np.abs(level[:, None] - level)}
    for name in ("region", "location"):
        column = nodes[name].to_numpy()
        tables[name] = column[:, None] == column
    frames = {name: pd.DataFrame(cells.astype(float), nodes.index, nodes.index) for name, cells in tables.items()}
    return {"information": information.fillna(0.0), **frames}
