"""How fast are permutations and the bootstrap? Against loops over statsmodels and networkx, in one run.

Run: OPENBLAS_NUM_THREADS=1 PYTHONPATH=. python benchmarks/significance.py [mrqap] [bootstrap]. statsmodels is needed
for the first part only. Its loop is too slow to run whole: a few permutations are timed and their mean is scaled up,
which favours statsmodels, as the fits before the loop are left out.
"""

import importlib
import sys
import time

import networkx as nx
import numpy as np
import pandas as pd
from centrality import find_best, score_by_networkx

from analysis.inference.bootstrap import measure_score_intervals
from analysis.inference.mrqap import measure_mrqap
from analysis.networks.network import build_network
from analysis.roles.positions import choose_measures, measure_positions
from analysis.scores.batch import Context
from analysis.scores.centrality import measure_centrality
from analysis.scores.spillover import SPILLOVER, measure_spillover
from regions import Study, load_study

REGIONS, PREDICTORS, PERMUTATIONS = 340, 5, 2000
SAMPLE = 8
REPLICATES = 1000


def make_tables() -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    rng = np.random.default_rng(0)
    tables = {f"x{k}": pd.DataFrame(rng.normal(size=(REGIONS, REGIONS))) for k in range(PREDICTORS)}
    outcome = pd.DataFrame(rng.normal(size=(REGIONS, REGIONS))) + 0.01 * tables["x0"]
    return outcome, tables


def time_statsmodels(outcome: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> float:
    """Time one permutation of one predictor: rearrange, put into the design, fit, read t."""
    sm = importlib.import_module("statsmodels.api")
    cells = np.nonzero(~np.eye(REGIONS, dtype=bool))
    y = outcome.to_numpy()[cells]
    design = np.column_stack([np.ones(len(y)), *(table.to_numpy()[cells] for table in tables.values())])
    moved, rng = tables["x0"].to_numpy(), np.random.default_rng(1)

    def permute() -> float:
        order = rng.permutation(REGIONS)
        design[:, 1] = moved[np.ix_(order, order)][cells]
        return float(sm.OLS(y, design).fit().tvalues[1])

    permute()
    start = time.perf_counter()
    for _ in range(SAMPLE):
        permute()
    return (time.perf_counter() - start) / SAMPLE


def report_mrqap() -> None:
    outcome, tables = make_tables()
    ours = find_best(lambda: measure_mrqap(outcome, tables, permutations=PERMUTATIONS), runs=2)
    one = time_statsmodels(outcome, tables)
    theirs = one * PERMUTATIONS * PREDICTORS
    bytes_moved = PERMUTATIONS * REGIONS**2 * 8 * 4  # every permutation must at least read the residuals once
    block = np.ones(REGIONS**2 * 8, dtype=np.float32)
    floor = find_best(block.sum, runs=5) * PERMUTATIONS
    print(f"MRQAP {PREDICTORS} predictors, {REGIONS} regions, {PERMUTATIONS} permutations: ours {ours:.2f} s")
    print(f"  statsmodels {one * 1000:.1f} ms each of {PREDICTORS * PERMUTATIONS} fits = {theirs:.0f} s (extrapolated)")
    print(f"  {theirs / ours:.0f} times; floor (reading {bytes_moved / 1e9:.1f} GB of residuals) {floor:.2f} s")


def report_bootstrap() -> None:
    study = load_study("china")
    network = build_network(study)
    for _, _, facts in network.edges(data=True):
        facts["distance"] = 1 / facts["weight"]
    for name, scores in measure_centrality(network).items():
        drawn = measure_score_intervals(study, draws=2).query("measure == @name").set_index("code")["value"]
        np.testing.assert_allclose(drawn, scores, rtol=1e-9, atol=1e-12, err_msg=str(name))
    # Turn about, so that other work on the machine slows down both.
    ours, theirs = zip(*((_time_ours(study), _time_networkx(network)) for _ in range(5)), strict=True)
    print(f"bootstrap china, {REPLICATES} replicates, {len(network)} regions: ours {min(ours):.3f} s")
    print(f"  10 plain networkx runs {min(theirs):.3f} s; ours is {min(ours) / min(theirs):.2f} of that")
    print(
        f"  {min(theirs) / 10 * REPLICATES:.0f} s for as many networkx runs: {100 * min(theirs) / min(ours):.0f} times"
    )
    weights = np.ones((REPLICATES, len(network), len(network)))
    floor = find_best(lambda: [np.add(weights, 1.0) for _ in range(2 * len(network))], runs=2)
    table = measure_positions(network)
    own = measure_spillover(network, study.indicators, column="rd_expenditure", year=2023)["own"]
    context = Context(own=own.to_numpy(), labels={"community": table["community"].to_numpy()})
    options = {"measures": (*choose_measures(), SPILLOVER), "context": context}
    wide = find_best(lambda: measure_score_intervals(study, draws=REPLICATES, **options), runs=2)
    print(f"  every column of the wide table with spillover: {wide:.2f} s")
    print(f"  floor (reading and writing every distance twice per step of Floyd and Warshall) {floor:.3f} s")


def _time_ours(study: Study) -> float:
    return find_best(lambda: measure_score_intervals(study, draws=REPLICATES), runs=1)


def _time_networkx(network: nx.Graph) -> float:
    return find_best(lambda: [score_by_networkx(network) for _ in range(10)], runs=1)


PARTS = {"mrqap": report_mrqap, "bootstrap": report_bootstrap}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
