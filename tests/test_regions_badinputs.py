"""Files that people really send: each is mended with a warning or refused with its place, never read in silence."""

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from regions import Study, StudyError, read_study

DATA = Path(__file__).parent / "data" / "badinputs"
CASES: list[dict[str, Any]] = json.loads((DATA / "cases.json").read_text(encoding="utf-8"))
SAME_AS_GOOD = ["001", "004", "005", "016", "019", "025", "029", "031", "055", "113"]


def build_folder(folder: Path, case: dict[str, Any]) -> Path:
    for path in (DATA / "good").iterdir():
        shutil.copy(path, folder)
    if case["id"] == "034":
        for path in folder.iterdir():
            path.unlink()
        shutil.copy(DATA / "codes" / "regions_same_name.csv", folder / "regions.csv")
    if case["table"] == "config":
        shutil.copy(DATA / case["file"], folder / "study.yaml")
        return folder
    (folder / f"{case['table']}.csv").unlink(missing_ok=True)
    shutil.copy(DATA / case["file"], folder / f"{case['table']}{Path(case['file']).suffix}")
    return folder


def ids(case: dict[str, Any]) -> str:
    return f"{case['id']}-{Path(case['file']).stem}"


@pytest.mark.parametrize("case", [case for case in CASES if case["expect"] == "error"], ids=ids)
def test_a_bad_file_is_refused_at_its_place_and_nothing_is_written(tmp_path: Path, case: dict[str, Any]) -> None:
    folder = build_folder(tmp_path, case)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    found = [fault for fault in caught.value.faults if fault.code == case["code"]]
    assert found, caught.value.describe()
    if case["row"]:
        assert case["row"] in [fault.row for fault in found]
    if case["column"]:
        assert case["column"] in [fault.column for fault in found]
    for fault in found:
        assert fault.message_zh
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("case", [case for case in CASES if case["expect"] == "ok+warn"], ids=ids)
def test_a_file_that_can_be_mended_is_mended_with_a_warning(tmp_path: Path, case: dict[str, Any]) -> None:
    study = read_study(build_folder(tmp_path, case))
    found = [fault for fault in study.warnings if fault.code == case["code"]]
    assert found, [fault.describe() for fault in study.warnings]
    assert all(fault.message_zh for fault in found)


@pytest.mark.parametrize("case", [case for case in CASES if case["expect"] == "ok"], ids=ids)
def test_an_odd_but_sound_file_is_read_without_a_word(tmp_path: Path, case: dict[str, Any]) -> None:
    assert read_study(build_folder(tmp_path, case)).warnings == ()


def assert_same(study: Study, good: Study) -> None:
    for name in ("regions", "actors", "records"):
        pd.testing.assert_frame_equal(getattr(study, name), getattr(good, name))
    assert study.links is not None
    assert good.links is not None
    between = study.links[study.links["source"] != study.links["target"]].reset_index(drop=True)
    pd.testing.assert_frame_equal(between[list(good.links.columns)], good.links)


@pytest.mark.parametrize("case", [case for case in CASES if case["id"] in SAME_AS_GOOD], ids=ids)
def test_what_was_mended_says_the_same_as_the_sound_file(tmp_path: Path, case: dict[str, Any]) -> None:
    assert_same(read_study(build_folder(tmp_path, case)), read_study(DATA / "good"))


def read_case(folder: Path, number: str) -> Study:
    return read_study(build_folder(folder, next(case for case in CASES if case["id"] == number)))


def test_a_rare_character_survives(tmp_path: Path) -> None:
    assert read_case(tmp_path, "002").regions["name_zh"]["320100"] == "南京𠮷市"


def test_a_leading_zero_survives(tmp_path: Path) -> None:
    study = read_case(tmp_path, "023")
    assert "010001" in {*study.regions.index, *study.surroundings.index}


def test_a_hint_does_not_merge_a_traditional_name(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        read_case(tmp_path, "035")
    assert any("320500" in fault.hint for fault in caught.value.faults)


def test_an_actor_named_twice_in_a_record_counts_once(tmp_path: Path) -> None:
    records = read_case(tmp_path, "070").records
    assert records is not None
    assert len(records) == 2


def test_every_bad_year_is_listed(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        read_case(tmp_path, "061")
    assert [fault.row for fault in caught.value.faults if fault.code == "E-YEAR"] == [2, 4, 6, 7]


def test_the_circle_of_parents_is_printed(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"320000 -> 320100 -> 320000|320100 -> 320000 -> 320100"):
        read_case(tmp_path, "037")


def test_long_ids_stay_apart_and_a_blank_is_the_only_fault(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        read_case(tmp_path, "074")
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("E-MISSING", 4)]


def test_hostile_texts_are_kept_as_they_are(tmp_path: Path) -> None:
    study = read_case(tmp_path, "076")
    assert any("<script" in name or "</script" in name for name in study.regions["name"])


def test_a_record_of_thousands_of_actors_is_named(tmp_path: Path) -> None:
    for path in (DATA / "good").iterdir():
        shutil.copy(path, tmp_path)
    lines = "".join(f"B{i},b{i},firm,310100\n" for i in range(3000))
    (tmp_path / "actors.csv").write_text("id,name,type,region\n" + lines, encoding="utf-8")
    rows = "".join(f"BIG,B{i},2020\n" for i in range(3000))
    (tmp_path / "records.csv").write_text("record_id,actor_id,year\n" + rows, encoding="utf-8")
    warnings = [fault for fault in read_study(tmp_path).warnings if fault.code == "W-HYPER"]
    assert "record BIG has 3,000 actors, 4,498,500 pairs" in warnings[0].message
