"""Rows of regions of another level: those that hold no unit lie outside and are counted, the others are refused."""

from pathlib import Path

import pytest

from regions import StudyError, read_study
from regions.records.count_links import count_region_links
from regions.schema.suggest import suggest

REGIONS = "code,name,level,parent\nF,France,country,\nA,Ain,dep,F\nB,Bar,dep,F\nC,Cher,dep,F\nX,Isle,overseas,F\n"


def write(folder: Path, last: str) -> Path:
    (folder / "regions.csv").write_text(REGIONS, encoding="utf-8")
    (folder / "actors.csv").write_text(f"id,name,region\n1,a,A\n2,b,B\n3,c,C\n4,x,{last}\n", encoding="utf-8")
    (folder / "records.csv").write_text("record,actor\nr,1\nr,2\nr,4\ns,2\ns,3\n", encoding="utf-8")
    (folder / "study.yaml").write_text("level: dep\n", encoding="utf-8")
    return folder


def test_an_actor_in_a_leaf_of_another_level_counts_in_the_size_of_its_records_alone(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, "X"))
    warning = study.warnings[0]
    assert (warning.code, warning.message) == (
        "W-LEVEL",
        "1 row(s) name regions of another level that hold no unit and are left out: Isle (1).",
    )
    table = count_region_links(study, counting="newman").table
    assert table[["source", "target", "weight"]].to_numpy().tolist() == [["A", "B", 0.5], ["B", "C", 1.0]]


def test_a_region_that_holds_units_is_refused_or_dropped_when_asked(tmp_path: Path) -> None:
    folder = write(tmp_path, "F")
    with pytest.raises(StudyError, match=r"line 5, column region: France \(F\) contains other regions"):
        read_study(folder)
    assert read_study(folder, unknown="drop").warnings[0].message.startswith("1 row(s) name regions above the units")


def test_links_with_a_leaf_of_another_level_are_left_out_and_counted(tmp_path: Path) -> None:
    folder = write(tmp_path, "A")
    for name in ("records.csv", "actors.csv"):
        (folder / name).unlink()
    (folder / "links.csv").write_text("source,target\nA,B\nB,C\nA,X\n", encoding="utf-8")
    study = read_study(folder)
    assert study.links is not None
    assert len(study.links) == 2
    assert "Isle (1)" in study.warnings[0].message


@pytest.mark.parametrize(("word", "code"), [("5", "05"), ("2", "02"), ("005", "05")])
def test_a_lost_zero_is_suggested_before_anything_else(word: str, code: str) -> None:
    known = {"02": "Aisne", "05": "Hautes-Alpes", "75": "Paris", "95": "Val-d'Oise"}
    en, zh = suggest(word, known)
    assert en == f"Did you mean {known[code]} ({code})?"
    assert code in zh


def test_a_column_location_is_not_the_region(tmp_path: Path) -> None:
    folder = write(tmp_path, "A")
    text = "id,name,location,region\n1,a,Main Street 5,A\n2,b,Quai 7,B\n3,c,?,C\n4,x,Hill,A\n"
    (folder / "actors.csv").write_text(text, encoding="utf-8")
    study = read_study(folder)
    assert study.actors is not None
    assert study.actors["location"].tolist() == ["Main Street 5", "Quai 7", "?", "Hill"]
