"""Actors with coordinates and no region: placed by a given function, refused by line where they cannot be."""

from pathlib import Path

import pandas as pd
import pytest

from regions import MethodError, Study, StudyError, read_study
from regions.tables.placing import Locate


def write_actors(folder: Path, actors: str, records: str = "r,1\nr,2\ns,3\n") -> Path:
    (folder / "links.csv").unlink(missing_ok=True)
    (folder / "actors.csv").write_text(actors, encoding="utf-8")
    (folder / "records.csv").write_text("record,actor\n" + records, encoding="utf-8")
    return folder


def by_longitude(study: Study, actors: pd.DataFrame) -> pd.DataFrame:
    """Place points east of 110, 111, 112 degrees in A, B, C; others nowhere."""
    assert set(actors.columns) == {"lon", "lat"}
    assert actors.notna().all(axis=None)
    assert list(study.regions.index) == ["A", "B", "C"]
    places = {110: "A", 111: "B", 112: "C"}
    region = pd.array([places.get(int(lon), "") for lon in actors["lon"]], dtype="str")
    how = ["nearest" if lon % 1 else "border" for lon in actors["lon"]]
    return pd.DataFrame({"region": region, "distance": 2.5, "how": how}, index=actors.index)


def refuse(folder: Path, locate: Locate | None = by_longitude) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(StudyError) as caught:
        read_study(folder, locate=locate)
    assert all(fault.message_zh for fault in caught.value.faults)
    return [(fault.code, fault.row, fault.column) for fault in caught.value.faults]


def test_a_given_region_stays_and_the_others_are_placed_by_their_point(folder: Path) -> None:
    write_actors(folder, "id,name,region,lon,lat\n1,x,C,110.5,30\n2,y,,111.5,30\n3,z,,112,30\n")
    study = read_study(folder, locate=by_longitude)
    assert study.actors is not None
    assert study.actors["region"].to_dict() == {"1": "C", "2": "B", "3": "C"}
    placed = [fault.message for fault in study.warnings if fault.code == "W-PLACED"]
    assert len(placed) == 1
    assert placed[0].startswith("2 actor(s) placed by their coordinates; 1 on a border")
    assert placed[0].endswith("1 outside, in the nearest region (at most 2.5 km away).")


def test_a_table_may_have_no_column_of_regions_and_headers_in_chinese(folder: Path) -> None:
    write_actors(folder, "编号,单位名称,东经,北纬\n1,甲,110.5,30\n2,乙,111.5,30\n3,丙,112.5,30\n")
    actors = read_study(folder, locate=by_longitude).actors
    assert actors is not None
    assert actors["region"].tolist() == ["A", "B", "C"]
    assert actors["lon"].tolist() == [110.5, 111.5, 112.5]


def test_the_placer_is_asked_only_when_an_actor_needs_it(folder: Path) -> None:
    def never(study: Study, actors: pd.DataFrame) -> pd.DataFrame:
        raise AssertionError((study, actors))

    write_actors(folder, "id,name,region,lon,lat\n1,x,A,110.5,30\n2,y,B,,\n3,z,C,0,0\n")
    assert read_study(folder, locate=never).warnings == ()


def test_neither_a_region_nor_a_point_is_a_fault_by_line(folder: Path) -> None:
    write_actors(folder, "id,name,region,lon,lat\n1,x,,110.5,30\n2,y,,,\n3,z,,112.5,\n")
    assert refuse(folder) == [("E-MISSING", 3, "region"), ("E-MISSING", 4, "lat")]


def test_neither_a_column_of_regions_nor_of_points_is_a_fault_of_the_header(folder: Path) -> None:
    write_actors(folder, "id,name\n1,x\n2,y\n3,z\n")
    assert refuse(folder) == [("E-COLUMN", None, "region")]


def test_a_point_in_no_region_is_a_fault_by_line_or_an_actor_without_a_region(folder: Path) -> None:
    write_actors(folder, "id,name,lon,lat\n1,x,110.5,30\n2,y,-70.2,-33\n3,z,112.5,30\n")
    assert refuse(folder) == [("E-MISSING", 3, "lon")]
    study = read_study(folder, locate=by_longitude, unknown="drop")
    assert study.actors is not None
    assert study.records is not None
    assert study.actors["region"].to_dict() == {"1": "A", "2": "", "3": "C"}
    assert study.records["actor"].tolist() == ["1", "2", "3"]
    dropped = [fault.message for fault in study.warnings if fault.code == "W-DROPPED"]
    assert dropped == ["1 of 3 actors have no region: they count in the size of their records and give no link."]


def test_no_place_at_all_may_be_dropped_without_a_placer(folder: Path) -> None:
    write_actors(folder, "id,name,region\n1,x,A\n2,y,\n3,z,C\n")
    study = read_study(folder, unknown="drop")
    assert study.actors is not None
    assert study.actors["region"].tolist() == ["A", "", "C"]
    write_actors(folder, "id,name\n1,x\n2,y\n3,z\n")  # no column for it is another matter: all would be lost
    with pytest.raises(StudyError, match="neither the column 'region'"):
        read_study(folder, unknown="drop")


def test_a_bad_coordinate_is_named_once(folder: Path) -> None:
    write_actors(folder, "id,name,lon,lat\n1,x,110°30′,30\n2,y,30,110.5\n3,z,112.5,30\n")
    assert refuse(folder) == [("E-NUMBER", 2, "lon"), ("E-LATRANGE", 3, "lat")]


def test_without_a_placer_or_boundaries_the_first_line_is_named_with_what_to_do(folder: Path) -> None:
    def fail(study: Study, actors: pd.DataFrame) -> pd.DataFrame:
        raise MethodError(f"the study {study.name} has no boundaries for {len(actors)}")

    write_actors(folder, "id,name,region,lon,lat\n1,x,A,,\n2,y,,111.5,30\n3,z,,112.5,30\n")
    assert refuse(folder, None) == [("E-MISSING", 3, "region")]
    with pytest.raises(StudyError, match=r"has no boundaries for 2.*boundaries\.geojson"):
        read_study(folder, locate=fail)


def test_a_region_above_the_units_is_no_place(folder: Path) -> None:
    write_actors(folder, "id,name,lon,lat\n1,x,110.5,30\n2,y,111.5,30\n3,z,112.5,30\n")

    def above(study: Study, actors: pd.DataFrame) -> pd.DataFrame:
        return by_longitude(study, actors).assign(region="P1")

    assert refuse(folder, above) == [("E-MISSING", 2, "lon"), ("E-MISSING", 3, "lon"), ("E-MISSING", 4, "lon")]
