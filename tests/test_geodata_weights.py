"""Spatial weights: small cases by hand, faults, real regions, libpysal's form."""

from types import SimpleNamespace
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import regions
from geodata import (
    build_block_weights,
    build_contiguity_weights,
    build_decay_weights,
    build_distance_weights,
    build_dyad_weights,
    build_economic_weights,
    build_graph,
    build_nearest_weights,
    build_network_weights,
    measure_distances,
    mix_weights,
    normalise_weights,
    pair_islands,
    read_weights,
    select_weights,
)
from geodata.weights.normalisation import measure_radius
from regions.errors import MethodError

CODES = pd.Index(list("ABCD"))


def _square(rows: list[list[float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=CODES, columns=CODES, dtype=float)


STAR = _square([[0, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]])
KM = _square([[0, 100, 300, 700], [100, 0, 200, 600], [300, 200, 0, 400], [700, 600, 400, 0]])


def test_normalisations_by_hand() -> None:
    """The star of three has eigenvalues plus and minus the root of 2; D is an island."""
    rows = normalise_weights(STAR)
    assert rows.loc["A"].tolist() == [0, 0.5, 0.5, 0]
    assert rows.loc["D"].tolist() == [0, 0, 0, 0]
    assert read_weights(rows).islands == ("D",)
    assert normalise_weights(STAR, method="spectral").loc["A", "B"] == pytest.approx(2**-0.5, rel=1e-12)
    assert normalise_weights(STAR, method="min-max").loc["A", "B"] == 0.5
    assert normalise_weights(STAR, method="none").equals(STAR)


def test_min_max_takes_the_smaller_of_the_largest_sums() -> None:
    lopsided = _square([[0, 1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0], [2, 0, 0, 0]])
    assert normalise_weights(lopsided, method="min-max").loc["D", "A"] == 1.0  # rows 3, columns 2


def test_radius_of_many_regions_agrees_with_eigenvalues(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    cells = np.triu(rng.random((40, 40)) < 0.1, 1)
    codes = pd.Index([str(k) for k in range(40)])
    weights = read_weights(pd.DataFrame((cells | cells.T).astype(float), index=codes, columns=codes))
    exact = measure_radius(weights)
    monkeypatch.setattr("geodata.weights.normalisation._DENSE", 10)
    assert measure_radius(weights) == pytest.approx(exact, rel=1e-9)


def test_nearest_by_hand() -> None:
    one = build_nearest_weights(KM, k=1)
    assert one.to_numpy().argmax(axis=1).tolist() == [1, 0, 1, 2]
    two = build_nearest_weights(KM, k=2)
    assert two.loc["D"].tolist() == [0, 0.5, 0.5, 0]
    with pytest.raises(MethodError, match="between 1 and 3"):
        build_nearest_weights(KM, k=4)


def test_a_region_without_a_point_is_an_island() -> None:
    unknown = KM.copy()
    unknown.loc["D"] = unknown["D"] = np.nan
    assert read_weights(build_nearest_weights(unknown, k=1)).islands == ("D",)
    assert read_weights(build_distance_weights(unknown)).islands == ("D",)


def test_distance_and_decay_by_hand() -> None:
    power = build_distance_weights(KM, power=2, cutoff=350, normalisation="none")
    assert power.loc["A"].tolist() == pytest.approx([0, 1e-4, 1 / 9e4, 0])
    assert read_weights(power).islands == ("D",)
    decay = build_decay_weights(KM, half_life=100, cutoff=650, normalisation="none")
    assert decay.loc["B"].tolist() == pytest.approx([0.5, 0, 0.25, 2**-6])
    for wrong in ({"power": 0}, {"cutoff": -1}):
        with pytest.raises(MethodError, match="above 0"):
            build_distance_weights(KM, **wrong)
    with pytest.raises(MethodError, match="half-life"):
        build_decay_weights(KM, half_life=0)
    with pytest.raises(MethodError, match="link no two"):
        build_distance_weights(KM, cutoff=5)


def test_regions_at_one_point_count_as_a_kilometre_apart() -> None:
    assert build_distance_weights(KM * 0, normalisation="none").loc["A", "B"] == 1.0


def test_economic_distance_caps_equal_regions() -> None:
    """Differences 0, 1, 3, 1, 3, 2: median 1.5, so none counts as less than .075."""
    table = build_economic_weights(pd.Series([1.0, 1.0, 2.0, 4.0], index=CODES), normalisation="none")
    assert table.loc["A"].tolist() == pytest.approx([0, 1 / 0.075, 1, 1 / 3])
    with pytest.raises(MethodError, match="a value of: B, D"):
        build_economic_weights(pd.Series([1.0, np.nan, 2.0, np.nan], index=CODES))
    with pytest.raises(MethodError, match="half of the regions are equal"):
        build_economic_weights(pd.Series([1.0, 1.0, 1.0, 1.0], index=CODES))


def test_dyads_long_and_square() -> None:
    pairs = pd.DataFrame({"source": ["A", "B", "A"], "target": ["B", "C", "Q"], "minutes": [30, 60, 5]})
    table = build_dyad_weights(pairs, CODES, inverse=True, normalisation="none")
    assert table.loc["B"].tolist() == pytest.approx([1 / 30, 0, 1 / 60, 0])
    assert read_weights(table).islands == ("D",)
    square = build_dyad_weights(KM.loc[["A", "B"], ["A", "B"]], CODES, normalisation="none")
    assert square.loc["A", "B"] == 100
    assert read_weights(square).islands == ("C", "D")


def test_dyads_in_two_directions_keep_both() -> None:
    pairs = pd.DataFrame({"source": ["A", "B"], "target": ["B", "A"], "trade": [3.0, 5.0]})
    table = build_dyad_weights(pairs, CODES, normalisation="none")
    assert (table.loc["A", "B"], table.loc["B", "A"]) == (3, 5)


@pytest.mark.parametrize(
    ("values", "options", "message"),
    [
        ([1.0, 2.0], {}, "pairs stand twice, such as A-B"),
        ([1.0], {"column": "trains"}, "name the column of the pairs: value"),
        ([-1.0], {}, "0 or more"),
        ([0.0], {"inverse": True}, "above 0"),
    ],
)
def test_faults_of_dyads(values: list[float], options: dict[str, Any], message: str) -> None:
    pairs = pd.DataFrame({"source": "A", "target": "B", "value": values})
    with pytest.raises(MethodError, match=message):
        build_dyad_weights(pairs, CODES, **options)


def test_blocks_and_networks() -> None:
    groups = pd.Series(["x", "x", "x", None], index=CODES, name="circle")
    block = build_block_weights(groups)
    assert block.loc["A"].tolist() == [0, 0.5, 0.5, 0]
    assert read_weights(block).islands == ("D",)
    network = nx.DiGraph()
    network.add_weighted_edges_from([("A", "B", 2.0), ("A", "A", 9.0), ("Z", "A", 1.0)])
    table = build_network_weights(network, CODES, normalisation="none")
    assert table.loc["B", "A"] == 2.0  # the target is exposed to the source
    assert table.to_numpy().sum() == 2.0


def test_mixtures() -> None:
    one, other = normalise_weights(STAR), build_nearest_weights(KM, k=1)
    mixed = mix_weights({"a": one, "b": other}, {"a": 0.25, "b": 0.75})
    assert mixed.loc["A", "B"] == pytest.approx(0.25 * 0.5 + 0.75)
    with pytest.raises(MethodError, match="sum to 1"):
        mix_weights({"a": one, "b": other}, {"a": 0.5, "b": 0.6})
    with pytest.raises(MethodError, match="not the same names"):
        mix_weights({"a": one}, {"b": 1.0})
    with pytest.raises(MethodError, match="same regions"):
        mix_weights({"a": one, "b": one.loc[["A", "B"], ["A", "B"]]}, {"a": 0.5, "b": 0.5})


def test_reading_checks_every_cell() -> None:
    for cells, text in (
        ([[0, -1], [1, 0]], "1: A-B = -1"),
        ([[0, np.nan], [1, 0]], "A-B = nan"),
        ([[2, 1], [1, 0]], "A-A = 2"),
    ):
        with pytest.raises(MethodError, match=text):
            read_weights(pd.DataFrame(cells, index=["A", "B"], columns=["A", "B"], dtype=float))
    with pytest.raises(MethodError, match="look at: B, C"):
        read_weights(pd.DataFrame(np.zeros((2, 2)), index=["A", "B"], columns=["A", "C"]))
    with pytest.raises(MethodError, match="not dict"):
        read_weights({})
    wrong: Any = "rows"
    with pytest.raises(MethodError, match="one of row"):
        normalise_weights(STAR, method=wrong)


def test_a_graph_of_libpysal_is_read_by_its_form() -> None:
    graph = SimpleNamespace(sparse=sparse.coo_array(STAR.to_numpy()), unique_ids=CODES)
    assert read_weights(graph).to_frame().equals(STAR)


def test_a_graph_is_built_or_the_package_is_named() -> None:
    try:
        graph = build_graph(STAR)
    except MethodError as error:
        assert "pip install libpysal" in str(error)  # noqa: PT017 - either branch is right
    else:
        assert read_weights(graph).to_frame().equals(STAR)


def test_selection_keeps_the_order_asked_for() -> None:
    part = select_weights(STAR, pd.Index(["C", "A"]))
    assert part.to_frame().to_numpy().tolist() == [[0, 1], [1, 0]]
    with pytest.raises(MethodError, match="no region Q"):
        select_weights(STAR, pd.Index(["Q"]))


def test_china_by_borders() -> None:
    """Hainan touches nobody; the capital of Guangxi is nearest."""
    study = regions.load_study("china")
    table = build_contiguity_weights(study)
    assert read_weights(table).islands == ("460000",)
    joined = build_contiguity_weights(study, join_islands=True)
    assert read_weights(joined).islands == ()
    assert pair_islands(study) == [("460000", "450000")]  # between the capitals
    assert joined.sum(axis=1).tolist() == pytest.approx([1.0] * 31)
    assert (table.loc["310000"] > 0).sum() == 2  # Shanghai: Jiangsu and Zhejiang
    near = measure_distances(study)
    assert (build_nearest_weights(near) > 0).sum(axis=1).tolist() == [4] * 31


def test_rook_needs_polygons(folder: Any) -> None:
    study = regions.read_study(folder)
    with pytest.raises(MethodError, match="no polygons"):
        build_contiguity_weights(study, rule="rook")
