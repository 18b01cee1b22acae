"""The partners and associates of a law firm (Lazega 2001): who asks whom, works with whom, is a friend of whom."""

import networkx as nx
import numpy as np
import pandas as pd
from conftest import DATA

FOLDER = DATA / "golden" / "network"
KINDS = ["advice", "cowork", "friends"]


def read_people() -> pd.DataFrame:
    """Status, office, practice and seniority of 71 lawyers."""
    return pd.read_csv(FOLDER / "lazega_nodes.csv", index_col="node")


def read_firm(least: int = 1, *, kinds: list[str] = KINDS) -> nx.DiGraph:
    """Links weighted by how many of the kinds of relation a person names, those of at least ``least``."""
    edges = pd.read_csv(FOLDER / "lazega_edges.csv")
    network = nx.DiGraph()
    network.add_nodes_from(read_people().index)
    weights = edges[kinds].sum(axis=1)
    kept = edges.assign(w=weights)[weights >= least]
    network.add_weighted_edges_from(kept[["i", "j", "w"]].itertuples(index=False, name=None))
    return network


def read_figures() -> pd.DataFrame:
    """Return what R sna and igraph compute of every lawyer."""
    return pd.read_csv(FOLDER / "lazega_sna.csv", index_col="node")


def read_tables() -> dict[str, pd.DataFrame]:
    """Square tables: the relations, and what any two lawyers have in common."""
    people = read_people()
    relations = nx.to_pandas_adjacency(read_firm())
    years = people["seniority"].to_numpy()
    tables = {"seniority": np.abs(years[:, None] - years)}
    for name in ("office", "practice"):
        column = people[name].to_numpy()
        tables[name] = column[:, None] == column
    frames = {name: pd.DataFrame(cells.astype(float), people.index, people.index) for name, cells in tables.items()}
    return {"relations": relations, **frames}
