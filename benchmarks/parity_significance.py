"""Outside references for the tests of significance, as rows of the table that ``parity.py`` prints."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy import stats

from analysis.inference.backbone import find_backbone, measure_link_significance
from analysis.inference.bootstrap import measure_score_intervals
from analysis.inference.mrqap import measure_mrqap
from analysis.inference.qap import measure_qap
from regions import Study
from regions.words import Words

Row = tuple[str, str, Any, Any]

_RECORDS = 12


def read_pairs(folder: Path) -> dict[str, pd.DataFrame]:
    """Read who gives information to whom among 46 consultants, and what any two have in common."""
    nodes = pd.read_csv(folder / "cross_parker_consulting_nodes.csv", index_col="node")
    edges = pd.read_csv(folder / "cross_parker_consulting_info_edges.csv")
    table = edges.pivot_table(index="i", columns="j", values="w").reindex(index=nodes.index, columns=nodes.index)
    pairs = {"information": table.fillna(0.0)}
    for name in ("region", "location", "orglevel"):
        value = nodes[name].to_numpy()
        cells = np.abs(value[:, None] - value) if name == "orglevel" else value[:, None] == value
        pairs[name] = pd.DataFrame(cells.astype(float), nodes.index, nodes.index)
    return pairs


def check_permutations(folder: Path) -> Iterator[Row]:
    theirs = json.loads((folder.parent / "significance" / "mrqap_crossparker_sna.json").read_text("utf-8"))
    pairs = read_pairs(folder)
    outcome = pairs.pop("information")
    for name, key in (("region", "qap_cor"), ("location", "qap_cor_location"), ("orglevel", "qap_cor_orglevel")):
        yield "sna: Cross-Parker", f"QAP r, {name}", theirs[key], measure_qap(outcome, pairs[name], permutations=9).r
    fit = measure_mrqap(outcome, pairs, permutations=5000, seed=1)
    yield "sna: Cross-Parker", "MRQAP estimates, 4", theirs["coef"], [fit.constant, *fit.table["estimate"]]
    yield "sna: Cross-Parker", "MRQAP t, 4", theirs["tstat"], [fit.constant_t, *fit.table["t"]]
    yield "sna: Cross-Parker", "MRQAP r squared", theirs["r2"], fit.r_squared
    yield "sna: Cross-Parker", "MRQAP p, 3, by 5,000 draws each", theirs["pgreqabs"][1:], fit.table["p"].to_numpy()


def build_directed(table: pd.DataFrame) -> nx.DiGraph:
    """Build a network of the first three columns: source, target, weight."""
    network = nx.DiGraph()
    network.add_weighted_edges_from(table.iloc[:, :3].itertuples(index=False, name=None))
    return network


def pick_links(network: nx.Graph, ends: pd.DataFrame) -> pd.DataFrame:
    """Return the significance of the links in the order of ``ends`` (source, target)."""
    return measure_link_significance(network).set_index(["source", "target"]).loc[list(ends.itertuples(index=False))]


def check_backbones(folder: Path) -> Iterator[Row]:
    place = folder.parent / "significance"
    women = pd.read_csv(place / "davis_undirected_backboneR.csv")
    network = nx.Graph()
    network.add_weighted_edges_from(women[["i", "j", "w"]].itertuples(index=False, name=None))
    found = {
        frozenset(link[:2]): link[2]
        for link in measure_link_significance(network)[["source", "target", "alpha_disparity"]].itertuples(index=False)
    }
    ours = [found[frozenset(pair)] for pair in women[["i", "j"]].itertuples(index=False)]
    yield "backbone (R): Davis", f"disparity filter alpha, {len(ours)} links", women["p_disparity"].to_numpy(), ours
    value = pd.read_csv(place / "disparity_directed_backboneR.csv")
    network = build_directed(pd.read_csv(place / "cross_parker_consulting_value_edges.csv"))
    ours = pick_links(network, value[["i", "j"]])["alpha_disparity"].to_numpy()
    yield "backbone (R): Cross-Parker", f"disparity filter alpha, {len(ours)} links", value["p_disparity_min"], ours
    noise = pd.read_csv(place / "noise_corrected_crossparker_info.csv")
    network = build_directed(pd.read_csv(folder / "cross_parker_consulting_info_edges.csv"))
    table = pick_links(network, noise[["src", "trg"]].astype(int))
    for column, theirs in (("score_nc", "score"), ("error_nc", "sdev_mom"), ("p_nc", "p_binom")):
        name = f"noise-corrected {column}, {len(table)} links"
        yield "Coscia & Neffke, formulas: Cross-Parker", name, noise[theirs].to_numpy(), table[column].to_numpy()
    kept = find_backbone(network, method="noise_corrected", delta=1.64).number_of_edges()
    yield "Coscia & Neffke, formulas: Cross-Parker", "links kept at 1.64", 333, kept


def check_bootstrap(_folder: Path) -> Iterator[Row]:
    """Twelve records, half of them joint: the strength that is drawn is binomial, 12 times 1/2."""
    ids = ["a1", "a2", "b1"]
    study = Study(
        name="binomial",
        title=Words("Binomial", "二项"),
        regions=pd.DataFrame({"name": ["A", "B"], "name_zh": ["甲", "乙"]}, index=pd.Index(["A", "B"], name="code")),
        surroundings=pd.DataFrame({"name": []}, index=pd.Index([], name="code", dtype=str)),
        unit_of=pd.Series({"A": "A", "B": "B"}),
        actors=pd.DataFrame({"region": ["A", "A", "B"]}, index=pd.Index(ids, name="id")),
        records=pd.DataFrame(
            [(f"r{i}", actor) for i in range(_RECORDS) for actor in ("a1", "b1" if i % 2 else "a2")],
            columns=["record", "actor"],
        ),
    )
    table = measure_score_intervals(study, draws=20_000, level=0.9).set_index(["measure", "code"])
    row = table.loc["strength", "A"]
    theirs = stats.binom.ppf([0.05, 0.95], _RECORDS, 0.5)
    yield "closed form: binomial", "bootstrap, 5 and 95 % of strength", theirs, [row["low"], row["high"]]
