"""How fast is the spatial room? Each against a named peer, in one run.

Local Moran of 3,025 regions x 999 permutations against esda, cold (its own process) and warm; esda is no dependency:
name a Python that has it. Impacts of 3,025 regions against a dense inverse per draw; a SAR of 20,000 regions with
sparse W, with its memory; and the default job on china.

    python benchmarks/spatial_speed.py [PYTHON WITH ESDA]
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.linalg import spsolve

from analysis.autocorrelation.local_autocorrelation import measure_local_autocorrelation
from analysis.spatial.average_impacts import measure_average
from analysis.spatial.spatial_fit import fit_spatial
from analysis.spillover.region_spillover import measure_region_flows
from geodata.weights.spatial_weights import SpatialWeights

ESDA = """
import time, numpy as np
from libpysal.weights import lat2W
from esda.moran import Moran_Local
y = np.random.default_rng(1).standard_normal(3025); w = lat2W(55, 55, rook=False); w.transform = "r"
for run in range(2):
    start = time.time(); Moran_Local(y, w, permutations=999, seed=1); print(time.time() - start)
"""


def build_grid(side: int) -> SpatialWeights:
    """Return row-normalised queen weights of a square grid."""
    line = sparse.diags_array([np.ones(side - 1), np.ones(side), np.ones(side - 1)], offsets=[-1, 0, 1])
    matrix = sparse.csr_array(sparse.kron(line, line)) - sparse.eye_array(side * side)
    sums = np.asarray(matrix.sum(axis=1)).ravel()
    codes = pd.Index([f"G{k:05d}" for k in range(side * side)])
    weights = sparse.csr_array(sparse.diags_array(1 / sums) @ matrix)
    weights.eliminate_zeros()
    return SpatialWeights(codes, weights)


def simulate(weights: SpatialWeights, rho: float) -> pd.DataFrame:
    rng, n = np.random.default_rng(1), len(weights.codes)
    x = rng.standard_normal(n)
    y = spsolve(sparse.csc_array(sparse.eye_array(n) - rho * weights.matrix), x + rng.standard_normal(n))
    return pd.DataFrame({"code": weights.codes, "x": x, "y": y})


def measure_seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare_local() -> None:
    grid = build_grid(55)
    values = pd.Series(np.random.default_rng(1).standard_normal(3025), index=grid.codes)
    ours = measure_seconds(lambda: measure_local_autocorrelation(values, grid, permutations=999))
    print(f"local Moran, 3,025 regions x 999: {ours:.2f} s")
    if len(sys.argv) < 2:
        print("  (name a Python that has esda to compare)")
        return
    start = time.perf_counter()
    run = subprocess.run([sys.argv[1], "-c", ESDA], capture_output=True, text=True, check=True)
    warm = float(run.stdout.split()[-1])
    cold = time.perf_counter() - start - warm
    print(f"  esda cold {cold:.2f} s ({cold / ours:.0f} times), warm {warm:.2f} s ({warm / ours:.1f} times)")


def compare_impacts() -> None:
    grid = build_grid(55)
    fit = fit_spatial(simulate(grid, 0.5), grid, y="y", x=["x"], model="sdm")
    drawn = fit.draw(draws=1_000)
    ours = measure_seconds(lambda: measure_average(fit, drawn))
    flows = measure_seconds(lambda: measure_region_flows(fit, "x", draws=1_000))
    dense = np.eye(3025) - 0.5 * grid.matrix.toarray()
    peer = measure_seconds(lambda: np.linalg.inv(dense)) * 1_000
    print(f"impacts, 3,025 regions x 1,000 draws: averages {ours:.2f} s, region by region {flows:.1f} s;")
    print(f"  a dense inverse per draw {peer:.0f} s: {peer / ours:.0f} and {peer / flows:.0f} times")


def measure_large() -> None:
    grid = build_grid(142)
    table = simulate(grid, 0.5)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found: list[float] = []

    def fit() -> None:
        result = fit_spatial(table, grid, y="y", x=["x"], model="sar")
        found.extend([float(result.rho or 0.0), float(result.table["error"].iloc[-1])])
        result.impacts(draws=1_000)

    seconds = measure_seconds(fit)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = f"rho {found[0]:.4f} (error {found[1]:.4f})"
    print(f"SAR of {len(grid.codes):,} regions and its impacts: {seconds:.1f} s, {told}")
    print(f"  peak memory {after / 1024:.0f} MB, {(after - before) / 1024:.0f} MB above what was there before")


def measure_job() -> None:
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "regionet", "spillover", "--out", folder]
        seconds = measure_seconds(lambda: subprocess.run(words, capture_output=True, check=True))
    print(f"regionet spillover on china, the whole process: {seconds:.1f} s")


if __name__ == "__main__":
    measure_large()  # first: memory is told as a peak
    compare_local()
    compare_impacts()
    measure_job()
