"""Mending one polygon at a time, and what rings make a polygon."""

import pytest
import shapely
from geodata_samples import square

from geodata.boundary_files.geojson import BadGeometryError, build_geometry
from geodata.repair import Place, check_range, measure_area_km2, repair, split_at_antimeridian
from regions.messages import Message
from regions.words import Words

PLACE = Place("a.geojson", 3, "320100")


def test_place_stands_in_the_message() -> None:
    fault = PLACE.fault(Message("E-GEOM", Words("no area", "没有面积")))
    assert fault.describe() == "a.geojson: feature 3 (320100): no area."
    assert fault.describe("zh") == "a.geojson：第 3 个要素（320100）：没有面积。"


def test_valid_polygon_is_handed_through() -> None:
    shape = square(0, 0)
    assert repair(shape, PLACE) == (shape, [])
    assert split_at_antimeridian(shape, PLACE) == (shape, [])
    assert check_range(shape, PLACE) is None


def test_overlapping_parts_become_one_not_a_hole() -> None:
    mended, (fault,) = repair(shapely.MultiPolygon([square(0, 0, 2), square(1, 1, 2)]), PLACE)
    assert fault.code == "W-INVALID"
    assert mended.area == pytest.approx(4 + 4 - 1)


def test_spike_is_cut_off() -> None:
    mended, (fault,) = repair(shapely.Polygon([(0, 0), (1, 0), (1, 1), (1, 5), (1, 1), (0, 1)]), PLACE)
    assert fault.code == "W-INVALID"
    assert mended.equals(square(0, 0))
    assert mended.geom_type == "Polygon"


def test_line_leaves_no_area() -> None:
    line = shapely.Polygon([(0, 0), (1, 0), (2, 0), (1, 0)])
    _, (fault,) = repair(line, PLACE)
    assert fault.code == "E-GEOM"


def test_area_on_the_ellipsoid() -> None:
    # a degree cell on the equator: 12 308.78 km2 on WGS84 (110.574 x 111.320 km, less the narrowing to 1 north)
    assert measure_area_km2(square(0, 0)) == pytest.approx(12_308.8, abs=0.5)
    assert measure_area_km2(shapely.MultiPolygon([square(0, 0), square(5, 0)])) == pytest.approx(2 * 12_308.8, abs=1)


@pytest.mark.parametrize(
    ("bounds", "code"),
    [
        ((0, 0, 180, 90), None),
        ((0, 0, 181, 1), "E-LATRANGE"),
        ((0, 0, 1, 91), "E-LATRANGE"),
        ((30, 100, 31, 101), "E-LATRANGE"),
        ((500_000, 3_000_000, 500_001, 3_000_001), "E-CRS"),
        ((0, 0, 1e9, 1), "E-LATRANGE"),
        ((0, 0, float("inf"), 1), "E-LATRANGE"),
    ],
)
def test_range(bounds: tuple[float, float, float, float], code: str | None) -> None:
    west, south, east, north = bounds
    fault = check_range(shapely.Polygon([(west, south), (east, south), (east, north), (west, north)]), PLACE)
    assert (fault.code if fault else None) == code


def test_part_that_crosses_is_cut_and_the_other_stays() -> None:
    crossing = shapely.Polygon([(178, 0), (-178, 0), (-178, 2), (178, 2)])
    whole = shapely.MultiPolygon([square(170, 0), crossing])
    found, (fault,) = split_at_antimeridian(whole, PLACE)
    assert fault.code == "W-ANTIMERIDIAN"
    assert found.area == pytest.approx(1 + 8)
    assert shapely.is_valid(found)
    assert shapely.get_num_geometries(found) == 3


def test_hole_across_the_antimeridian_stays_a_hole() -> None:
    shell = [(178, 0), (-178, 0), (-178, 4), (178, 4)]
    hole = [(179, 1), (-179, 1), (-179, 3), (179, 3)]
    found, _ = split_at_antimeridian(shapely.Polygon(shell, [hole]), PLACE)
    assert found.area == pytest.approx(16 - 4)
    assert not shapely.contains_xy(found, 179.5, 2)


def test_multi_polygon_of_one_is_a_polygon() -> None:
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    shape = build_geometry({"type": "MultiPolygon", "coordinates": [[ring]]})
    assert shape is not None
    assert shape.geom_type == "Polygon"


@pytest.mark.parametrize("nested", [[7], [[7]], [[[7]]], [[[[7]]]], [None], ["ring"]])
def test_nesting_of_multi_polygons(nested: object) -> None:
    with pytest.raises(BadGeometryError) as caught:
        build_geometry({"type": "MultiPolygon", "coordinates": nested})
    assert caught.value.fault.code == "E-GEOM"
    assert all(caught.value.fault.words)
