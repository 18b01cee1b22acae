import networkx as nx
import numpy as np
import pandas as pd
import pytest

from analysis.inference.matrices import build_matrix, stack_matrices
from regions import MethodError


def make_table(labels: str = "ABCD", *, seed: int = 0) -> pd.DataFrame:
    values = np.random.default_rng(seed).normal(size=(len(labels), len(labels)))
    return pd.DataFrame(values, index=list(labels), columns=list(labels))


def test_matrix_of_a_network() -> None:
    network = nx.DiGraph()
    network.add_nodes_from("CAB")
    network.add_edge("A", "B", weight=2)
    network.add_edge("B", "C")
    network.add_edge("B", "B", weight=5)
    matrix = build_matrix(network)
    assert list(matrix.index) == list(matrix.columns) == list("CAB")
    assert matrix.loc["A", "B"] == 2
    assert matrix.loc["B", "C"] == 1
    assert matrix.to_numpy().sum() == 3
    pd.testing.assert_frame_equal(build_matrix(network.to_undirected()), matrix + matrix.T, check_dtype=False)


def test_tables_are_matched_by_label() -> None:
    first, second = make_table(), make_table(seed=1)
    straight = stack_matrices({"a": first, "b": second})
    turned = stack_matrices({"a": first, "b": second.loc[list("DBCA"), list("CADB")]})
    np.testing.assert_array_equal(straight.stack, turned.stack)
    assert straight.stack[0, 1, 1] == second.loc["A", "B"]
    assert (straight.stack[range(4), range(4)] == 0).all()
    assert straight.names == ("a", "b")


def test_symmetric_tables_give_each_pair_once() -> None:
    first = make_table()
    one, both = stack_matrices({"a": first + first.T}), stack_matrices({"a": first + first.T, "b": first})
    assert (one.directed, len(one.list_cells()[0])) == (False, 6)
    assert (both.directed, len(both.list_cells()[0])) == (True, 12)


def test_the_diagonal_may_be_missing() -> None:
    table = make_table()
    holes = table.where(~np.eye(4, dtype=bool))
    assert np.isfinite(stack_matrices({"a": holes}).stack).all()
    assert holes.isna().to_numpy().sum() == 4


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (make_table("ABCE"), "'b' are not those of the first"),
        (make_table("ABCDE"), "'b' are not those of the first"),
        (make_table("ABCC"), "'b' are not those of the first"),
        (make_table().rename(columns={"A": "Z"}), "columns of 'b' are not"),
        (make_table().mask(make_table() == make_table().loc["C", "B"]), "no finite value for 'C' - 'B' \\(1 such"),
        (make_table() * np.inf, "no finite value for 'A' - 'B' \\(12 such"),
    ],
)
def test_faulty_tables_are_named(table: pd.DataFrame, message: str) -> None:
    with pytest.raises(MethodError, match=message):
        stack_matrices({"a": make_table(), "b": table})


def test_three_regions_are_too_few() -> None:
    with pytest.raises(MethodError, match="at least 4 regions; got 3"):
        stack_matrices({"a": make_table("ABC")})
