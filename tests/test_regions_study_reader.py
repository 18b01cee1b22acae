"""Reading a study from a folder: what is taken, what is mended, what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from regions import StudyError, read_study


def refuse(folder: Path) -> list[tuple[str, str, int | None, str | None]]:
    before = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else None
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    if before is not None:
        assert sorted(path.name for path in folder.iterdir()) == before
    return [(fault.code, Path(fault.file).name, fault.row, fault.column) for fault in caught.value.faults]


def append(folder: Path, name: str, text: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as handle:
        handle.write(text)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def with_records(folder: Path) -> Path:
    (folder / "links.csv").unlink()
    write(folder, "actors.csv", "id,name,kind,region\n1,x,高校,A\n2,y,firm,B\n3,z,NGO,C\n")
    write(folder, "records.csv", "record,actor\nr,1\nr,2\ns,3\n")
    return folder


def test_regions_and_links_are_a_study(folder: Path) -> None:
    study = read_study(folder)
    assert study.regions.index.tolist() == ["A", "B", "C"]
    assert study.surroundings.index.tolist() == ["P1", "P2"]
    assert study.links is not None
    assert study.links["weight"].tolist() == [4.0, 1.0, 2.0]
    assert study.borders == ("parent",)
    assert study.name == folder.name
    assert study.warnings == ()
    assert [path.name for path in study.files] == ["regions.csv", "links.csv"]


def test_the_point_of_a_region_is_its_capital_where_known(folder: Path) -> None:
    write(folder, "study.yaml", "level: province\n")
    points = read_study(folder).points()
    assert points.loc["P1"].tolist() == [111.0, 31.0]
    assert points.loc["P2"].tolist() == [112.0, 30.0]


def test_names_come_in_two_languages(folder: Path) -> None:
    study = read_study(folder)
    assert study.names("zh")["A"] == "阿市"
    assert study.names("en")["P1"] == "One"


def test_regions_without_points_and_levels_are_enough(folder: Path) -> None:
    write(folder, "regions.csv", "code,name\nA,a\nB,b\nC,c\n")
    study = read_study(folder)
    assert study.points().isna().all(axis=None)
    assert study.borders == ()


def test_links_without_weights_weigh_one(folder: Path) -> None:
    write(folder, "links.csv", "source,target\nA,B\nB,C\n")
    links = read_study(folder).links
    assert links is not None
    assert links["weight"].tolist() == [1.0, 1.0]


def test_records_need_actors_and_their_kinds_get_one_name(folder: Path) -> None:
    study = read_study(with_records(folder))
    assert study.actors is not None
    assert study.actors["kind"].tolist() == ["university", "enterprise", "other"]
    (folder / "actors.csv").unlink()
    assert refuse(folder) == [("E-FOLDER", folder.name, None, None)]


def test_an_actor_counts_once_per_record(folder: Path) -> None:
    append(with_records(folder), "records.csv", "r,1\n")
    study = read_study(folder)
    assert study.records is not None
    assert len(study.records) == 3
    assert [fault.code for fault in study.warnings] == ["W-DUPROW"]


def test_unknown_codes_are_all_named_with_a_hint(folder: Path) -> None:
    append(folder, "links.csv", "Z,A,1,2020\nA,阿特市,1,2020\n")
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    assert [(f.code, f.row, f.column) for f in caught.value.faults] == [
        ("E-UNKNOWN", 5, "source"),
        ("E-UNKNOWN", 6, "target"),
    ]
    assert "阿市 (A)" in caught.value.faults[1].hint


def test_faults_of_several_files_come_at_once_in_order(folder: Path) -> None:
    append(folder, "links.csv", "A,B,-1,2020\nA,Q,1,20\n")
    append(folder, "regions.csv", "D,Delta,,city,P9,200,30,,\n")
    assert refuse(folder) == [
        ("E-NEG", "links.csv", 5, "weight"),
        ("E-UNKNOWN", "links.csv", 6, "target"),
        ("E-YEAR", "links.csv", 6, "year"),
        ("E-LATRANGE", "regions.csv", 7, "lon"),
        ("E-PARENT", "regions.csv", 7, "parent"),
    ]


def test_a_file_that_cannot_be_read_hides_no_fault_of_another(folder: Path) -> None:
    write(folder, "regions.csv", "name\nx\n")
    append(folder, "links.csv", "A,B,x,2020\n")
    assert {code for code, *_ in refuse(folder)} == {"E-COLUMN", "E-NUMBER"}


def test_a_code_that_stands_twice_is_refused_unless_the_rows_are_equal(folder: Path) -> None:
    append(folder, "regions.csv", "C,Gamma,伽市,city,P2,112.5,30.5,,\n")
    assert [fault.code for fault in read_study(folder).warnings] == ["W-DUPROW"]
    append(folder, "regions.csv", "C,Other,伽市,city,P2,112.5,30.5,,\n")
    assert refuse(folder) == [("E-DUPCODE", "regions.csv", 8, "code")]


def test_a_circle_of_parents_is_refused(folder: Path) -> None:
    write(folder, "regions.csv", "code,name,parent\nA,a,B\nB,b,C\nC,c,A\n")
    with pytest.raises(StudyError, match="A -> B -> C -> A"):
        read_study(folder)


def test_zero_weights_are_left_out_and_links_within_a_region_kept(folder: Path) -> None:
    append(folder, "links.csv", "B,C,0,2020\nA,A,7,2020\n")
    study = read_study(folder)
    assert study.links is not None
    assert len(study.links) == 4
    assert sorted(fault.code for fault in study.warnings) == ["W-SELF", "W-ZERO"]


def test_equal_links_are_added_with_a_warning(folder: Path) -> None:
    append(folder, "links.csv", "A,B,4,2020\n")
    study = read_study(folder)
    assert study.links is not None
    assert len(study.links) == 4
    assert [fault.code for fault in study.warnings] == ["W-DUPROW"]


@pytest.mark.parametrize(("answer", "rows"), [("mirrored: once", 2), ("mirrored: sum", 4), ("directed: true", 4)])
def test_links_listed_from_both_ends_are_a_question(folder: Path, answer: str, rows: int) -> None:
    write(folder, "links.csv", "source,target,weight\nA,B,1\nB,A,1\nB,C,2\nC,B,2\n")
    assert refuse(folder) == [("E-MIRROR", "links.csv", None, None)]
    write(folder, "study.yaml", answer)
    links = read_study(folder).links
    assert links is not None
    assert len(links) == rows


def test_some_links_from_both_ends_are_no_question(folder: Path) -> None:
    write(folder, "links.csv", "source,target,weight\nA,B,1\nB,A,1\nB,C,2\n")
    links = read_study(folder).links
    assert links is not None
    assert len(links) == 3


def test_a_link_to_a_region_that_contains_units_is_refused(folder: Path) -> None:
    write(folder, "study.yaml", "level: city\n")
    append(folder, "links.csv", "P1,A,1,2020\n")
    assert refuse(folder) == [("E-LEVEL", "links.csv", 5, "source")]


@pytest.mark.parametrize("name", ["regions.csv", "links.csv"])
def test_a_folder_without_a_needed_table_says_what_it_holds(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(StudyError, match="the folder holds: "):
        read_study(folder)


def test_a_wrong_path_is_refused(tmp_path: Path) -> None:
    assert refuse(tmp_path / "nowhere") == [("E-FOLDER", "nowhere", None, None)]
    write(tmp_path, "file.txt", "x")
    with pytest.raises(StudyError, match="no table could be understood"):
        read_study(tmp_path / "file.txt")


def test_a_file_of_another_name_is_mentioned(folder: Path) -> None:
    write(folder, "indicatrs.csv", "code,year,gdp\nA,2020,1\n")
    warning = read_study(folder).warnings[0]
    assert (warning.code, warning.hint[:24]) == ("W-FILE", "Did you mean indicators?")


def test_reports_of_our_own_commands_are_passed_over(folder: Path) -> None:
    write(folder, "dropped.csv", "reason,count\nno actor,3\n")
    assert read_study(folder).warnings == ()


def test_a_boundary_file_is_found_by_its_name(folder: Path) -> None:
    write(folder, "boundaries.geojson", "{}")
    assert read_study(folder).maps.boundaries == str(folder / "boundaries.geojson")


@pytest.mark.parametrize("place", ["../x.geojson", "http://127.0.0.1:9/x", "missing.geojson"])
def test_boundaries_cannot_come_from_elsewhere(folder: Path, place: str) -> None:
    write(folder, "study.yaml", f"boundaries: '{place}'\n")
    assert refuse(folder) == [("E-CONFIG", "study.yaml", None, "boundaries")]


def test_own_links_on_embedded_regions(tmp_path: Path) -> None:
    write(tmp_path, "study.yaml", "name: mine\nextends: china\n")
    write(tmp_path, "links.csv", "source,target,weight\n110000,310000,3\n320100,330100,2\n")
    study = read_study(tmp_path)
    assert len(study.regions) == 31
    assert study.records is None
    assert study.actors is None
    assert study.unit_of["320100"] == "320000"
    assert study.indicator == "rd_expenditure"
    assert {note.about for note in study.limits} == {"indicators", "groups", "regions", "boundaries"}


def test_an_unknown_base_gets_a_hint(tmp_path: Path) -> None:
    write(tmp_path, "study.yaml", "extends: chinna\n")
    with pytest.raises(StudyError, match="Did you mean china"):
        read_study(tmp_path)


def test_neighbours_are_kept_once_between_units(folder: Path) -> None:
    write(folder, "neighbours.csv", "source,target\nB,A\nA,B\nP1,P2\n")
    neighbours = read_study(folder).neighbours
    assert neighbours is not None
    pd.testing.assert_frame_equal(neighbours, pd.DataFrame({"source": ["A"], "target": ["B"]}), check_dtype=False)


@pytest.mark.parametrize("name", ["study.yml", "settings.yaml"])
def test_a_card_of_another_name_is_named_and_not_read(folder: Path, name: str) -> None:
    (folder / name).write_text("directed: true\n", encoding="utf-8")
    study = read_study(folder)
    assert not study.directed
    assert [(fault.code, fault.file) for fault in study.warnings] == [("W-FILE", name)]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("links.csv", 'source,target\n北京,上海\n"天津,上海\n'.encode(), "E-QUOTE"),
        ("links.parquet", b"PK\x03\x04 no parquet", "E-FORMAT"),
        ("records.csv", b"\x00\x01\x02", "E-NUL"),
    ],
)
def test_a_damaged_table_that_was_to_name_the_regions_is_told_itself(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    """Not that a table of regions is missing: nobody needs one whose links name them."""
    (tmp_path / name).write_bytes(data)
    assert [fault[:2] for fault in refuse(tmp_path)] == [(code, name)]
