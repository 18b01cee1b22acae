"""How fast is our PPML? Against a warm pyfixest fepois, in one run, on directed pairs with two-way effects.

Run: PYTHONPATH=. python benchmarks/gravity.py [regions ...]. pyfixest and statsmodels are measured when installed,
statsmodels (a dummy per region) up to 200 regions, where a fit takes it some 15 s; neither is a dependency. Ours keeps
to one BLAS thread, the others use what they like; times of a busy machine differ from run to run, hence one for all.
"""

import importlib
import importlib.util
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.loglinear.effects import Effect
from analysis.loglinear.ppml import fit_ppml

SIZES = (200, 300, 1500)
COVARIATES = ["ln_distance", "contiguous", "different"]
STATSMODELS_LIMIT = 200


def make_pairs(size: int, *, seed: int = 1) -> pd.DataFrame:
    """Simulate NB2 links between all ordered pairs of random places."""
    rng = np.random.default_rng(seed)
    places, mass, country = rng.uniform(0, 2000, (size, 2)), rng.normal(0, 1, size), rng.integers(0, 10, size)
    i, j = np.nonzero(~np.eye(size, dtype=bool))
    distance = np.maximum(np.hypot(*(places[i] - places[j]).T), 1.0)
    table = pd.DataFrame({"source": i, "target": j, "ln_distance": np.log(distance)})
    table["contiguous"] = (distance < 80).astype(float)
    table["different"] = (country[i] != country[j]).astype(float)
    eta = 3 + mass[i] + mass[j] - 0.7 * table["ln_distance"] + 0.3 * table["contiguous"] - 0.5 * table["different"]
    table["links"] = rng.poisson(np.exp(eta) * rng.gamma(2, 0.5, len(table))).astype(float)
    return table


def fit_ours(table: pd.DataFrame) -> np.ndarray:
    effects = [Effect(name, table[name].to_numpy()) for name in ("source", "target")]
    return fit_ppml(table["links"].to_numpy(), table[COVARIATES].to_numpy(), effects, names=COVARIATES).coefficients


def fit_pyfixest(table: pd.DataFrame) -> np.ndarray:
    pyfixest = importlib.import_module("pyfixest")
    formula = f"links ~ {' + '.join(COVARIATES)} | source + target"
    return np.asarray(pyfixest.fepois(formula, table, vcov="HC1").coef())


def fit_statsmodels(table: pd.DataFrame) -> np.ndarray:
    sm = importlib.import_module("statsmodels.api")

    dummies = pd.get_dummies(table[["source", "target"]].astype(str), drop_first=True, dtype=float)
    design = pd.concat([table[COVARIATES], dummies], axis=1).assign(constant=1.0)
    return np.asarray(sm.GLM(table["links"], design, family=sm.families.Poisson()).fit().params[COVARIATES])


def measure_seconds(
    fit: Callable[[pd.DataFrame], np.ndarray], table: pd.DataFrame, *, runs: int
) -> tuple[float, np.ndarray]:
    """Best of several runs after a warm one."""
    coefficients = fit(table)
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        fit(table)
        times.append(time.perf_counter() - start)
    return min(times), coefficients


def report(size: int) -> None:
    table = make_pairs(size)
    ours, b = measure_seconds(fit_ours, table, runs=3)
    print(f"{size} regions, {len(table):,} ordered pairs: ours {ours:.3f} s, b = {b.round(6)}")
    others = {"pyfixest": fit_pyfixest} | ({"statsmodels": fit_statsmodels} if size <= STATSMODELS_LIMIT else {})
    for name, fit in others.items():
        if importlib.util.find_spec(name) is None:
            print(f"  {name} is not installed")
            continue
        theirs, other = measure_seconds(fit, table, runs=1)
        print(f"  {name} {theirs:.3f} s, ratio {theirs / ours:.1f}, largest difference {np.abs(b - other).max():.1e}")


if __name__ == "__main__":
    for argument in sys.argv[1:] or map(str, SIZES):
        report(int(argument))
