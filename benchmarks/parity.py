"""Print the table of outside references for the network measures: source, figure, theirs, ours, difference.

    python benchmarks/parity.py          # Markdown, as it stands in docs/parity.md

Needs the reference tables that the tests use (a folder beside the repository; ``--golden`` names another).
"""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from parity_significance import check_backbones, check_bootstrap, check_permutations

from analysis.roles.blocks import measure_blocks
from analysis.roles.brokerage import ROLES, measure_brokerage
from analysis.roles.communities import find_communities
from analysis.roles.concor import find_blocks
from analysis.roles.core_periphery import find_core
from analysis.roles.hierarchy import measure_hierarchy
from analysis.roles.mixing import measure_mixing
from analysis.roles.modules import measure_modules
from analysis.roles.structural_holes import measure_structural_holes
from analysis.scores.centrality import measure_centrality
from analysis.scores.cores import measure_cores
from analysis.scores.opsahl import measure_opsahl

Row = tuple[str, str, Any, Any]
GOLDEN = Path(__file__).resolve().parents[2] / "shared" / "golden" / "network"
SNA = ("w_I_coordinator", "w_O_itinerant", "b_OI_gatekeeper", "b_IO_representative", "b_O_liaison")


def read_advice(folder: Path, level: int) -> nx.DiGraph:
    """Read who asks whom for information among 46 consultants, ties of at least ``level``."""
    edges = pd.read_csv(folder / "cross_parker_consulting_info_edges.csv")
    network = nx.DiGraph()
    network.add_nodes_from(pd.read_csv(folder / "cross_parker_consulting_nodes.csv")["node"])
    network.add_weighted_edges_from(edges[edges["w"] >= level].itertuples(index=False))
    return network


def check_borgatti(folder: Path) -> Iterator[Row]:
    facts = json.loads((folder / "small_expected.json").read_text("utf-8"))["borgatti1997"]
    network = nx.Graph()
    network.add_weighted_edges_from(facts["edges_w"])
    for weighted, suffix in ((False, "unw"), (True, "w")):
        table = measure_structural_holes(network, weighted=weighted)
        for column, name in (("constraint", "constraint"), ("effective_size", "effsize")):
            for node, value in facts[f"{name}_{suffix}"].items():
                weights = "weighted" if weighted else "unweighted"
                yield "Borgatti 1997 (printed)", f"{column}, {weights}, {node}", value, table.loc[node, column]


def check_advice(folder: Path) -> Iterator[Row]:
    expected = json.loads((folder / "cross_parker_info_nx_igraph.json").read_text("utf-8"))
    network = read_advice(folder, 1)
    table = measure_structural_holes(network).join(measure_centrality(network)["pagerank"])
    for column, key in (
        ("constraint", "constraint_directed_weighted"),
        ("effective_size", "effective_size_undirected_weighted"),
        ("pagerank", "pagerank_085_directed_weighted"),
    ):
        theirs = np.array([expected[key][str(node)] for node in network])
        yield "igraph, networkx: Cross-Parker", f"{column}, 46 nodes", theirs, table[column].to_numpy()


def check_eies(folder: Path) -> Iterator[Row]:
    edges = pd.read_csv(folder / "freeman_eies3_n32_edges.csv")
    tables = pd.read_csv(folder / "freeman_eies3_n32_tnet.csv")
    network = nx.DiGraph()
    network.add_nodes_from(range(1, 33))
    network.add_weighted_edges_from(edges.itertuples(index=False))
    for alpha in tables["alpha"].unique().tolist():
        table, ours = tables[tables["alpha"] == alpha], measure_opsahl(network, alpha=alpha)
        for column, name, scale in (
            ("opsahl_degree", "opsahl_out_degree", 1),
            ("betweenness", "opsahl_betweenness", 31 * 30),
        ):
            theirs = table[column].to_numpy()
            yield "tnet: Freeman EIES", f"{name}, alpha {alpha:g}, 32 nodes", theirs, ours[name].to_numpy() * scale


def check_brokerage(folder: Path) -> Iterator[Row]:
    facts = pd.read_csv(folder / "cross_parker_consulting_nodes.csv", index_col="node")
    for level in (1, 4):
        for by in ("region", "location"):
            expected = pd.read_csv(folder / f"brokerage_crossparker_ge{level}_{by}.csv", index_col="node")
            found = measure_brokerage(read_advice(folder, level), facts[by], permutations=0)
            ours = found.nodes[list(ROLES)].to_numpy().ravel()
            yield (
                "sna: Cross-Parker",
                f"brokerage, ties >= {level}, by {by}, 230 counts",
                expected[list(SNA)].to_numpy().ravel(),
                ours,
            )


