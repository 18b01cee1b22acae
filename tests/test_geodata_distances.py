"""Distances between regions."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from effort import count_steps
from geodata_samples import build_study

from geodata import measure_distances
from geodata.distances import EARTH_RADIUS_KM, measure_point_distances
from regions import MethodError, load_study

BEIJING, SHANGHAI, GUANGZHOU, URUMQI = (
    (116.4074, 39.9042),
    (121.4737, 31.2304),
    (113.2644, 23.1291),
    (87.6168, 43.8256),
)
CITIES = {"110000": BEIJING, "310000": SHANGHAI, "440100": GUANGZHOU, "650100": URUMQI}


def vincenty_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Vincenty's inverse formula (1975) on WGS84, written for this test: another algorithm than Karney's."""
    a, f = 6378.137, 1 / 298.257223563
    b = (1 - f) * a
    u1, u2 = (math.atan((1 - f) * math.tan(math.radians(lat))) for lat in (one[1], other[1]))
    east = math.radians(other[0] - one[0])
    turn = east
    for _ in range(100):
        x = math.cos(u2) * math.sin(turn)
        y = math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(turn)
        sin_s = math.hypot(x, y)
        cos_s = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(turn)
        s = math.atan2(sin_s, cos_s)
        sin_a = math.cos(u1) * math.cos(u2) * math.sin(turn) / sin_s
        cos2_a = 1 - sin_a**2
        cos_2m = cos_s - 2 * math.sin(u1) * math.sin(u2) / cos2_a if cos2_a else 0.0
        c = f / 16 * cos2_a * (4 + f * (4 - 3 * cos2_a))
        before = turn
        turn = east + (1 - c) * f * sin_a * (s + c * sin_s * (cos_2m + c * cos_s * (2 * cos_2m**2 - 1)))
        if abs(turn - before) < 1e-13:
            break
    w = cos2_a * (a**2 - b**2) / b**2
    big_a = 1 + w / 16384 * (4096 + w * (-768 + w * (320 - 175 * w)))
    big_b = w / 1024 * (256 + w * (-128 + w * (74 - 47 * w)))
    inner = cos_s * (2 * cos_2m**2 - 1) - big_b / 6 * cos_2m * (4 * sin_s**2 - 3) * (4 * cos_2m**2 - 3)
    return b * big_a * (s - big_b * sin_s * (cos_2m + big_b / 4 * inner))


def test_equator_degree_is_the_arc_of_the_semi_major_axis() -> None:
    # on the equator the geodesic is a circle of radius 6378.137 km
    study = build_study({"A": (10.0, 0.0), "B": (11.0, 0.0)})
    assert measure_distances(study).loc["A", "B"] == pytest.approx(6378.137 * math.pi / 180, abs=1e-9)


def test_meridian_quadrant() -> None:
    # equator to pole on WGS84: 10 001.965 729 km (e.g. Snyder 1987; the metre was defined as 1e-7 of it)
    study = build_study({"A": (25.0, 0.0), "B": (25.0, 90.0)})
    assert measure_distances(study).loc["A", "B"] == pytest.approx(10001.965729, abs=1e-6)


def test_great_circle_by_hand() -> None:
    study = build_study({"A": (0.0, 0.0), "B": (90.0, 0.0), "C": (0.0, 90.0), "D": (180.0, 0.0)})
    found = measure_distances(study, method="great-circle")
    quarter = math.pi / 2 * EARTH_RADIUS_KM
    assert found.loc["A", "B"] == pytest.approx(quarter)
    assert found.loc["B", "C"] == pytest.approx(quarter)
    assert found.loc["A", "D"] == pytest.approx(2 * quarter)  # antipodes: the arcsine must not leave its domain


@pytest.mark.parametrize("pair", [("110000", "310000"), ("440100", "650100"), ("310000", "650100")])
def test_ellipsoid_agrees_with_vincenty(pair: tuple[str, str]) -> None:
    found = measure_distances(build_study(CITIES))
    # both are exact to well under a millimetre
    assert found.loc[pair] == pytest.approx(vincenty_km(CITIES[pair[0]], CITIES[pair[1]]), abs=1e-6)


def test_beijing_to_shanghai_as_everybody_knows_it() -> None:
    assert measure_distances(build_study(CITIES)).loc["110000", "310000"] == pytest.approx(1067, abs=2)


