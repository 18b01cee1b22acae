"""Speed of the scorecard, and how often its intervals hold the truth in simulated data.

    OPENBLAS_NUM_THREADS=1 python benchmarks/scorecard.py [speed|ranks|beta|malmquist]

Speed: 300 regions, 20 years, 50 indicators, 2,000 ways; a Malmquist index. Coverage: ranks of a known latent quality
and by one more way, beta of a known slope, the Malmquist index of known technologies.
"""

import sys
import time

import numpy as np
import pandas as pd

from analysis.composite.composite_index import IndexOptions, measure_index
from analysis.composite.rank_intervals import IndexChoices, draw_ranks, measure_rank_intervals
from analysis.inequality.convergence import measure_beta
from analysis.productivity.malmquist import measure_malmquist
from analysis.productivity.malmquist_intervals import measure_malmquist_intervals
from regions import Study
from regions.arrays import Floats

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


def cover_ranks(samples: int = 40, draws: int = 500) -> None:
    rng = np.random.default_rng(1)
    keys = [f"k{i}" for i in range(12)]
    scheme = pd.DataFrame({"pillar": [f"p{i % 4}" for i in range(12)], "indicator": keys})
    for noise in (0.3, 1.0, 2.0):
        found: dict[str, list[tuple[float, float, float]]] = {"over the choices": [], "resampled": []}
        for seed in range(samples):
            quality = rng.normal(size=REGIONS)
            cells = np.exp(0.5 * (quality[:, None] + noise * rng.normal(size=(REGIONS, 12))))
            table = pd.DataFrame(cells, columns=keys).assign(code=[f"R{i:02d}" for i in range(REGIONS)], year=2020)
            index = measure_index(make_study(table), scheme, options=IndexOptions(years=(2020,)))
            truth = pd.Series(-quality).rank().to_numpy()
            another = draw_ranks(index, draws=1, seed=10_000 + seed).ranks[0, 0]
            for name, rows in found.items():
                choices = IndexChoices(resample=name == "resampled")
                ranks = measure_rank_intervals(draw_ranks(index, choices=choices, draws=draws, seed=seed))
                low, high = ranks["rank_low"].to_numpy(), ranks["rank_high"].to_numpy()
                held = [((low <= rank) & (rank <= high)).mean() for rank in (truth, another)]
                rows.append((held[0], held[1], (high - low).mean()))
        for name, rows in found.items():
            rate, error = np.mean(rows, axis=0).round(3), (np.std(rows, axis=0) / samples**0.5).round(3)
            print(
                f"ranks {name}, noise {noise}: the range of 90 % holds the rank of the quality {rate[0]} (error "
                f"{error[0]}), that by one more way {rate[1]} ({error[1]}), width {rate[2]:.1f}"
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


TECHNOLOGIES = ("one output", "mixes move", "hard to substitute", "biased progress", "two outputs")


def simulate_technology(rng: np.random.Generator, name: str, units: int) -> tuple[Floats, Floats, Floats]:
    """Return inputs (2, N, 2), outputs (2, N, s) and the true ln M, ln EC, ln TC (3, N) of two years."""
    moved = {"mixes move": 0.3, "hard to substitute": 0.2, "biased progress": 0.2}.get(name, 0.1)
    x = rng.uniform(1, 9, (2, units, 2))
    x[1] = x[0] * np.exp(moved * rng.normal(size=(units, 2)))
    waste = np.abs(rng.normal(0, 0.25, units))
    waste = np.stack([waste, np.abs(waste + 0.05 * rng.normal(size=units))])
    share = (0.4, 0.55 if name == "biased progress" else 0.4)

    def produce(t: int, inputs: Floats) -> Floats:
        level, (a, b) = 1 + 0.1 * t, (inputs[:, 0], inputs[:, 1])
        if name == "hard to substitute":
            return np.asarray(level * (0.4 * a**-3 + 0.6 * b**-3) ** (-1 / 3))
        return np.asarray(level * a ** share[t] * b ** (1 - share[t]))

    made = np.stack([produce(t, x[t]) * np.exp(-waste[t]) for t in (0, 1)])
    d = np.array([[made[b] / produce(a, x[b]) for b in (0, 1)] for a in (0, 1)])
    change = np.log(d[1, 1] / d[0, 0])
    index = 0.5 * np.log(d[0, 1] / d[0, 0] * d[1, 1] / d[1, 0])
    truth = np.stack([index, change, index - change])
    if name != "two outputs":
        return x, made[:, :, None], truth
    angle = rng.uniform(0.2, 1.37, units)
    angle = np.stack([angle, np.clip(angle + 0.1 * rng.normal(size=units), 0.1, 1.47)])
    return x, np.stack([made * np.cos(angle), made * np.sin(angle)], axis=-1), truth


def cover_malmquist(samples: int = 150, draws: int = 150) -> None:
    parts = ("malmquist", "efficiency_change", "technical_change")
    for name in TECHNOLOGIES:
        expected = simulate_technology(np.random.default_rng(1), name, 300_000)[2].mean(axis=1)
        rng = np.random.default_rng(3)
        hits, of_mean, width = [], [], []
        for seed in range(samples):
            x, y, truth = simulate_technology(rng, name, REGIONS)
            found = measure_malmquist_intervals(x, y, draws=draws, seed=seed)
            logs = [np.log(table) for table in (found.units, found.means)]
            ends = [[table[f"{part}_{end}"] for part in parts] for table in logs for end in ("low", "high")]
            low, high, mean_low, mean_high = (np.stack(each) for each in ends)
            hits.append(((low <= truth) & (truth <= high)).mean(axis=1))
            of_mean.append((mean_low[:, 0] <= expected) & (expected <= mean_high[:, 0]))
            width.append((high - low).mean(axis=1))
        rate, error = np.mean(hits, axis=0), np.std(hits, axis=0) / samples**0.5
        print(
            f"Malmquist, {name}: 95 % intervals of M, EC, TC hold the truth {rate.round(3)} (error {error.round(3)}), "
            f"width {np.mean(width, axis=0).round(2)}; of their means {np.mean(of_mean, axis=0).round(2)}"
        )


PARTS = {"speed": time_all, "ranks": cover_ranks, "beta": cover_beta, "malmquist": cover_malmquist}

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()