def check_whole(folder: Path) -> Iterator[Row]:
    facts = pd.read_csv(folder / "cross_parker_consulting_nodes.csv", index_col="node")
    small = json.loads((folder / "small_expected.json").read_text("utf-8"))
    for level in (1, 4):
        network, key = read_advice(folder, level), f"ge{level}"
        for by in ("region", "location"):
            found = measure_mixing(network.to_undirected(), facts[by], permutations=0)
            theirs = small[f"crossparker_EI_{key}"][by]["EI"]
            yield "sna: Cross-Parker", f"E-I index, ties >= {level}, by {by}", theirs, found.ei_index
        names = ("density", "connectedness", "hierarchy", "efficiency_directed", "efficiency_symmetrised", "lubness")
        for name, value in zip(names, astuple(measure_hierarchy(network)), strict=True):
            yield "sna: Cross-Parker", f"Krackhardt {name}, ties >= {level}", small["krackhardt_sna"][key][name], value
        top = measure_hierarchy(network, bound="top").lubness
        name = f"Krackhardt lubness with bound=top, ties >= {level}"
        yield "sna: Cross-Parker", name, small["krackhardt_sna"][key]["lubness"], top


def check_karate(folder: Path) -> Iterator[Row]:
    club = nx.karate_club_graph()
    small = json.loads((folder / "small_expected.json").read_text("utf-8"))
    expected = json.loads((folder / "karate_guimera_amaral_bctpy061.json").read_text("utf-8"))
    for weighted, suffix in ((False, ""), (True, "_w")):
        table = measure_modules(club, dict(enumerate(expected["membership"])), weighted=weighted)
        for key, column in (("P", "participation"), ("z", "module_z")):
            name = f"{column}, {'weighted' if weighted else 'unweighted'}, 34 nodes"
            yield "bctpy: karate", name, np.array(expected[key + suffix]), table[column].to_numpy()
    best = find_communities(club, weighted=False)
    yield "exact optimum: karate", "modularity", small["karate_max_modularity_unweighted"], best.modularity
    yield "exact optimum: karate", "communities", 4, best.count
    cores = measure_cores(club)["core_number"]
    yield "igraph: karate", "highest core", small["karate_core_number_max"], cores.max()
    yield "igraph: karate", "nodes in it", small["karate_n_in_4core"], (cores == cores.max()).sum()
    families = nx.florentine_families_graph()
    for name, network in (("karate", club), ("florentine", families)):
        found, theirs = find_core(network), small[f"{name}_BE_anycore"]
        same = set(found.core.index[found.core]) == set(theirs["core"])
        yield (
            f"all splits or best known: {name}",
            f"core-periphery r, {'same core' if same else 'OTHER CORE'}",
            theirs["r"],
            found.correlation,
        )


def check_concor(folder: Path) -> Iterator[Row]:
    tables = json.loads((folder / "bank_wiring.json").read_text("utf-8"))
    small = json.loads((folder / "small_expected.json").read_text("utf-8"))["concor_bank_wiring"]
    networks = {}
    for name, rows in tables.items():
        people = [row[-1] for row in rows]
        ties = pd.DataFrame([row[:-1] for row in rows], index=people, columns=people)
        networks[name] = nx.from_pandas_adjacency(ties, create_using=nx.DiGraph)
    blocks = find_blocks(list(networks.values()), profile="received")
    ours = sorted(sorted(names) for names in blocks.groupby(blocks).groups.values())
    same = ours == sorted(sorted(names) for names in small["p2"])
    yield "concoR: bank wiring", "blocks that are equal, of 4", 4, 4 if same else 0
    density = measure_blocks(networks["Games"], blocks).density.to_numpy()
    yield "concoR: bank wiring", "density of games, 16 cells", np.array(small["density_Games_p2"]), density


CHECKS: tuple[Callable[[Path], Iterator[Row]], ...] = (
    check_borgatti,
    check_advice,
    check_eies,
    check_brokerage,
    check_whole,
    check_karate,
    check_concor,
    check_permutations,
    check_backbones,
    check_bootstrap,
)


def format_row(row: Row) -> str:
    """Return one line of the table; of many values the largest and the largest difference are shown."""
    source, figure, theirs, ours = row
    a, b = np.ravel(np.asarray(theirs, dtype=float)), np.ravel(np.asarray(ours, dtype=float))
    gap = float(np.abs(a - b).max())
    top = int(np.abs(a).argmax())
    return f"| {source} | {figure} | {a[top]:.10g} | {b[top]:.10g} | {gap:.1e} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--golden", type=Path, default=GOLDEN)
    folder = parser.parse_args().golden
    print("| source | figure | theirs | ours | largest difference |\n|---|---|---|---|---|")
    for check in CHECKS:
        for row in check(folder):
            print(format_row(row), flush=True)


if __name__ == "__main__":
    main()