def test_great_circle_is_within_six_per_mille_of_the_ellipsoid() -> None:
    study = load_study("china")
    exact, fast = measure_distances(study), measure_distances(study, method="great-circle")
    pairs = ~np.eye(len(exact), dtype=bool)
    off = np.abs(fast.to_numpy()[pairs] / exact.to_numpy()[pairs] - 1)
    assert 0.0001 < off.max() < 0.006  # the greatest deviation of a sphere of mean radius is 0.56 %


def test_table_is_symmetric_and_labelled() -> None:
    found = measure_distances(build_study(CITIES))
    assert list(found.index) == list(found.columns) == list(CITIES)
    pd.testing.assert_frame_equal(found, found.T)
    assert (np.diag(found) == 0).all()
    assert (found.to_numpy()[~np.eye(4, dtype=bool)] > 0).all()


def test_capital_wins_over_the_point_of_the_area() -> None:
    study = build_study({"A": (100.0, 40.0), "B": (121.4737, 31.2304)})
    table = study.regions.copy()
    table.loc["A", ["capital_lon", "capital_lat"]] = BEIJING
    moved = replace(study, regions=table)
    assert measure_distances(moved).loc["A", "B"] == pytest.approx(1067, abs=2)


def test_region_without_a_point_is_nan_and_the_others_are_not() -> None:
    study = build_study({"A": (10.0, 0.0), "B": (math.nan, math.nan), "C": (11.0, 0.0)})
    found = measure_distances(study)
    assert found.loc["B"].isna().all()
    assert found["B"].isna().all()
    assert found.loc["A", "C"] == pytest.approx(111.3194908, abs=1e-6)
    assert found.loc["A", "A"] == 0


def test_half_a_point_is_no_point() -> None:
    study = build_study({"A": (10.0, 0.0), "B": (10.0, math.nan)})
    assert np.isnan(measure_distances(study).to_numpy()[0, 1])


def test_coincident_points_are_zero_apart() -> None:
    study = build_study({"A": (118.8, 32.06), "B": (118.8, 32.06)})
    assert (measure_distances(study).to_numpy() == 0).all()
    assert (measure_distances(study, method="great-circle").to_numpy() == 0).all()


def test_points_on_both_sides_of_the_antimeridian_are_near() -> None:
    study = build_study({"A": (179.5, 0.0), "B": (-179.5, 0.0)})
    assert measure_distances(study).loc["A", "B"] == pytest.approx(111.3194908, abs=1e-6)


def test_surroundings_on_request() -> None:
    study = build_study({"A": (10.0, 0.0)}, around={"B": (11.0, 0.0)})
    assert list(measure_distances(study).index) == ["A"]
    assert list(measure_distances(study, surroundings=True).index) == ["A", "B"]


def test_blocks_of_pairs_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(-180, 180, 9), rng.uniform(-90, 90, 9)
    whole = measure_point_distances(lon, lat)
    monkeypatch.setattr("geodata.distances._BLOCK", 5)
    assert np.array_equal(measure_point_distances(lon, lat), whole)


@pytest.mark.parametrize("count", [0, 1])
def test_no_pair_at_all(count: int) -> None:
    study = build_study({"A": (10.0, 0.0)} if count else {})
    assert measure_distances(study).shape == (count, count)


def test_unknown_method_is_refused() -> None:
    with pytest.raises(MethodError, match=r"'manhattan'.*ellipsoid, great-circle"):
        measure_distances(build_study(CITIES), method="manhattan")  # type: ignore[arg-type]


def test_study_is_left_unchanged() -> None:
    study = build_study(CITIES)
    before = study.regions.copy()
    measure_distances(study)
    pd.testing.assert_frame_equal(study.regions, before)


def test_fifteen_hundred_regions_are_measured_as_arrays() -> None:
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(75, 135, 1500), rng.uniform(18, 53, 1500)
    assert count_steps(lambda: measure_point_distances(lon, lat)) < 1_500  # a loop over pairs has a million turns
    found = measure_point_distances(lon, lat)
    assert np.isfinite(found).all()
    assert found[7, 1400] == pytest.approx(vincenty_km((lon[7], lat[7]), (lon[1400], lat[1400])), abs=1e-6)
