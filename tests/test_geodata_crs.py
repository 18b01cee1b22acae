"""Choice of a projection, and projecting."""

import math

import numpy as np
import pytest
import shapely
from geodata_samples import square

from geodata import choose_projection, project, project_points
from geodata.crs import to_degrees
from regions import MethodError, StudyError

CHINA = (73.5, 18.0, 135.1, 53.6)


def number(projection: str, name: str) -> float:
    parts = dict(part.lstrip("+").split("=") for part in projection.split() if "=" in part)
    return float(parts[name])


def test_standard_parallels_are_a_sixth_inside() -> None:
    found = choose_projection((100.0, 20.0, 120.0, 50.0))
    assert found.startswith("+proj=aea ")
    assert number(found, "lat_1") == 25
    assert number(found, "lat_2") == 45
    assert number(found, "lat_0") == 35
    assert number(found, "lon_0") == 110


def test_southern_hemisphere() -> None:
    found = choose_projection((-75.0, -55.0, -53.0, -21.0))
    assert found.startswith("+proj=aea ")
    assert number(found, "lat_1") < number(found, "lat_2") < 0


@pytest.mark.parametrize("bounds", [(10.0, -12.0, 30.0, 12.0), (10.0, -12.2, 30.0, 12.0), (9.0, 0.0, 9.0, 0.0)])
def test_symmetric_about_the_equator_is_a_cylinder(bounds: tuple[float, float, float, float]) -> None:
    found = choose_projection(bounds)
    assert found.startswith("+proj=cea ")
    assert np.isfinite(project_points([10.0], [5.0], found)).all()


@pytest.mark.parametrize(
    "bounds", [(-180.0, -90.0, 180.0, 90.0), (-180.0, -20.0, 179.0, 80.0), (-10.0, 0.0, 175.0, 60.0)]
)
def test_wider_than_half_the_earth_is_equal_earth(bounds: tuple[float, float, float, float]) -> None:
    assert choose_projection(bounds).startswith("+proj=eqearth ")


def test_across_the_antimeridian() -> None:
    found = choose_projection((177.0, -20.0, -178.0, -12.0))
    assert number(found, "lon_0") == 179.5
    west, east = project_points([179.0, -179.0], [-16.0, -16.0], found)
    assert east[0] - west[0] == pytest.approx(214_000, rel=0.01)  # two degrees at 16 south, not 358


def test_middle_beyond_the_antimeridian_comes_back_into_range() -> None:
    assert number(choose_projection((170.0, 50.0, -130.0, 70.0)), "lon_0") == -160


def test_one_point_and_a_village() -> None:
    for bounds in ((121.0, 31.0, 121.0, 31.0), (121.0, 31.0, 121.001, 31.001)):
        metres = project_points([121.0], [31.0], choose_projection(bounds))
        assert np.abs(metres).max() < 100


@pytest.mark.parametrize(
    "bounds",
    [
        (math.nan, 0.0, 1.0, 1.0),
        (0.0, 0.0, math.inf, 1.0),
        (0.0, 10.0, 1.0, 5.0),
        (0.0, 0.0, 200.0, 1.0),
        (13107930.0, 3311770.0, 13163590.0, 3367430.0),
    ],
)
def test_what_is_no_extent_is_refused(bounds: tuple[float, float, float, float]) -> None:
    with pytest.raises(MethodError, match="no extent in degrees"):
        choose_projection(bounds)


@pytest.mark.parametrize("bounds", [CHINA, (10.0, -12.0, 30.0, 12.0), (-180.0, -90.0, 180.0, 90.0)])
def test_areas_are_true(bounds: tuple[float, float, float, float]) -> None:
    # one degree cell on the ellipsoid, 40 to 41 north: 9 458.4 km2 by the closed formula of the zone below
    cell = shapely.segmentize(square(20.0, 40.0) if bounds[0] < 20 else square(100.0, 40.0), 0.01)
    flat = project([cell], choose_projection(bounds))[0]
    assert flat.area / 1e6 == pytest.approx(cell_km2(40.0), rel=1e-4)  # chords for arcs: (0.01 degree)^2 / 8


