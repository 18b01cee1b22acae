"""Are planted gaps found, and are found gaps true? Simulated networks with a known truth.

Run: OPENBLAS_NUM_THREADS=1 PYTHONPATH=. python benchmarks/recovery.py [--networks 60] [--regions 40]

Each network: NB2 links between regions of two countries (elasticity of distance -0.8, border -0.4), in which some of
the pairs that should have more than 20 links keep a tenth of theirs (`analysis.expectation.simulate`). Reported: the
dispersion found; power (share of the planted gaps with q < .05), and how many of them one would flag who knows the true
expectation and dispersion of every pair, which no method can beat by much; false-discovery rate (mean over networks of
the share of flagged pairs that are not planted; 0 where none is flagged); how high the planted gaps rank; how many
counts the 95 % interval holds in the pairs left alone. The settings marked "all pairs" do not set proven gaps aside.

With --coverage instead: in how many networks the 95 % interval of the border and of the elasticity of distance holds
the truth, from the error of the model and, beside it, from the larger of the robust and the dyadic-cluster-robust one;
and how many of the counts their own intervals hold. With --planted P a share P of the large pairs keeps a tenth of its
links.
"""

import argparse
import time
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from analysis.expectation.false_discovery_rate import Correction, measure_q_values
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.robust_fit import fit_expectation
from analysis.expectation.simulate import Truth, scatter_regions, simulate_network
from analysis.gaps.register import find_gaps, measure_gaps
from analysis.loglinear.predictive import measure_probability
from regions import MethodError

LARGE = 20
TRUTH = {"different_parent": -0.4, "ln_distance": -0.8}


@dataclass(frozen=True)
class Setting:
    """How much links vary beyond chance, the share of large pairs with a planted gap, and how gaps are found."""

    alpha: float
    planted: float
    correction: Correction = "bh"
    resistant: bool = True


SETTINGS = (
    Setting(0.02, 0.0),
    Setting(0.1, 0.0),
    Setting(0.3, 0.0),
    Setting(0.02, 0.05),
    Setting(0.02, 0.15),
    Setting(0.02, 0.3),
    Setting(0.1, 0.05),
    Setting(0.1, 0.15),
    Setting(0.3, 0.05),
    Setting(0.02, 0.05, "by"),
    Setting(0.02, 0.05, resistant=False),
    Setting(0.02, 0.15, resistant=False),
    Setting(0.1, 0.05, resistant=False),
    Setting(0.3, 0.05, resistant=False),
)


def simulate(size: int, setting: Setting, *, seed: int) -> pd.DataFrame:
    """Draw one network, find its gaps, mark the planted ones and those that one who knows the truth would flag."""
    study, distances = scatter_regions(size, seed=seed)
    drawn = Truth(mean=3.0, dispersion=setting.alpha, planted=setting.planted, large=LARGE)
    network = simulate_network(study, distances, drawn, seed=10_000 + seed)
    truth = network.graph.pop("truth")
    options = GravityOptions(stability=False, resistant=setting.resistant)
    gaps = find_gaps(study, network, distances, options=options, correction=setting.correction)
    alpha = gaps.attrs["model"].dispersion
    gaps = gaps.join(truth[["mean", "planted"]], on=["source", "target"])
    p = measure_probability(gaps["observed"].to_numpy(), gaps["mean"].to_numpy(), alpha=setting.alpha)
    known = measure_q_values(np.minimum(p, 1.0), correction=setting.correction) < 0.05
    return gaps.assign(known=known, alpha=alpha, seed=seed)


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
    power, known = (planted[name].mean() if len(planted) else float("nan") for name in ("flagged", "known"))
    error = rate.std(ddof=1) / np.sqrt(networks)
    print(
        f"dispersion {setting.alpha:4.2f} (estimated {found.groupby('seed')['alpha'].first().mean():.3f}), "
        f"{len(planted) / networks:4.1f} gaps planted ({setting.planted:.0%} of the large pairs), {setting.correction}"
        f"{'' if setting.resistant else ', all pairs'}: power {power:5.1%} (the truth known {known:5.1%}), "
        f"FDR {rate.mean():5.2%} +- {error:.2%}, planted among as many first {hits:5.1%}, interval holds {inside:.1%}  "
        f"({time.perf_counter() - start:.0f} s)",
        flush=True,
    )


def measure_coverage(size: int, mean: float, alpha: float, *, networks: int, planted: float) -> pd.DataFrame:
    """Fit networks without or with planted gaps; one row per network and coefficient."""
    rows = []
    for seed in range(networks):
        study, distances = scatter_regions(size, seed=20_000 + seed)
        truth = Truth(mean=mean, dispersion=alpha, planted=planted, large=LARGE)
        network = simulate_network(study, distances, truth, seed=30_000 + seed)
        left = ~network.graph.pop("truth")["planted"]
        try:
            fit = fit_expectation(study, network, distances)
        except MethodError as error:
            print(f"  network {seed} has no model: {error}", flush=True)
            continue
        gaps = measure_gaps(fit).table.join(left.rename("left"), on=["source", "target"])
        inside = gaps["observed"].between(gaps["low"], gaps["high"])[gaps["left"]].mean()
        for name, value in TRUTH.items():
            place, line = fit.regression.names.index(name), fit.model.coefficients.loc[name]
            clustered = fit.regression.clustered
            assert clustered is not None
            other = max(fit.regression.errors[place], np.sqrt(clustered[place, place]))
            rows.append((name, line["estimate"] - value, line["error"], other, inside))
    return pd.DataFrame(rows, columns=["name", "miss", "error", "other", "inside"])


def report_coverage(size: int, mean: float, alpha: float, *, networks: int, planted: float) -> None:
    """Print a line of the table in docs/methods.md."""
    start = time.perf_counter()
    found = measure_coverage(size, mean, alpha, networks=networks, planted=planted)
    said = [f"{size} | {mean:g} | {alpha:g}"]
    for name in TRUTH:
        part = found[found["name"] == name]
        held = [(part["miss"].abs() < 1.959964 * part[error]).mean() for error in ("error", "other")]
        chance = np.sqrt(held[0] * (1 - held[0]) / len(part))
        said.append(
            f"{part['miss'].std():.3f} | {part['error'].mean():.3f} | {held[0]:.1%} ± {chance:.1%} | {held[1]:.1%}"
        )
    per = found.groupby(found.index // len(TRUTH))["inside"].first()
    said.append(f"{per.mean():.1%} ± {per.std() / np.sqrt(len(per)):.1%}")
    print(f"| {' | '.join(said)} |  ({len(per)} networks, {time.perf_counter() - start:.0f} s)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", type=int, default=60)
    parser.add_argument("--regions", type=int, default=40)
    parser.add_argument("--coverage", action="store_true")
    parser.add_argument("--planted", type=float, default=0.0)
    arguments = parser.parse_args()
    if arguments.coverage:
        for size, mean, alpha in product((30, 60), (1.0, 3.0), (0.0, 0.3, 1.0)):
            report_coverage(size, mean, alpha, networks=arguments.networks, planted=arguments.planted)
        return
    for setting in SETTINGS:
        report(setting, networks=arguments.networks, regions=arguments.regions)


if __name__ == "__main__":
    main()
