"""Polygons on an integer grid, packed into text."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from maps.page.shapes import GRID, Plane, build_plane, pack_rings, place_lines, place_rings

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
UNIT = Plane(0.0, 0.0, 1.0)


def unpack(text: str) -> list[list[tuple[int, int]]]:
    """Read what was packed; written from the description, not from the writer."""
    numbers, number, shift = [], 0, 0
    for letter in text:
        digit = ALPHABET.index(letter)
        number += (digit % 32) << shift
        shift += 5
        if digit < 32:
            numbers.append(-(number + 1) // 2 if number % 2 else number // 2)
            number = shift = 0
    rings, x, y, rest = [], 0, 0, iter(numbers)
    for count in rest:
        ring = []
        for _ in range(count):
            x, y = x + next(rest), y + next(rest)
            ring.append((x, y))
        rings.append(ring)
    return rings


def test_packing_by_hand() -> None:
    # count 2 -> 4 "E"; 0,0 -> "AA"; step 1,-1 -> zigzag 2,1 -> "CB".
    assert pack_rings([[(0, 0), (1, -1)]]) == "EAACB"
    # 16 -> zigzag 32 = 0 + 1 * 32 -> "g" (0 and more) then "B".
    assert pack_rings([[(16, 0)]]) == "CgBA"
    assert pack_rings([]) == ""


rings = st.lists(st.lists(st.tuples(st.integers(-40000, 40000), st.integers(-40000, 40000)), max_size=9), max_size=5)


@given(rings)
def test_packing_can_be_undone(given_rings: list[list[tuple[int, int]]]) -> None:
    assert unpack(pack_rings(given_rings)) == given_rings


def test_plane_scales_the_longer_side() -> None:
    plane = build_plane((1000.0, 500.0, 1000.0 + GRID * 3, 900.0))
    assert plane == Plane(1000.0, 500.0, 3.0)
    assert plane.place([[1000.0, 500.0], [1030.0, 503.0]]).tolist() == [[0, 0], [10, 1]]


def test_plane_of_one_point_has_a_step() -> None:
    assert build_plane((5.0, 5.0, 5.0, 5.0)).step == 1.0


def test_ring_is_open_and_without_repeats() -> None:
    square = shapely.Polygon([(0, 0), (0.2, 0.1), (4, 0), (4, 4), (0, 4)])
    assert place_rings(square, UNIT) == [[(0, 0), (4, 0), (4, 4), (0, 4)]]


def test_hole_is_a_ring_of_its_own() -> None:
    shape = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6))
    found = place_rings(shape, UNIT)
    assert [len(ring) for ring in found] == [4, 4]
    assert set(found[1]) == {(3, 3), (3, 6), (6, 6), (6, 3)}


def test_islet_below_the_grid_stays_and_such_a_hole_goes() -> None:
    islet = shapely.box(10.1, 10.1, 10.2, 10.2)
    pierced = shapely.box(0, 0, 5, 5).difference(shapely.box(2.1, 2.1, 2.2, 2.2))
    both = shapely.union_all([pierced, islet])
    found = place_rings(both, UNIT)
    assert len(found) == 2
    assert found[1] == [(10, 10), (11, 10), (11, 11), (10, 11)]


def test_flat_polygon_becomes_a_speck() -> None:
    sliver = shapely.Polygon([(0, 0), (5, 0.1), (9, 0)])
    assert len(place_rings(sliver, UNIT)[0]) == 4


def test_neighbours_still_share_their_border() -> None:
    one = shapely.Polygon([(0, 0), (3.4, 0.2), (3.7, 2.6), (0, 5)])
    other = shapely.Polygon([(3.4, 0.2), (9, 0), (9, 5), (3.7, 2.6)])
    (left,), (right,) = place_rings(one, UNIT), place_rings(other, UNIT)
    assert {(3, 0), (4, 3)} <= set(left) & set(right)


def test_points_and_lines_are_no_areas() -> None:
    mixed = shapely.GeometryCollection([shapely.Point(1, 1), shapely.box(0, 0, 2, 2)])
    assert len(place_rings(mixed, UNIT)) == 1


def test_lines_keep_their_parts() -> None:
    lines = shapely.MultiLineString([[(0, 0), (5, 5)], [(7, 7), (9, 7), (9, 9)]])
    assert place_lines(lines, UNIT) == [[(0, 0), (5, 5)], [(7, 7), (9, 7), (9, 9)]]
    assert place_lines(shapely.LineString([(0, 0), (0.1, 0.1)]), UNIT) == []


@pytest.mark.parametrize("step", [1.0, 316.3])
def test_error_of_the_grid_is_half_a_step(step: float) -> None:
    circle = shapely.Point(0, 0).buffer(500 * step)
    plane = Plane(-3.0, 8.0, step)
    ring = np.array(unpack(pack_rings(place_rings(circle, plane)))[0])
    back = ring * step + (plane.west, plane.south)
    known = shapely.get_coordinates(circle)[:-1]
    assert np.abs(back - known).max() <= step / 2 + 1e-9
