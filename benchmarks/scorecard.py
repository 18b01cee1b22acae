"""Speed of the scorecard, and how often its intervals hold the truth in simulated data.

    OPENBLAS_NUM_THREADS=1 python benchmarks/scorecard.py [speed|ranks|beta|malmquist]

Speed: 300 regions, 20 years, 50 indicators, 2,000 ways; a Malmquist index. Coverage: ranks of a known latent quality
under the interval over ways, beta of a known slope, the Malmquist index of a known technology.
"""

import sys
import time

import numpy as np
import pandas as pd

from analysis.composite.composite_index import IndexOptions, measure_index
from analysis.composite.rank_intervals import draw_ranks, measure_rank_intervals
from analysis.inequality.convergence import measure_beta
from analysis.productivity.malmquist import measure_malmquist
from analysis.productivity.malmquist_intervals import measure_malmquist_intervals
from regions import Study

REGIONS = 31


def make_study(table: pd.DataFrame) -> Study:
    places = sorted(set(table["code"]))
    return Study.from_frames(regions=pd.DataFrame({"code": places, "name": places}), indicators=table)


def time_all() -> None:
    rng = np.random.default_rng(0)
    keys = [f"k{i}" for i in range(50)]
    table = pd.DataFrame(rng.gamma(2, size=(6_000, 50)), columns=keys)
    table.insert(0, "year", np.repeat(np.arange(2000, 2020), 300))
    table.insert(0, "code", [f"R{i:03d}" for i in range(300)] * 20)
    study = make_study(table)
    scheme = pd.DataFrame({"pillar": [f"p{i % 5}" for i in range(50)], "indicator": keys})
    start = time.process_time()
    measure_rank_intervals(draw_ranks(measure_index(study, scheme), draws=2_000))
    print(f"300 regions x 20 years x 50 indicators, 2,000 ways: {time.process_time() - start:.1f} s of processor")
    x = rng.uniform(1, 2, (5, REGIONS, 2))
    y = x.prod(axis=2, keepdims=True) ** 0.5 * rng.uniform(0.5, 1, (5, REGIONS, 1))
    start = time.process_time()
    measure_malmquist(x, y)
    print(f"Malmquist index of 31 units, 5 years, 558 programmes: {time.process_time() - start:.2f} s")


def cover_ranks(samples: int = 40) -> None:
    rng = np.random.default_rng(1)
    keys = [f"k{i}" for i in range(12)]
    scheme = pd.DataFrame({"pillar": [f"p{i % 4}" for i in range(12)], "indicator": keys})
    for noise in (0.3, 1.0):
        hits, width = [], []
        for seed in range(samples):
            quality = rng.normal(size=REGIONS)
            cells = np.exp(0.5 * (quality[:, None] + noise * rng.normal(size=(REGIONS, 12))))
            table = pd.DataFrame(cells, columns=keys).assign(code=[f"R{i:02d}" for i in range(REGIONS)], year=2020)
            index = measure_index(make_study(table), scheme, options=IndexOptions(years=(2020,)))
            found = measure_rank_intervals(draw_ranks(index, draws=500, seed=seed))
            truth = pd.Series(-quality).rank().to_numpy()
            hits.append(((found["rank_low"] <= truth) & (truth <= found["rank_high"])).mean())
            width.append((found["rank_high"] - found["rank_low"]).mean())
        print(
            f"ranks, noise {noise}: 90 % interval holds the true rank {np.mean(hits):.2f}, width {np.mean(width):.1f}"
        )


def cover_beta(samples: int = 400) -> None:
    rng = np.random.default_rng(2)
    for uneven in (False, True):
        hits = 0
        for _ in range(samples):
            start = rng.normal(10, 0.5, REGIONS)
            spread = 0.01 * (np.exp(start - 10) if uneven else 1.0)
            growth = 0.25 - 0.02 * start + spread * rng.normal(size=REGIONS)
            rows = np.exp(np.column_stack([start, start + 19 * growth])).ravel()
            codes = pd.MultiIndex.from_product([range(REGIONS), [2005, 2024]], names=["code", "year"])
            row = measure_beta(pd.Series(rows, index=codes)).iloc[0]
            hits += int(row["low"] <= -0.02 <= row["high"])
        print(f"beta, {'unequal' if uneven else 'equal'} variances: 95 % interval holds the truth {hits / samples:.3f}")


def cover_malmquist(samples: int = 40) -> None:
    rng = np.random.default_rng(3)
    hits, width = [], []
    for seed in range(samples):
        x = rng.uniform(1, 9, (2, REGIONS, 2))
        x[1] = x[0] * np.exp(0.1 * rng.normal(size=(REGIONS, 2)))
        waste = np.abs(rng.normal(0, 0.25, REGIONS))
        waste = np.stack([waste, np.abs(waste + 0.05 * rng.normal(size=REGIONS))])
        level = np.array([1.0, 1.1])[:, None] * np.exp(-waste)
        y = (x[:, :, 0] ** 0.4 * x[:, :, 1] ** 0.6 * level)[:, :, None]
        truth = level[1] / level[0]
        found = measure_malmquist_intervals(x, y, draws=100, seed=seed)
        low, high = found["malmquist_low"].to_numpy(), found["malmquist_high"].to_numpy()
        hits.append(((low <= truth) & (truth <= high)).mean())
        width.append((high - low).mean())
    print(f"Malmquist: 95 % interval holds the truth {np.mean(hits):.2f}, width {np.mean(width):.3f}")


PARTS = {"speed": time_all, "ranks": cover_ranks, "beta": cover_beta, "malmquist": cover_malmquist}

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()
