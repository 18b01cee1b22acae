import json
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from analysis.roles.modules import measure_modules, name_roles
from regions import MethodError


def test_two_pairs_and_a_bridge_by_hand() -> None:
    """Links a - b of weight 3 in one group, c - d in the other, b - c of weight 1, e alone in a third."""
    network = nx.Graph([("a", "b", {"weight": 3}), ("c", "d", {"weight": 3}), ("b", "c", {"weight": 1})])
    network.add_node("e")
    table = measure_modules(network, {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3})
    b = 1 - (3 / 4) ** 2 - (1 / 4) ** 2
    assert table["participation"].to_numpy() == pytest.approx([0, b, b, 0, np.nan], nan_ok=True)
    assert table["module_z"].tolist() == [0] * 5  # a and b are alike inside
    assert table["module_role"].tolist() == ["R1", "R2", "R2", "R1", ""]
    plain = measure_modules(network, {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3}, weighted=False)
    assert plain.loc["b", "participation"] == 0.5


def test_star_in_one_group() -> None:
    table = measure_modules(nx.star_graph(9), dict.fromkeys(range(10), "x"))
    assert (table["participation"] == 0).all()
    assert table["module_z"].tolist() == pytest.approx([3] + [-1 / 3] * 9)  # 9 against mean 1.8, sd 2.4
    assert table["module_role"].tolist() == ["R5"] + ["R1"] * 9


def test_direction_is_added_up() -> None:
    both = measure_modules(nx.DiGraph([(0, 1), (1, 0), (2, 0)]), {0: "a", 1: "a", 2: "b"})
    assert both["participation"].tolist() == pytest.approx([1 - (4 + 1) / 9, 0, 0])


def test_limits_of_the_roles() -> None:
    participation = np.array([0.05, 0.051, 0.62, 0.7, 0.81, 0.3, 0.31, 0.75, 0.76, np.nan])
    z = np.array([0.0, 2.49, 0, 0, 0, 2.5, 3, 3, 3, 9])
    assert name_roles(participation, z) == ["R1", "R2", "R2", "R3", "R4", "R5", "R6", "R6", "R7", ""]


def test_a_node_without_a_group_is_named() -> None:
    with pytest.raises(MethodError, match=r"2 node\(s\) have no group, first: 1, 2"):
        measure_modules(nx.path_graph(3), {0: "a", 1: float("nan")})


def test_groups_may_be_a_series_of_mixed_labels() -> None:
    table = measure_modules(nx.path_graph(3), pd.Series(["a", 1, "a"]))
    assert table["participation"].tolist() == [0, 0, 0]


@pytest.mark.parametrize(("weighted", "suffix"), [(False, ""), (True, "_w")])
def test_karate_as_computed_by_bctpy(golden: Callable[[str], Path], weighted: bool, suffix: str) -> None:
    expected = json.loads(golden("network/karate_guimera_amaral_bctpy061.json").read_text("utf-8"))
    table = measure_modules(nx.karate_club_graph(), dict(enumerate(expected["membership"])), weighted=weighted)
    assert table["participation"].to_numpy() == pytest.approx(expected[f"P{suffix}"], abs=1e-12)
    assert table["module_z"].to_numpy() == pytest.approx(expected[f"z{suffix}"], abs=1e-12)


def test_karate_by_its_published_figures() -> None:
    club = nx.karate_club_graph()
    first = [1] * 9 + [2] + [1] * 4 + [2, 2, 1, 1, 2, 1, 2, 1] + [2] * 12
    table = measure_modules(club, dict(enumerate(first)), weighted=False)
    assert table.loc[0, "participation"] == 0.1171875
    assert table.loc[0, "module_z"] == pytest.approx(3.3465326, abs=1e-7)
