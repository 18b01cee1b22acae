"""Simplifying without tearing neighbours apart."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from geodata_samples import square

from geodata.china import read_layer
from geodata.simplify import simplify_coverage


def wavy(height: float = 0.002) -> list[tuple[float, float]]:
    """Return a border from (1, 0) to (1, 1) with 199 small waves."""
    return [(1 + height * (-1) ** i, i / 200) for i in range(1, 200)]


def two_regions() -> "pd.Series[Any]":
    left = shapely.Polygon([(0, 0), (1, 0), *wavy(), (1, 1), (0, 1)])
    right = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1), *wavy()[::-1]])
    return pd.Series({"left": left, "right": right})


def test_common_border_stays_common() -> None:
    before = two_regions()
    after = simplify_coverage(before, tolerance=0.02)
    assert shapely.coverage_is_valid(before.to_numpy())
    assert shapely.coverage_is_valid(after.to_numpy())
    assert shapely.get_num_coordinates(after["left"]) < shapely.get_num_coordinates(before["left"]) / 10
    assert after["left"].intersection(after["right"]).length == pytest.approx(1, rel=0.01)
    assert list(after.index) == ["left", "right"]


def test_zero_leaves_everything() -> None:
    before = two_regions()
    assert simplify_coverage(before, tolerance=0) is before


def test_nothing_to_simplify() -> None:
    empty = pd.Series(dtype=object)
    assert simplify_coverage(empty, tolerance=0.02).empty


def test_coordinates_are_rounded() -> None:
    shapes = pd.Series({"a": square(0.123456789, 10), "b": square(1.123456789, 10)})
    found = shapely.get_coordinates(simplify_coverage(shapes, tolerance=0.001).to_numpy())
    assert (found == np.round(found, 4)).all()
    finer = shapely.get_coordinates(simplify_coverage(shapes, tolerance=0.001, decimals=6).to_numpy())
    assert 0.123457 in finer


def test_small_islands_stay() -> None:
    island = shapely.Point(5, 5).buffer(0.001)  # 100 m, far smaller than the tolerance
    shapes = pd.Series({"a": shapely.MultiPolygon([square(0, 0), island]), "b": square(1, 0)})
    found = simplify_coverage(shapes, tolerance=0.05)
    assert shapely.get_num_geometries(found["a"]) == 2
    assert (shapely.area(shapely.get_parts(found["a"])) > 0).all()


def test_more_digits_where_four_would_crush_an_islet() -> None:
    islet = shapely.Point(5.00003, 5.00003).buffer(0.00002)  # 2 m: one point with four digits
    shapes = pd.Series({"a": shapely.MultiPolygon([square(0, 0), islet])})
    found = simplify_coverage(shapes, tolerance=0.001)
    assert shapely.is_valid(found["a"])
    assert shapely.get_num_geometries(found["a"]) == 2
    assert (shapely.area(shapely.get_parts(found["a"])) > 0).all()


def test_input_is_left_unchanged() -> None:
    before = two_regions()
    copy = before.copy()
    simplify_coverage(before, tolerance=0.02)
    assert all(one.equals_exact(other) for one, other in zip(before, copy, strict=True))


@pytest.mark.parametrize("level", ["province", "city"])
@pytest.mark.parametrize("tolerance", [0.01, 0.02, 0.05])
def test_china_stays_whole(level: str, tolerance: float) -> None:
    before = read_layer(level)
    after = simplify_coverage(before, tolerance=tolerance)
    shapes = after.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.get_num_geometries(shapes).sum() == shapely.get_num_geometries(before.to_numpy()).sum()
    assert (shapely.area(shapely.get_parts(shapes)) > 0).all()
    # no sliver between regions: the union has no more holes than the three lagoons of the source
    holes = [len(part.interiors) for part in shapely.get_parts(shapely.coverage_union_all(shapes))]
    assert sum(holes) <= 3
    change = shapely.area(shapes).sum() / shapely.area(before.to_numpy()).sum() - 1
    assert abs(change) < 0.001