def cell_km2(south: float) -> float:
    """Area of a degree cell on WGS84: b^2/2 [sin/(1-e^2 sin^2) + artanh(e sin)/e] times the angle."""
    e2 = 0.00669437999014
    e, b = math.sqrt(e2), 6356.752314245

    def zone(lat: float) -> float:
        s = math.sin(math.radians(lat))
        return b**2 / 2 * (s / (1 - e2 * s**2) + math.atanh(e * s) / e)

    return math.radians(1) * (zone(south + 1) - zone(south))


def test_official_look_of_china() -> None:
    # Albers 25/47, meridian 105, by hand on a sphere: n = (sin 25 + sin 47)/2 = .5770, rho = 6371 sqrt(1.3091 -
    # 2 n sin 39.9)/n = 8329 km, x = rho sin(11.4 n) = 954 km; the ellipsoid differs by some per mille
    albers = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m +no_defs"
    metres = project_points([105.0, 116.4], [36.0, 39.9], albers)
    assert metres[0, 0] == pytest.approx(0, abs=1e-6)
    assert metres[1, 0] == pytest.approx(954_000, rel=0.004)


def test_shapes_keep_order_and_none() -> None:
    shapes = np.array([square(100, 30), None, shapely.Point(101, 31)], dtype=object)
    found = project(shapes, choose_projection(CHINA))
    assert found.shape == (3,)
    assert found[0].geom_type == "Polygon"
    assert found[1] is None
    assert found[2].geom_type == "Point"
    assert shapes[0].bounds == (100, 30, 101, 31)


def test_no_shapes_at_all() -> None:
    assert project(np.array([], dtype=object), choose_projection(CHINA)).shape == (0,)
    assert project_points([], [], choose_projection(CHINA)).shape == (0, 2)


def test_unknown_point_stays_unknown() -> None:
    found = project_points([100.0, math.nan], [30.0, 30.0], choose_projection(CHINA))
    assert np.isfinite(found[0]).all()
    assert np.isnan(found[1]).all()


def test_nonsense_projection_is_refused() -> None:
    with pytest.raises(MethodError, match="'\\+proj=nonsense' is not understood"):
        project_points([100.0], [30.0], "+proj=nonsense")


def test_point_out_of_reach_is_named() -> None:
    gnomonic = "+proj=gnom +lat_0=0 +lon_0=0 +datum=WGS84 +units=m"
    with pytest.raises(MethodError, match=r"1 point\(s\) lie outside.*170\.0, 0\.0"):
        project_points([0.0, 170.0], [0.0, 0.0], gnomonic)


@pytest.mark.parametrize(
    "crs",
    [
        "+proj=longlat +nadgrids=/etc/passwd",
        "+proj=longlat +geoidgrids = http://127.0.0.1:9/x.tif",
        "+init=/etc/passwd:1",
        'GEOGCRS["x",PARAMETERFILE["grid","/etc/passwd"]]',
        "nothing at all",
    ],
)
def test_the_system_of_a_file_may_not_name_another_file(crs: str) -> None:
    with pytest.raises(StudyError) as caught:
        to_degrees([shapely.Point(0, 0)], crs, "a.shp")
    assert [fault.code for fault in caught.value.faults] == ["E-CRS"]


def test_the_grid_that_means_none_is_none() -> None:
    """Web Mercator is written so by many programs."""
    mercator = "+proj=merc +a=6378137 +b=6378137 +nadgrids=@null +wktext +no_defs"
    (point,), (fault,) = to_degrees([shapely.Point(111319.490793, 0)], mercator, "a.shp")
    assert point is not None
    assert point.x == pytest.approx(1.0, abs=1e-9)
    assert fault.code == "W-CRS"


@pytest.mark.parametrize("crs", ["EPSG:4326", "OGC:CRS84"])
def test_degrees_stay_as_they_are_and_what_is_absent_stays_absent(crs: str) -> None:
    shapes = [shapely.Point(118, 32), None]
    assert to_degrees(shapes, crs, "a.shp") == (shapes, [])


def test_a_file_that_names_no_system_is_said() -> None:
    shapes, (fault,) = to_degrees([shapely.Point(118, 32)], "", "a.shp")
    assert shapes == [shapely.Point(118, 32)]
    assert "EPSG:4326" in fault.message_zh
