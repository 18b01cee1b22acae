"""OpenAlex works: authors' institutions become actors of a record."""

import gzip
import json
from pathlib import Path
from typing import Any

from adapter_samples import SAMPLES, convert, faults_of, pairs, read, write

WORKS = SAMPLES / "openalex.jsonl"
INSTITUTIONS = SAMPLES / "openalex_institutions.jsonl"


def build_work(number: int, *institutions: str, year: int | None = 2020, **more: Any) -> dict[str, Any]:
    return {
        "id": f"https://openalex.org/W{number}",
        "publication_year": year,
        "authorships": [
            {"institutions": [{"id": f"https://openalex.org/{key}", "display_name": key, "country_code": "CN"}]}
            for key in institutions
        ],
        **more,
    }


def write_works(path: Path, *works: dict[str, Any]) -> Path:
    return write(path, "\n".join(map(json.dumps, works)) + "\n")


def test_an_institution_counts_once_in_a_work_however_many_authors_it_has(tmp_path: Path) -> None:
    _, records, report = convert("openalex", [WORKS], tmp_path)
    first = [row for row in records if row["record"] == "W1"]
    assert [row["actor"] for row in first] == ["I2250955327", "I40120149", "I99065089"]
    assert {(row["year"], row["kind"], row["field"]) for row in first} == {("2020", "paper", "Engineering")}
    assert "repeated" not in report


def test_everything_left_out_is_counted_by_its_reason(tmp_path: Path) -> None:
    _, records, report = convert("openalex", [WORKS], tmp_path)
    assert report == {
        "no-institution": 2,  # one author of W2, the only one of W4
        "no-participant": 1,  # W4
        "no-year": 1,  # W3
        "no-region": 1,  # Nowhere Lab
        "participant-unplaced": 1,
        "repeated-record": 1,  # W1 again
        "paratext": 1,  # W5
        "hyper-record": 1,  # W6, kept
        "truncated": 1,
    }
    assert len(records) == 3 + 3 + 120 + 2  # Nowhere Lab in W2 among them
    assert [row["id"] for row in read(tmp_path / "unplaced.csv")] == ["I777"]


def test_kind_country_and_register_number_come_along(tmp_path: Path) -> None:
    actors, _, _ = convert("openalex", [WORKS], tmp_path)
    found = {row["id"]: row for row in actors}
    assert found["I2250955327"]["kind"] == "enterprise"
    assert found["I99065089"]["kind"] == "university"
    assert found["I19820366"]["kind"] == "government"
    assert found["I5000"]["kind"] == "institute"
    assert found["I4210100000"]["name"] == "Universität zu Köln"
    assert found["I99065089"]["region"] == found["I99065089"]["country"] == "CN"
    assert found["I99065089"]["ror"] == "03cve4549"
    assert "lon" not in found["I99065089"]


def test_a_country_missing_once_is_taken_from_the_other_works(tmp_path: Path) -> None:
    actors, records, _ = convert("openalex", [WORKS], tmp_path)
    assert ("W7", "I40120149") in pairs(records)
    assert {row["id"]: row["region"] for row in actors}["I40120149"] == "GB"


def test_institution_objects_add_places_and_chinese_names_but_no_actors(tmp_path: Path) -> None:
    actors, _, report = convert("openalex", [WORKS, INSTITUTIONS], tmp_path)
    found = {row["id"]: row for row in actors}
    assert found["I99065089"]["name_zh"] == "清华大学"
    assert (found["I99065089"]["lon"], found["I99065089"]["lat"]) == ("116.39723", "39.9075")
    assert found["I2250955327"]["city"] == "Shenzhen"
    assert "I1" not in found
    assert "several-descriptions" not in report


def test_the_city_can_be_the_region(tmp_path: Path) -> None:
    actors, records, report = convert("openalex", [WORKS, INSTITUTIONS], tmp_path, level="city")
    placed = {row["id"]: row["region"] for row in actors if row["region"]}
    assert placed == {"I99065089": "Beijing", "I2250955327": "Shenzhen"}
    assert [pair for pair in pairs(records) if pair[1] in placed] == [
        ("W1", "I2250955327"),
        ("W1", "I99065089"),
        ("W7", "I2250955327"),
    ]
    assert len(records) == 128  # those of actors without a city count in the size of a record
    assert report["no-region"] == 124


