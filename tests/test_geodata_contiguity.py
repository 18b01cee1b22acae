"""Which regions share a border."""

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from geodata_samples import build_study, square, write_layer

from geodata import find_islands, find_neighbours, measure_contiguity, read_boundaries
from regions import MethodError, load_study

# The land neighbours of the 31 provinces of mainland China, from a school atlas; 68 pairs
ATLAS = {
    "110000": "120000 130000",
    "120000": "130000",
    "130000": "140000 150000 210000 370000 410000",
    "140000": "150000 410000 610000",
    "150000": "210000 220000 230000 610000 620000 640000",
    "210000": "220000",
    "220000": "230000",
    "310000": "320000 330000",
    "320000": "330000 340000 370000",
    "330000": "340000 350000 360000",
    "340000": "360000 370000 410000 420000",
    "350000": "360000 440000",
    "360000": "420000 430000 440000",
    "370000": "410000",
    "410000": "420000 610000",
    "420000": "430000 500000 610000",
    "430000": "440000 450000 500000 520000",
    "440000": "450000",
    "450000": "520000 530000",
    "500000": "510000 520000 610000",
    "510000": "520000 530000 540000 610000 620000 630000",
    "520000": "530000",
    "530000": "540000",
    "540000": "630000 650000",
    "610000": "620000 640000",
    "620000": "630000 640000 650000",
    "630000": "650000",
}


def layer(**shapes: shapely.Geometry | None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(shapes.values()), index=list(shapes), crs="EPSG:4326")


def pairs(found: pd.DataFrame | None) -> list[tuple[str, str]]:
    assert found is not None
    return list(zip(found["source"], found["target"], strict=True))


GRID = {"NW": square(0, 1), "NE": square(1, 1), "SW": square(0, 0), "SE": square(1, 0)}


def test_queen_counts_the_corner() -> None:
    found = measure_contiguity(layer(**GRID))
    assert pairs(found) == [("NE", "NW"), ("NE", "SE"), ("NE", "SW"), ("NW", "SE"), ("NW", "SW"), ("SE", "SW")]
    assert found.set_index(["source", "target"])["shared_km"]["NE", "SW"] == 0


def test_rook_does_not() -> None:
    found = measure_contiguity(layer(**GRID), rule="rook")
    assert pairs(found) == [("NE", "NW"), ("NE", "SE"), ("NW", "SW"), ("SE", "SW")]


def test_shared_border_in_km() -> None:
    found = measure_contiguity(layer(**GRID)).set_index(["source", "target"])["shared_km"]
    assert found["SE", "SW"] == pytest.approx(110.574, abs=0.001)  # a degree of meridian at the equator (WGS84)
    assert found["NW", "SW"] == pytest.approx(111.3, abs=0.01)  # a degree along 1 north


def test_source_before_target_whatever_the_order_of_rows() -> None:
    assert pairs(measure_contiguity(layer(b=square(0, 0), a=square(1, 0)))) == [("a", "b")]
    table = measure_contiguity(layer(b=square(0, 0), a=square(1, 0)))
    assert list(table.columns) == ["source", "target", "shared_km"]


def test_islands_stand_in_no_pair_and_are_named() -> None:
    found = measure_contiguity(layer(**GRID, island=square(5, 5)))
    assert "island" not in {*found["source"], *found["target"]}
    assert find_islands(found, ["SE", "island", "NW"]) == ["island"]


def test_gap_within_the_tolerance_is_no_gap() -> None:
    near = layer(a=square(118, 30), b=shapely.box(119 + 1e-9, 30, 120, 31))
    found = measure_contiguity(near)
    assert pairs(found) == [("a", "b")]
    assert found["shared_km"][0] == pytest.approx(110.86, abs=0.01)  # a degree of meridian at 30.5 north
    assert pairs(measure_contiguity(near, rule="rook")) == [("a", "b")]
    assert measure_contiguity(near, tolerance=1e-12).empty


def test_gap_beyond_the_tolerance_is_a_gap() -> None:
    apart = layer(a=square(118, 30), b=shapely.box(119.001, 30, 120, 31))
    assert measure_contiguity(apart).empty
    assert len(measure_contiguity(apart, tolerance=0.01)) == 1


def test_corner_within_the_tolerance_is_no_rook_neighbour() -> None:
    corner = layer(a=square(0, 0), b=square(1 + 1e-9, 1 + 1e-9), c=square(1 + 1e-9, 0))
    assert ("a", "b") in pairs(measure_contiguity(corner))
    assert ("a", "b") not in pairs(measure_contiguity(corner, rule="rook"))
    assert ("a", "c") in pairs(measure_contiguity(corner, rule="rook"))


def test_overlapping_regions_are_neighbours() -> None:
    found = measure_contiguity(layer(a=shapely.box(118, 30, 119, 31), b=shapely.box(118.9, 30, 119.9, 31)))
    assert pairs(found) == [("a", "b")]
    assert found["shared_km"][0] > 110


def test_unmatched_vertices_give_the_same_border() -> None:
    # the long side of `a` has no vertex where `b` and `c` meet: not a coverage vertex by vertex
    found = measure_contiguity(layer(a=shapely.box(0, 0, 1, 2), b=square(1, 0), c=square(1, 1)))
    assert pairs(found) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found["shared_km"].to_list() == pytest.approx([110.574, 110.576, 111.3], abs=0.01)


