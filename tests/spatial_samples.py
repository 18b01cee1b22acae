"""Panels and weights that several tests of the spatial room use."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

Golden = Callable[[str], Path]
CIGAR, PRODUC = ("logs", ["logp", "logy"]), ("loggsp", ["lpcap", "lpc", "lemp", "unemp"])


def read_expected(golden: Golden, *, free: bool = False) -> dict[str, Any]:
    """Return the expected values; ``free``: those of data that the repository carries."""
    name = "expected_free.json" if free else "expected.json"
    found: dict[str, Any] = json.loads(golden(f"spatial_panel/{name}").read_text(encoding="utf-8"))
    return found


def read_panel(golden: Golden, name: str) -> tuple[pd.DataFrame, pd.DataFrame, str, list[str]]:
    """Return panel, row-normalised weights, outcome and explanatory columns of one golden data set."""
    table, weights, y, x = {"cigar": _read_cigar, "produc": _read_produc, "province31": _read_provinces}[name](golden)
    return table, weights.div(weights.sum(axis=1), axis=0), y, x


def _read_cigar(golden: Golden) -> tuple[pd.DataFrame, pd.DataFrame, str, list[str]]:
    raw = pd.read_csv(golden("spatial_panel/cigar46.csv"))
    codes = [str(state) for state in sorted(raw["state"].unique())]
    cells = pd.read_csv(golden("spatial_panel/cigar46_contiguity.csv"), index_col=0).to_numpy(float)
    table = pd.DataFrame({"code": raw["state"].astype(str), "year": raw["year"], "logs": np.log(raw["sales"])})
    table["logp"], table["logy"] = np.log(raw["price"] / raw["cpi"]), np.log(raw["ndi"] / raw["cpi"])
    return table, pd.DataFrame(cells, index=codes, columns=codes), *CIGAR


def _read_produc(golden: Golden) -> tuple[pd.DataFrame, pd.DataFrame, str, list[str]]:
    raw = pd.read_csv(golden("spatial_panel/produc48.csv"))
    weights = pd.read_csv(golden("spatial_panel/produc48_W.csv"), index_col=0)
    codes = raw["state"].drop_duplicates().tolist()
    table = pd.DataFrame({"code": raw["state"], "year": raw["year"], "loggsp": np.log(raw["gsp"])})
    for name in ("pcap", "pc", "emp"):
        table[f"l{name}"] = np.log(raw[name])
    table["unemp"] = raw["unemp"]
    return table, pd.DataFrame((weights.to_numpy() > 0).astype(float), index=codes, columns=codes), *PRODUC


def _read_provinces(golden: Golden) -> tuple[pd.DataFrame, pd.DataFrame, str, list[str]]:
    table = pd.read_csv(golden("spatial_panel/province31_panel.csv")).rename(columns={"province": "code"})
    pairs = json.loads(golden("spatial_panel/province31_contiguity.json").read_text(encoding="utf-8"))
    weights = pd.DataFrame(0.0, index=list(pairs), columns=list(pairs))
    for code, others in pairs.items():
        weights.loc[code, others] = 1.0
    return table, weights, "y", ["x1", "x2"]


def read_columbus(golden: Golden) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the 49 quarters of Columbus and their row-normalised weights."""
    raw = pd.read_csv(golden("spatial/columbus.csv"))
    near = json.loads(golden("spatial/columbus_oldcol_nb.json").read_text(encoding="utf-8"))
    return raw.assign(code=[str(k) for k in range(1, 50)]), build_neighbours(near)


def build_neighbours(near: list[list[int]], *, first: int = 1, codes: list[str] | None = None) -> pd.DataFrame:
    """Return row-normalised weights of lists of neighbours, counted from ``first``."""
    codes = codes or [str(k) for k in range(first, first + len(near))]
    weights = pd.DataFrame(0.0, index=codes, columns=codes)
    for row, others in enumerate(near):
        for other in others:
            weights.iloc[row, other - first] = 1.0
    sums = weights.sum(axis=1)
    return weights.div(sums.where(sums > 0, 1.0), axis=0)


def build_ring(n: int) -> pd.DataFrame:
    """Return row-normalised weights of regions around a lake: each has two neighbours."""
    codes = [f"R{k:02d}" for k in range(n)]
    near = np.eye(n, k=1) + np.eye(n, k=-1)
    near[0, -1] = near[-1, 0] = 1.0
    return pd.DataFrame(near / 2, index=codes, columns=codes)
