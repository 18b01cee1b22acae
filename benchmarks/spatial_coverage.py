"""Bias of rho and coverage of intervals of spatial panel models, by simulation.

Two-way panels of 31 provinces of China (contiguity) over 11 years and of a 10 x 10 grid over 5 years; rho .4, beta 1,
theta .5 (SDM); W normalised by row or by spectral radius; and fits under a wrong W (the four nearest instead of the
neighbours). Each line: mean of rho by plain maximum likelihood and corrected, coverage of the 95 % intervals of rho, of
the direct, indirect and total impact, and of what one group of regions gives to another. Monte Carlo error of a
coverage of .95 with 1,000 replications: .007.

    nice python benchmarks/spatial_coverage.py [REPLICATIONS]
"""

import sys
import time
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

import regions
from analysis.loglinear.threads import use_one_thread
from analysis.spatial.average_impacts import measure_average
from analysis.spatial.demeaning import PanelDesign
from analysis.spatial.log_determinant import build_log_determinant
from analysis.spatial.panel_data import PanelArrays
from analysis.spatial.spatial_fit import fit_arrays, maximise_likelihood
from analysis.spillover.group_spillover import draw_group_flows
from geodata import build_contiguity_weights, build_nearest_weights, measure_distances, normalise_weights, read_weights
from geodata.weights.spatial_weights import SpatialWeights
from regions.arrays import Floats

RHO, DRAWS = 0.4, 1_000
SHOWN = ("plain", "corrected", "sd", "cover_rho", "direct", "indirect", "total", "group")
DESIGN, PLAIN = PanelDesign("both", corrected=True), PanelDesign("both", corrected=False)


class Case(NamedTuple):
    """One line of the table."""

    name: str
    model: Any
    truth: SpatialWeights
    fitted: SpatialWeights
    years: int


def list_cases() -> list[Case]:
    study = regions.load_study("china")
    near = build_contiguity_weights(study, join_islands=True, normalisation="none")
    far = build_nearest_weights(measure_distances(study), normalisation="none")
    side = 10
    place = [(i, j) for i in range(side) for j in range(side)]
    codes = [f"G{i}{j}" for i, j in place]
    steps = np.array([[abs(a - c) + abs(b - d) for c, d in place] for a, b in place])
    rook = pd.DataFrame((steps == 1).astype(float), index=codes, columns=codes)
    wide = pd.DataFrame(((steps > 0) & (steps <= 2)).astype(float), index=codes, columns=codes)
    cases = []
    for size, right, wrong, years in (("N 31, T 11", near, far, 11), ("N 100, T 5", rook, wide, 5)):
        for model in ("sar", "sdm"):
            for norm in ("row", "spectral"):
                chosen: Any = norm
                truth, other = (read_weights(normalise_weights(w, method=chosen)) for w in (right, wrong))
                cases.append(Case(f"{size}, {model}, {norm}", model, truth, truth, years))
                if norm == "row":
                    cases.append(Case(f"{size}, {model}, {norm}, wrong W", model, truth, other, years))
    return cases


def simulate(case: Case, rng: np.random.Generator, inverse: Floats, theta: float) -> PanelArrays:
    n = len(case.truth.codes)
    region, year = rng.standard_normal(n), rng.standard_normal((case.years, 1))
    x = rng.standard_normal((case.years, n)) + region + year
    mean = x + theta * case.truth.lag(x) + region + year + rng.standard_normal((case.years, n))
    names: tuple[str, ...] = ("x",)
    columns = x[:, :, None]
    if case.model == "sdm":
        columns, names = np.stack([x, case.fitted.lag(x)], axis=-1), ("x", "W_x")
    return PanelArrays(mean @ inverse.T, columns, names, tuple(range(case.years)), case.fitted)


@use_one_thread
def measure_case(case: Case, replications: int, number: int) -> dict[str, float]:
    n = len(case.truth.codes)
    theta = 0.5 if case.model == "sdm" else 0.0
    w = case.truth.matrix.toarray()
    inverse = np.linalg.inv(np.eye(n) - RHO * w)
    true = inverse @ (np.eye(n) + theta * w)
    labels = np.where(np.arange(n) < n // 4, "a", np.where(np.arange(n) < n // 2, "b", "c"))
    groups = pd.Series(labels, index=case.truth.codes)
    first, second = (groups == "a").to_numpy(), (groups == "b").to_numpy()
    wanted = [np.trace(true) / n, true.sum() / n - np.trace(true) / n, true.sum() / n]
    to_group = true[np.ix_(second, first)].sum() / first.sum()
    determinant = build_log_determinant(case.fitted)
    rng = np.random.default_rng([20260101, number])  # cases apart: one lucky run of numbers is not seen twelve times
    rows = []
    for seed in range(replications):
        arrays = simulate(case, rng, inverse, theta)
        plain = maximise_likelihood(arrays, PLAIN, determinant, model=case.model).rho
        fit = fit_arrays(arrays, DESIGN, determinant, model=case.model, columns=("y", "x"))
        ends = fit.table.loc["rho", ["low", "high"]].to_numpy(float)
        drawn = measure_average(fit, fit.draw(draws=DRAWS, seed=seed))[1:, 0]
        low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
        flows = draw_group_flows(fit, "x", groups, draws=DRAWS, permutations=1, seed=seed).drawn[:, 1, 0]
        group = np.quantile(flows, [0.025, 0.975])
        rows.append(
            [
                plain,
                fit.rho,
                ends[0] <= RHO <= ends[1],
                *((low <= wanted) & (wanted <= high)),
                group[0] <= to_group <= group[1],
            ]
        )
    means = np.array(rows, dtype=float).mean(axis=0)
    sd = np.array(rows, dtype=float)[:, 1].std()
    names = ["plain", "corrected", "cover_rho", "direct", "indirect", "total", "group"]
    return {**dict(zip(names, means.tolist(), strict=True)), "sd": float(sd)}


def main() -> None:
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    error = (0.95 * 0.05 / replications) ** 0.5
    print(
        f"{replications} replications; Monte Carlo error: coverage {error:.3f}, mean rho sd / {replications**0.5:.0f}"
    )
    heads = ("plain", "corr.", "sd", "rho", "direct", "indir.", "total", "group")
    print(f"{'case':36} {' '.join(f'{head:>6}' for head in heads)}")
    start = time.time()
    for number, case in enumerate(list_cases()):
        found = measure_case(case, replications, number)
        print(
            f"{case.name:36} {' '.join(f'{found[name]:6.3f}' for name in SHOWN)}",
            flush=True,
        )
    print(f"{time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
