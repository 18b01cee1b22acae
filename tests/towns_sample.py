"""A study of 25 towns on a grid, in two sets and the rest, with a panel of known spillover."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

import regions
from analysis.spatial.simulated_panel import simulate_spatial_panel
from geodata import build_distance_weights, measure_distances


def write_towns(
    folder: Path, *, rho: float, change: Callable[[pd.DataFrame], pd.DataFrame] = lambda table: table
) -> Path:
    """Write the study; ``change`` damages its indicators ``code``, ``year``, ``input``, ``output``."""
    folder.mkdir()
    rows = [
        (f"T{i}{j}", f"Town {i}{j}", f"镇{i}{j}", "city", 110 + i * 0.5 + (i * j % 3) * 0.02, 30 + j * 0.5)
        for i in range(5)
        for j in range(5)
    ]
    towns = pd.DataFrame(rows, columns=["code", "name", "name_zh", "level", "lon", "lat"])
    towns.to_csv(folder / "regions.csv", index=False)
    groups = [("north-anhui", code, "") for code in ("T00", "T01", "T02", "T10", "T11")]
    groups += [("circle", code, "") for code in ("T33", "T34", "T43", "T44")]
    pd.DataFrame(groups, columns=["group", "code", "role"]).to_csv(folder / "groups.csv", index=False)
    pd.DataFrame({"source": ["T00"], "target": ["T01"], "weight": [1.0]}).to_csv(folder / "links.csv", index=False)
    distances = measure_distances(regions.read_study(folder))
    weights = build_distance_weights(distances, power=2)
    panel = simulate_spatial_panel(weights, years=10, rho=rho, theta=rho, seed=2)
    change(panel.rename(columns={"y": "output", "x": "input"})).to_csv(folder / "indicators.csv", index=False)
    return folder
