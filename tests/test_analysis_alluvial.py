import networkx as nx
import pytest
from many_samples import make_series

from analysis.dynamics.alluvial import measure_alluvial
from analysis.dynamics.temporal import ONE_YEAR
from regions import MethodError


def test_alluvial_by_hand() -> None:
    groups = {2000: [{"A", "B"}, {"C", "D"}], 2001: [{"A", "B", "C"}, {"D"}], 2002: [{"D", "C"}, {"A"}, {"B"}]}
    series = make_series([], [], [])
    for year, network in series.items():
        network.graph["year"] = year
    table = measure_alluvial(series, lambda network: groups[network.graph["year"]]).table
    rows = [tuple(row) for row in table.itertuples(index=False)]
    # 2001: A, B, C keep number 1, D keeps 2. 2002: A or B keeps 1 (A, listed first), C and D keep 2, B is new: 3.
    assert rows == [
        (2000, 1, 2001, 1, 2, 1.0, "A B"),
        (2000, 2, 2001, 1, 1, 0.5, "C"),
        (2000, 2, 2001, 2, 1, 0.5, "D"),
        (2001, 1, 2002, 1, 1, 1 / 3, "A"),
        (2001, 1, 2002, 2, 1, 1 / 3, "C"),
        (2001, 1, 2002, 3, 1, 1 / 3, "B"),
        (2001, 2, 2002, 2, 1, 1.0, "D"),
    ]


def test_alluvial_takes_labels_and_checks_them() -> None:
    series = make_series([("A", "B", 1.0)], [("C", "D", 1.0)])
    table = measure_alluvial(series, lambda network: dict.fromkeys(network, "all")).table
    assert table[["community", "next_community", "regions", "share"]].to_numpy().tolist() == [[1, 1, 4, 1]]
    assert len(measure_alluvial(series, nx.connected_components).table) > 1
    for faulty in ([{"A"}], [{"A", "B", "C", "D"}, {"A"}]):
        with pytest.raises(MethodError, match="every region"):
            measure_alluvial(series, lambda _, faulty=faulty: faulty)


def test_one_year_flows_nowhere() -> None:
    found = measure_alluvial(make_series([("A", "B", 1.0)]), nx.connected_components)
    assert found.table.empty
    assert found.notes == (ONE_YEAR,)


def test_regions_may_come_and_go() -> None:
    """A network without D in the first year: D flows from nowhere."""
    series = make_series([("A", "B", 1.0)], [("A", "B", 1.0)])
    series[2000].remove_node("D")
    table = measure_alluvial(series, nx.connected_components).table
    assert sorted(" ".join(table["codes"]).split()) == ["A", "B", "C"]
