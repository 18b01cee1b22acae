"""Are planted gaps found, and are found gaps true? Simulated networks with a known truth.

Run: OPENBLAS_NUM_THREADS=1 PYTHONPATH=. python benchmarks/recovery.py [--networks 60] [--regions 40]

Each network: NB2 links between regions of two countries (elasticity of distance -0.8, border -0.4), in which some of
the pairs that should have more than 20 links keep a tenth of theirs. Reported: power (share of the planted gaps with
q < .05), false-discovery rate (mean over networks of the share of flagged pairs that are not planted; 0 where none is
flagged), how high the planted gaps rank, and how many counts the 95 % interval holds in the pairs left alone.
"""

import argparse
import time
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from analysis.gaps import find_gaps
from analysis.multiple import Correction
from analysis.options import GravityOptions
from regions import Note, Study

KEPT = 0.1
LARGE = 20


@dataclass(frozen=True)
class Setting:
    """How much links vary beyond chance, the share of large pairs with a planted gap, the correction."""

    alpha: float
    planted: float
    correction: Correction = "bh"


SETTINGS = (
    Setting(0.02, 0.0),
    Setting(0.02, 0.05),
    Setting(0.02, 0.15),
    Setting(0.1, 0.05),
    Setting(0.3, 0.05),
    Setting(0.02, 0.05, "by"),
)


def make_regions(size: int, *, seed: int) -> tuple[Study, pd.DataFrame, np.ndarray]:
    """Scatter regions over a square of 1,000 km; return study, distances and ln masses."""
    rng = np.random.default_rng(seed)
    codes = [f"R{i:03d}" for i in range(size)]
    names = pd.Series(codes, index=pd.Index(codes, name="code"))
    parents = rng.permutation(["P", "Q"] * (size // 2))
    regions = pd.DataFrame({"name": names, "name_zh": names, "level": "region", "parent": parents})
    regions[["lon", "lat", "capital_lon", "capital_lat"]] = np.nan
    places = rng.uniform(0, 1000, (size, 2))
    distances = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    study = Study(
        name="simulated",
        title=Note("Simulated", "模拟"),
        regions=regions,
        surroundings=regions.iloc[:0],
        unit_of=names,
        neighbours=pd.DataFrame({"source": codes[:-1], "target": codes[1:]}),
        borders=("parent",),
    )
    return study, pd.DataFrame(distances, index=codes, columns=codes), rng.normal(0, 0.6, size)


def simulate(size: int, setting: Setting, *, seed: int) -> pd.DataFrame:
    """Draw one network, find its gaps, and mark the planted ones."""
    study, distances, mass = make_regions(size, seed=seed)
    rng = np.random.default_rng(10_000 + seed)
    codes, parents = study.regions.index.to_numpy(), study.regions["parent"].to_numpy()
    i, j = np.triu_indices(size, k=1)
    apart = (parents[i] != parents[j]) * 1.0
    mean = np.exp(3 + mass[i] + mass[j] - 0.8 * np.log(distances.to_numpy()[i, j] / 300 + 0.01) - 0.4 * apart)
    counts = rng.poisson(mean * rng.gamma(1 / setting.alpha, setting.alpha, len(i)))
    large = np.flatnonzero(mean > LARGE)
    planted = rng.choice(large, round(setting.planted * len(large)), replace=False)
    counts[planted] = rng.binomial(counts[planted], KEPT)
    network = nx.Graph()
    network.add_nodes_from(codes)
    edges = zip(codes[i], codes[j], counts, strict=True)
    network.add_edges_from((a, b, {"weight": int(c), "count": int(c)}) for a, b, c in edges if c)
    options = GravityOptions(stability=False)
    gaps = find_gaps(study, network, distances, options=options, correction=setting.correction)
    truth = pd.MultiIndex.from_arrays([codes[i][planted], codes[j][planted]])
    return gaps.assign(planted=pd.MultiIndex.from_frame(gaps[["source", "target"]]).isin(truth), seed=seed)


def report(setting: Setting, *, networks: int, regions: int) -> None:
    start = time.perf_counter()
    found = pd.concat([simulate(regions, setting, seed=seed) for seed in range(networks)])
    found["flagged"] = (found["grade"] == "strong").astype(float)
    false = found.assign(false=found["flagged"] * ~found["planted"]).groupby("seed")[["false", "flagged"]].sum()
    rate = (false["false"] / false["flagged"].clip(lower=1)).to_numpy()
    plain = found[~found["planted"]]
    large = plain[plain["expected"] > LARGE]
    inside = large["observed"].between(large["low"], large["high"]).mean()
    planted = found[found["planted"]]
    top = found.assign(place=found.groupby("seed").cumcount(), size=found.groupby("seed")["planted"].transform("sum"))
    hits = top.loc[top["planted"], "place"].lt(top.loc[top["planted"], "size"]).mean() if len(planted) else float("nan")
    power = planted["flagged"].mean() if len(planted) else float("nan")
    error = rate.std(ddof=1) / np.sqrt(networks)
    print(
        f"dispersion {setting.alpha:4.2f}, {len(planted) / networks:4.1f} gaps planted ({setting.planted:.0%} of the "
        f"large pairs), {setting.correction}: power {power:5.1%}, FDR {rate.mean():5.2%} +- {error:.2%}, "
        f"planted among as many first {hits:5.1%}, interval holds {inside:.1%}  "
        f"({time.perf_counter() - start:.0f} s)",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", type=int, default=60)
    parser.add_argument("--regions", type=int, default=40)
    arguments = parser.parse_args()
    for setting in SETTINGS:
        report(setting, networks=arguments.networks, regions=arguments.regions)


if __name__ == "__main__":
    main()
