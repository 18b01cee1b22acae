"""The ROR register in both schemas."""

import json
from pathlib import Path

import pytest
from adapter_samples import SAMPLES, convert, faults_of, write


@pytest.mark.parametrize("schema", ["ror_v1.json", "ror_v2.json"])
def test_both_schemas_say_the_same_of_an_organisation(tmp_path: Path, schema: str) -> None:
    actors, records, _ = convert("ror", [SAMPLES / schema], tmp_path)
    assert records == []
    assert next(row for row in actors if row["id"] == "03cve4549") == {
        "id": "03cve4549",
        "name": "Tsinghua University",
        "name_zh": "清华大学",
        "kind": "university",
        "region": "CN",
        "lon": "116.39723",
        "lat": "39.9075",
        "country": "CN",
        "city": "Beijing",
        "ror": "03cve4549",
    }


def test_withdrawn_entries_are_counted_and_inactive_ones_kept(tmp_path: Path) -> None:
    actors, _, report = convert("ror", [SAMPLES / "ror_v2.json"], tmp_path)
    assert report == {"withdrawn": 1}
    found = {row["id"]: row for row in actors}
    assert set(found) == {"03cve4549", "00cmhce21", "0inactive"}
    assert found["0inactive"]["name"] == 'Kaiser-Wilhelm-Gesellschaft, "old"'
    assert (found["0inactive"]["kind"], found["0inactive"]["lon"]) == ("institute", "")
    assert not (tmp_path / "records.csv").exists()


def test_an_array_longer_than_one_read_is_read_whole(tmp_path: Path) -> None:
    first = json.loads((SAMPLES / "ror_v2.json").read_text(encoding="utf-8"))[0]
    many = [{**first, "id": f"https://ror.org/{i:09d}", "note": "注" * 500} for i in range(4000)]
    text = json.dumps(many, ensure_ascii=False, indent=1)
    assert len(text) > 3 << 20  # several reads of 1 MiB
    actors, _, _ = convert("ror", [write(tmp_path / "dump.json", "\ufeff \n" + text)], tmp_path / "out")
    assert len(actors) == 4000


def test_an_array_that_breaks_off_is_a_fault_with_the_number_of_the_object(tmp_path: Path) -> None:
    text = (SAMPLES / "ror_v2.json").read_text(encoding="utf-8")
    path = write(tmp_path / "cut.json", text[: len(text) // 2])
    assert faults_of("ror", [path], tmp_path / "out") == [("E-JSON", "cut.json", None, None)]


def test_what_is_no_organisation_is_listed(tmp_path: Path) -> None:
    path = write(tmp_path / "x.json", '[{"id": "https://ror.org/1", "names": []}, {"name": "No id"}]')
    assert faults_of("ror", [path], tmp_path / "out") == [
        ("E-MISSING", "x.json", None, "name"),
        ("E-MISSING", "x.json", None, "id"),
    ]


def test_an_empty_dump_is_a_fault(tmp_path: Path) -> None:
    assert faults_of("ror", [write(tmp_path / "x.json", "[]")], tmp_path / "out")[0][0] == "E-EMPTY"
