"""Whether polygons fit together."""

from typing import Any

import pandas as pd
import pytest
import shapely
from geodata_samples import square

from geodata.overlaps import check_coverage, refuse_pile
from regions.errors import StudyError


def layer(**shapes: shapely.Polygon) -> "pd.Series[Any]":
    return pd.Series(shapes, dtype=object)


def test_matching_regions_give_no_warning() -> None:
    assert check_coverage(layer(a=square(0, 0), b=square(1, 0), c=square(7, 7)), "f") == []
    assert check_coverage(layer(), "f") == []


def test_unmatched_vertices_are_no_overlap() -> None:
    assert check_coverage(layer(a=shapely.box(0, 0, 1, 2), b=square(1, 0), c=square(1, 1)), "f") == []


def test_overlap_is_the_share_of_the_smaller() -> None:
    (fault,) = check_coverage(layer(a=shapely.box(0, 0, 10, 1), b=square(9.75, 0)), "f")
    assert fault.code == "W-OVERLAP"
    assert fault.message == "1 pair(s) of regions overlap: a-b (25.00%)."
    assert fault.message_zh == "1 对区域重叠：a-b (25.00%)。"


def test_region_inside_another_overlaps_whole() -> None:
    (fault,) = check_coverage(layer(a=square(0, 0, 10), b=square(2, 2)), "f")
    assert "(100.00%)" in fault.message


def test_worst_five_are_shown_and_the_rest_counted() -> None:
    shapes = {f"r{i}": square(0.9 * i, 0) for i in range(8)}
    shapes["r7"] = square(0.9 * 6 + 0.5, 0)
    (fault,) = check_coverage(layer(**shapes), "f")
    assert fault.message.startswith("7 pair(s) of regions overlap: r6-r7 (50.00%), ")
    assert fault.message.endswith(" and 2 more.")
    assert fault.message_zh.endswith("，另有 2 对。")


def test_rounding_is_no_overlap() -> None:
    assert check_coverage(layer(a=square(0, 0), b=shapely.box(1 - 1e-9, 0, 2, 1)), "f") == []


@pytest.mark.parametrize(("gap", "warned"), [(1e-9, True), (5e-7, True), (2e-6, False), (0.0, False)])
def test_gaps_up_to_the_tolerance(gap: float, warned: bool) -> None:
    faults = check_coverage(layer(a=square(0, 0), b=shapely.box(1 + gap, 0, 2, 1)), "f")
    assert [fault.code for fault in faults] == (["W-ISLAND"] if warned else [])


def test_overlap_and_gap_at_once() -> None:
    faults = check_coverage(layer(a=square(0, 0), b=square(0.5, 0), c=shapely.box(1.5 + 1e-9, 0, 3, 1)), "f")
    assert [fault.code for fault in faults] == ["W-OVERLAP", "W-ISLAND"]


def test_polygons_that_lie_on_one_another_by_the_hundred_are_refused() -> None:
    refuse_pile([square(0, 0)] * 90, "f")
    refuse_pile([square(2 * i, 0) for i in range(3_000)], "f")
    refuse_pile([], "f")
    with pytest.raises(StudyError, match="every polygon lies on about 3,000 others") as caught:
        refuse_pile([square(0, 0)] * 3_000, "f")
    assert [fault.code for fault in caught.value.faults] == ["E-GEOM"]
    assert "3,000" in caught.value.faults[0].message_zh