def test_the_order_of_lines_does_not_matter(tmp_path: Path) -> None:
    lines = [line for line in WORKS.read_text(encoding="utf-8").splitlines() if line]
    del lines[4]  # the work that stands there again, with other authors
    straight, turned = (write(tmp_path / name, "\n".join(part)) for name, part in (("s", lines), ("t", lines[::-1])))
    for name, path in {"a": straight, "b": turned}.items():
        convert("openalex", [path], tmp_path / name)
    for table in ("actors.csv", "records.csv"):
        assert (tmp_path / "a" / table).read_bytes() == (tmp_path / "b" / table).read_bytes()


def test_compressed_lines_and_pages_of_the_interface_are_read(tmp_path: Path) -> None:
    packed = tmp_path / "part_000.gz"
    packed.write_bytes(gzip.compress(json.dumps(build_work(1, "I1", "I2")).encode()))
    page = write(tmp_path / "page.json", json.dumps({"meta": {"count": 1}, "results": [build_work(2, "I1", "I3")]}))
    _, records, _ = convert("openalex", [packed, page], tmp_path / "out")
    assert pairs(records) == [("W1", "I1"), ("W1", "I2"), ("W2", "I1"), ("W2", "I3")]


def test_without_any_year_there_is_no_column_of_years(tmp_path: Path) -> None:
    path = write_works(tmp_path / "w.jsonl", build_work(1, "I1", "I2", year=None))
    _, records, report = convert("openalex", [path], tmp_path / "out")
    assert records == [
        {"record": "W1", "actor": "I1", "kind": "paper"},
        {"record": "W1", "actor": "I2", "kind": "paper"},
    ]
    assert report == {"no-kind": 2}


def test_every_bad_line_is_listed(tmp_path: Path) -> None:
    works = json.dumps(build_work(1, "I1"))
    text = "\n".join(
        [works, "{broken", "[1, 2]", "", json.dumps(build_work(2, "I1", year=20)), '{"id": "https://x/A9"}']
    )
    path = write(tmp_path / "w.jsonl", text)
    assert faults_of("openalex", [path], tmp_path / "out") == [
        ("E-YEAR", "w.jsonl", 5, "publication_year"),
        ("E-JSON", "w.jsonl", 6, "id"),
        ("E-JSON", "w.jsonl", 2, None),
        ("E-JSON", "w.jsonl", 3, None),
    ]


def test_hostile_shapes_are_faults_or_nothing_but_never_a_crash(tmp_path: Path) -> None:
    shapes = [
        {"id": "https://openalex.org/W1", "authorships": "none", "publication_year": True},
        {"id": "https://openalex.org/W2", "authorships": [1, {"institutions": [None, {"id": 5}]}]},
        {"id": "https://openalex.org/W3", "authorships": {"institutions": []}, "primary_topic": []},
        build_work(4, "I1"),
    ]
    path = write_works(tmp_path / "w.jsonl", *shapes)
    _, records, report = convert("openalex", [path], tmp_path / "out")
    assert report["no-participant"] == 3
    assert report["no-institution"] == 1
    assert pairs(records) == [("W4", "I1")]


def test_endless_nesting_and_endless_numbers_are_faults(tmp_path: Path) -> None:
    path = write(tmp_path / "w.jsonl", "[" * 100_000 + "\n")
    assert [fault[0] for fault in faults_of("openalex", [path], tmp_path / "out")] == ["E-JSON"]
    path = write(tmp_path / "v.jsonl", '{"id": "W1", "publication_year": ' + "9" * 10_000 + "}\n")
    assert [fault[0] for fault in faults_of("openalex", [path], tmp_path / "out")] == ["E-JSON"]
    path = write(tmp_path / "u.jsonl", '{"id": "W1", "publication_year": Infinity}\n')
    assert [fault[0] for fault in faults_of("openalex", [path], tmp_path / "out")] == ["E-YEAR"]


def test_a_file_of_another_kind_stops_soon(tmp_path: Path) -> None:
    path = write(tmp_path / "w.jsonl", "no json\n" * 5000)
    assert len(faults_of("openalex", [path], tmp_path / "out")) == 1000
