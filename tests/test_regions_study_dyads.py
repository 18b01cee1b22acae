"""Measures of pairs: long or square, by year or not, one way or both; what is absent is not known."""

from pathlib import Path

import numpy as np
import pytest

from regions import MethodError, Study, StudyError, fill_dyads, list_dyads, load_study, read_study, select_dyads


def write(folder: Path, dyads: str, name: str = "dyads.csv") -> Study:
    (folder / "regions.csv").write_text("code,name,name_zh\n1,One,甲市\n2,Two,乙市\n3,Three,丙市\n", encoding="utf-8")
    (folder / "links.csv").write_text("source,target\n1,2\n2,3\n", encoding="utf-8")
    (folder / name).write_text(dyads, encoding="utf-8")
    return read_study(folder)


def fill(study: Study, column: str, **options: object) -> list[list[float]]:
    square: list[list[float]] = fill_dyads(study, column, **options).to_numpy().tolist()  # type: ignore[arg-type]
    return square


NAN = float("nan")


def test_a_pair_listed_once_holds_for_both_directions(tmp_path: Path) -> None:
    study = write(tmp_path, "source,target,minutes,trains\n1,2,30,5\n3,2,,7\n")
    assert list_dyads(study) == ["minutes", "trains"]
    expected = [[NAN, 30, NAN], [30, NAN, NAN], [NAN, NAN, NAN]]
    assert np.array_equal(fill(study, "minutes"), expected, equal_nan=True)
    assert np.array_equal(fill(study, "minutes", directed=True), expected, equal_nan=True)
    assert fill(study, "trains")[1][2] == 7


def test_two_directions_are_kept_or_averaged(tmp_path: Path) -> None:
    study = write(tmp_path, "source,target,minutes\n1,2,30\n2,1,40\n2,3,10\n")
    assert np.array_equal(
        fill(study, "minutes", directed=True), [[NAN, 30, NAN], [40, NAN, 10], [NAN, NAN, NAN]], equal_nan=True
    )
    assert np.array_equal(fill(study, "minutes"), [[NAN, 35, NAN], [35, NAN, 10], [NAN, 10, NAN]], equal_nan=True)


@pytest.mark.parametrize("corner", ["minutes", "地区"])
def test_a_square_is_read_by_names_and_its_corner_names_the_measure(tmp_path: Path, corner: str) -> None:
    study = write(tmp_path, f"{corner},甲市,乙市,丙市\n甲市,,30,\n乙市,30,,0\n丙市,,0,\n", "地区对.csv")
    column = "minutes" if corner == "minutes" else "value"
    assert list_dyads(study) == [column]
    assert study.dyads is not None
    assert len(study.dyads) == 4
    assert np.array_equal(fill(study, column), [[NAN, 30, NAN], [30, NAN, 0], [NAN, 0, NAN]], equal_nan=True)


def test_years(tmp_path: Path) -> None:
    study = write(tmp_path, "source,target,year,minutes\n1,2,2010,60\n1,2,2016,30\n2,3,2010,20\n")
    assert fill(study, "minutes")[0][1] == 30
    assert fill(study, "minutes", year=2010)[0][1] == 60
    assert select_dyads(study, "minutes", year=2010)["minutes"].tolist() == [60, 20]
    with pytest.raises(MethodError, match="'minutes' has nothing of 2012; there are: 2010, 2016") as error:
        fill_dyads(study, "minutes", year=2012)
    assert "没有 2012 年" in error.value.describe("zh")


def test_a_square_by_year(tmp_path: Path) -> None:
    study = write(tmp_path, "minutes,year,1,2,3\n1,2010,,30,50\n1,2016,,20,\n")
    assert fill(study, "minutes", year=2010)[0][1:] == [30, 50]
    assert fill(study, "minutes")[0][1] == 20


def test_texts_are_kept_and_are_no_measures(tmp_path: Path) -> None:
    study = write(tmp_path, "source,target,minutes,line\n1,2,30,G1\n")
    assert list_dyads(study) == ["minutes"]
    assert study.dyads is not None
    assert study.dyads["line"].tolist() == ["G1"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source,target,minutes\n1,9,30\n", "line 2, column target"),
        ("source,target,minutes\n1,2,30\n1,2,31\n", "lines? 2, 3"),
        ("minutes,1,9\n1,,30\n2,4,\n", "line 2, column target"),
    ],
)
def test_faults_are_named_by_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        write(tmp_path, text)


def test_a_study_without_dyads_or_column_says_so() -> None:
    with pytest.raises(MethodError, match="no measure of pairs named 'trains'; there are: -"):
        fill_dyads(load_study("china"), "trains")
    with pytest.raises(MethodError, match="there are: rail_minutes, trains, station_km"):
        fill_dyads(load_study("northeast"), "minutes")


def test_the_rail_of_2016() -> None:
    study = load_study("china-cities")
    assert study.dyads is not None
    assert len(study.dyads) == 6828
    minutes = fill_dyads(study, "rail_minutes", directed=True)
    assert minutes.loc["310000", "330100"] == 45
    assert minutes.loc["310000", "320100"] == 67
    assert minutes.loc["110000", "310000"] == 288
    assert minutes.loc["210100", "220100"] == 64
    delta = load_study("yangtze-delta")
    met = select_dyads(delta, "trains")
    assert len(set(met["source"]) | set(met["target"])) == 29
    north = select_dyads(load_study("northeast"), "trains")
    assert len(set(north["source"]) | set(north["target"])) == 18
    assert any(note.about == "dyads" for note in delta.limits)