def test_border_in_several_pieces_and_several_parts() -> None:
    two = shapely.MultiPolygon([square(1, 0), square(-1, 0)])
    found = measure_contiguity(layer(a=square(0, 0), b=two))
    assert found["shared_km"].to_list() == pytest.approx([2 * 110.574], abs=0.001)


def test_enclave_and_its_host() -> None:
    host = shapely.box(0, 0, 3, 3).difference(square(1, 1))
    found = measure_contiguity(layer(host=host, enclave=square(1, 1)))
    assert found["shared_km"].to_list() == pytest.approx([2 * 110.58 + 111.3 + 111.25], abs=0.05)


def test_regions_without_polygon_have_no_neighbours() -> None:
    assert pairs(measure_contiguity(layer(a=square(0, 0), b=None, c=square(1, 0), d=shapely.Polygon()))) == [("a", "c")]


@pytest.mark.parametrize("shapes", [{}, {"a": square(0, 0)}, {"a": square(0, 0), "b": square(5, 0)}])
def test_no_pairs_keep_the_columns(shapes: dict[str, shapely.Polygon]) -> None:
    found = measure_contiguity(layer(**shapes))
    assert found.empty
    assert list(found.columns) == ["source", "target", "shared_km"]


def test_unknown_rule_and_bad_tolerance() -> None:
    with pytest.raises(MethodError, match=r"'bishop'.*queen, rook"):
        measure_contiguity(layer(**GRID), rule="bishop")  # type: ignore[arg-type]
    for bad in (-1.0, float("nan")):
        with pytest.raises(MethodError, match="must be 0 or more degrees"):
            measure_contiguity(layer(**GRID), tolerance=bad)


def test_stated_neighbours_come_first() -> None:
    table = pd.DataFrame({"source": ["B", "A", "A"], "target": ["C", "B", "X"]}, dtype="str")
    study = build_study({"A": (0, 0), "B": (1, 0), "C": (9, 0)}, boundaries="/nowhere.geojson")
    assert pairs(find_neighbours(replace(study, neighbours=table))) == [("A", "B"), ("B", "C")]  # X is no unit


def test_neighbours_from_the_users_file(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "own.geojson", {"A": square(0, 0), "B": square(1, 0), "X": square(2, 0)})
    study = build_study({"A": (0.5, 0.5), "B": (1.5, 0.5)}, around={"X": (2.5, 0.5)}, boundaries=path)
    found = find_neighbours(study)
    assert pairs(found) == [("A", "B")]
    assert found is not None
    assert list(found.columns) == ["source", "target"]


def test_not_knowing_is_not_having_none() -> None:
    assert find_neighbours(build_study({"A": (0, 0), "B": (1, 0)})) is None


@pytest.fixture(scope="module")
def provinces() -> pd.DataFrame:
    boundaries = read_boundaries(load_study("china"), tolerance=0)
    assert boundaries is not None
    return measure_contiguity(boundaries)


@pytest.fixture(scope="module")
def cities() -> pd.DataFrame:
    boundaries = read_boundaries(load_study("china-cities"), tolerance=0)
    assert boundaries is not None
    return measure_contiguity(boundaries)


def test_provinces_as_in_the_atlas(provinces: pd.DataFrame) -> None:
    atlas = {(one, other) for one, others in ATLAS.items() for other in others.split()}
    assert len(atlas) == 68
    special = {("440000", "810000"), ("440000", "820000")}  # Hong Kong and Macao border on Guangdong
    assert set(pairs(provinces)) == atlas | special


def test_islands_of_the_provinces(provinces: pd.DataFrame) -> None:
    boundaries = read_boundaries(load_study("china"))
    assert boundaries is not None
    assert find_islands(provinces, boundaries.index) == ["460000", "710000"]  # Hainan, Taiwan


def test_length_of_known_borders(provinces: pd.DataFrame) -> None:
    shared = provinces.set_index(["source", "target"])["shared_km"]
    # generalised borders are shorter than surveyed ones: Hebei surrounds Beijing with some 800 km
    assert 500 < shared["110000", "130000"] < 900
    assert 20 < shared["440000", "810000"] < 60  # the land border of Hong Kong is about 30 km


def test_cities(cities: pd.DataFrame) -> None:
    found = set(pairs(cities))
    assert {("320500", "330400"), ("310000", "320500"), ("310000", "330400")} <= found  # Suzhou, Jiaxing, Shanghai
    assert ("320100", "340500") in found  # Nanjing and Ma'anshan, across the border of provinces
    assert ("320500", "331000") not in found
    codes = load_study("china-cities").regions.index
    assert find_islands(cities, codes) == ["330900", "460300"]  # Zhoushan and Sansha


def test_cities_border_only_where_their_provinces_do(cities: pd.DataFrame, provinces: pd.DataFrame) -> None:
    upper = {frozenset((one, other)) for one, other in pairs(provinces)}
    crossing = {frozenset((a[:2] + "0000", b[:2] + "0000")) for a, b in pairs(cities) if a[:2] != b[:2]}
    assert crossing == upper


@pytest.mark.parametrize("name", ["china", "china-cities", "yangtze-delta", "northeast"])
def test_embedded_neighbours_are_those_of_the_boundaries(name: str) -> None:
    study = load_study(name)
    assert study.neighbours is not None
    measured = find_neighbours(replace(study, neighbours=None))
    assert pairs(find_neighbours(study)) == pairs(measured)
