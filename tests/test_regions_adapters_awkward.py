"""Rows as sources really have them; what is kept and what is left out is counted by hand."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from adapter_samples import SAMPLES, convert, faults_of, pairs, write

from regionet.steps.open_study import open_study

TAGGED = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Zhang, S
   Li, S
TI A title that goes on
   in a second line
C1 [Zhang, San; Li, Si] Tsinghua Univ, Dept Phys, Beijing 100084, Peoples R China.
   [Wang, Wu] Univ Oxford, Clarendon Lab, Oxford OX1 3PU, England.
   [Li, Si] Tsinghua Univ, Inst Nanotechnol, Beijing 100084, Peoples R China.
PY 2020
WC Physics, Applied; Optics
UT WOS:1
ER

PT J
AU Meier, A
C1 MIT, Cambridge, MA 02139 USA.
EY 2021
UT WOS:2
ER

PT J
AU Nobody, N
TI No address
PY 2019
UT WOS:3
ER

PT J
C1 Univ Oxford, Oxford, England.
PY 2020
UT WOS:1
ER

EF
"""


def test_the_field_tagged_export_says_the_same_as_the_table(tmp_path: Path) -> None:
    rows = (
        "PT\tC1\tPY\tEY\tWC\tUT\n"
        "J\t[Zhang, San; Li, Si] Tsinghua Univ, Dept Phys, Beijing 100084, Peoples R China; [Wang, Wu] Univ Oxford, "
        "Clarendon Lab, Oxford OX1 3PU, England; [Li, Si] Tsinghua Univ, Inst Nanotechnol, Beijing 100084, "
        "Peoples R China\t2020\t\tPhysics, Applied; Optics\tWOS:1\n"
        "J\tMIT, Cambridge, MA 02139 USA\t2021\t\t\tWOS:2\n"
        "J\t\t2019\t\t\tWOS:3\n"
        "J\tUniv Oxford, Oxford, England\t2020\t\t\tWOS:1\n"
    )
    table = convert("wos", [write(tmp_path / "t.txt", rows)], tmp_path / "a")
    tagged = convert("wos", [write(tmp_path / "w.txt", TAGGED.replace("England.", "England"))], tmp_path / "b")
    assert tagged == table
    assert tagged[2] == {"no-participant": 1, "repeated-record": 1, "first-field": 1, "guessed-kind": 3}
    assert [(row["record"], row["year"], row["field"]) for row in tagged[1]] == [
        ("WOS:1", "2020", "Physics, Applied"),
        ("WOS:1", "2020", "Physics, Applied"),
        ("WOS:2", "2021", ""),
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
def test_line_ends_and_encodings_of_a_tagged_export_do_not_matter(tmp_path: Path, ends: str, encoding: str) -> None:
    plain = convert("wos", [write(tmp_path / "a.txt", TAGGED)], tmp_path / "a")
    other = write(tmp_path / "b.txt", TAGGED.replace("\n", ends), encoding=encoding)
    assert convert("wos", [other], tmp_path / "b") == plain


def test_a_tagged_export_that_is_cut_or_mixed_is_refused_by_line(tmp_path: Path) -> None:
    cut = write(tmp_path / "cut.txt", TAGGED[: TAGGED.rindex("ER")])
    assert faults_of("wos", [cut], tmp_path / "out") == [("E-FORMAT", "cut.txt", 30, None)]
    odd = write(tmp_path / "odd.txt", TAGGED.replace("PY 2019", "<b>2019</b>").replace("PY 2020", "PY 20"))
    assert faults_of("wos", [odd], tmp_path / "out") == [
        ("E-YEAR", "odd.txt", 3, "PY"),
        ("E-FORMAT", "odd.txt", 26, None),
    ]


def institution(key: str, name: str, **more: Any) -> dict[str, Any]:
    return {"id": f"https://openalex.org/{key}", "display_name": name, "country_code": "CN", **more}


def work(number: int, *authors: list[dict[str, Any]], **more: Any) -> str:
    found = {"id": f"https://openalex.org/W{number}", "publication_year": 2020, **more}
    return json.dumps({**found, "authorships": [{"institutions": each} for each in authors]}, ensure_ascii=False)


TSINGHUA = institution("I1", "Tsinghua University", international={"display_name": {"zh-cn": "清华大学"}})
KAZAN = institution("I2", "Казанский университет", country_code="RU")
STATELESS = institution("I3", "Institute of nowhere", country_code=None)
WORKS = "\n".join(
    [
        work(1, [TSINGHUA, KAZAN], [TSINGHUA], [KAZAN]),  # two institutions, three authors
        work(2, [TSINGHUA], [STATELESS]),  # a country is missing
        work(3, [TSINGHUA], [KAZAN], is_retracted=True),
        work(4, [TSINGHUA], [KAZAN], is_paratext=True),
        work(1, [KAZAN]),  # once more, as another version
        work(5, [], []),  # authors without an institution
        work(6, [TSINGHUA], [{}], publication_year=None),
        work(7, [KAZAN], publication_year=1999, is_authors_truncated=True),
    ]
)


@pytest.mark.parametrize("packed", [False, True])
def test_works_of_every_awkward_kind(tmp_path: Path, packed: bool) -> None:
    path = write(tmp_path / "works.jsonl", WORKS + "\n")
    if packed:
        path = tmp_path / "works.jsonl.gz"
        path.write_bytes(gzip.compress(WORKS.encode()))
    actors, records, report = convert("openalex", [path], tmp_path / "out")
    assert report == {
        "retracted": 1,
        "paratext": 1,
        "repeated-record": 1,
        "no-institution": 3,  # both authors of W5, one of W6
        "no-participant": 1,
        "no-year": 1,
        "no-region": 1,
        "participant-unplaced": 1,
        "truncated": 1,
        "no-kind": 3,  # no institution has a type
    }
    assert pairs(records) == [("W1", "I1"), ("W1", "I2"), ("W2", "I1"), ("W2", "I3"), ("W7", "I2")]
    assert [(row["id"], row["name"], row["name_zh"], row["region"]) for row in actors] == [
        ("I1", "Tsinghua University", "清华大学", "CN"),
        ("I2", "Казанский университет", "", "RU"),
        ("I3", "Institute of nowhere", "", ""),
    ]


def test_a_line_that_breaks_off_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    lines = WORKS.splitlines()
    lines[2] = lines[2][:80]
    path = write(tmp_path / "works.jsonl", "\n".join(lines))
    assert [(code, row) for code, _, row, _ in faults_of("openalex", [path], tmp_path / "out")] == [("E-JSON", 3)]


CORDIS = (
    "\ufeffprojectID;organisationID;name;activityType;city;country;nutsCode;geolocation;ecContribution\n"
    '1;10;"Α; Β ΑΕ";PRC;ΑΘΗΝΑ;EL;EL303;"37.98,23.72";"1.234,56"\n'
    "1;11;Univ;HES;Paris;FR;FR101;;0,5\n"
    "1;11;Univ;HES;Paris;FR;FR101;;0,5\n"  # the same organisation again
    ";12;No project;HES;Paris;FR;FR101;;\n"
    "2;;No number;HES;Paris;FR;FR101;;\n"  # known by its name and country then
    "2;;;HES;Paris;FR;FR101;;\n"
    "2;13;Swiss;REC;Bern;CH;;(46.95,7.45);\n"  # coordinates only
    "2;14;Far;OTH;;;;;\n"  # nothing that tells where
)


def test_a_table_of_cordis_with_semicolons_decimal_commas_and_greek(tmp_path: Path) -> None:
    actors, records, report = convert("cordis", [write(tmp_path / "organization.csv", CORDIS)], tmp_path / "out")
    assert pairs(records) == [("1", "10"), ("1", "11"), ("2", "13"), ("2", "14"), ("2", "No number (FR)")]
    assert [(row["id"], row["name"], row["region"], row["lon"]) for row in actors] == [
        ("10", "Α; Β ΑΕ", "EL30", "23.72"),
        ("11", "Univ", "FR10", ""),
        ("13", "Swiss", "", "7.45"),
        ("14", "Far", "", ""),
        ("No number (FR)", "No number", "FR10", ""),
    ]
    assert report == {
        "repeated": 1,
        "no-record": 1,
        "no-institution": 1,
        "coordinates-only": 1,
        "no-region": 1,
        "participant-unplaced": 1,
    }


SCOPUS = "Title,Year,Affiliations,EID\n"


def test_scopus_with_several_addresses_missing_countries_and_other_scripts(tmp_path: Path) -> None:
    cells = {
        "1": "Department of Physics, Tsinghua University, Beijing, China; Tsinghua University, Beijing, China",
        "2": "Казанский университет, Казань, Россия; Univ. of Rome “La Sapienza”, Rome, Italy",
        "3": "Tsinghua University",  # no country
        "4": "",
    }
    rows = "".join(f'"A ""quoted"" title",2020,"{cell}",{key}\n' for key, cell in cells.items())
    actors, records, report = convert("scopus", [write(tmp_path / "s.csv", SCOPUS + rows)], tmp_path / "out")
    assert [(row["record"], row["actor"]) for row in records] == [
        ("1", "tsinghua university (beijing, china)"),
        ("2", "univ. of rome “la sapienza” (rome, italy)"),
        ("2", "казанский университет (казань, russia)"),
    ]
    assert {row["region"] for row in actors} == {"China", "Italy", "Russia"}
    assert report == {"no-institution": 1, "no-participant": 2, "guessed-organisation": 1, "guessed-kind": 3}


def test_actors_with_coordinates_only_are_placed_when_the_study_is_opened(tmp_path: Path) -> None:
    """Convert without a study, give the folder boundaries afterwards: the point tells the region."""
    out = tmp_path / "out"
    rows = "record,actor,name,lon,lat\nr,a,甲,0.5,0.5\nr,b,=1+1,1.5,0.5\n"
    _, _, report = convert("table", [write(tmp_path / "t.csv", rows)], out)
    assert report == {"coordinates-only": 2, "no-kind": 2}
    squares = [[[i, 0], [i + 1, 0], [i + 1, 1], [i, 1], [i, 0]] for i in range(2)]
    features = [
        {"type": "Feature", "properties": {"code": f"R{i}"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for i, ring in enumerate(squares)
    ]
    (out / "boundaries.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (out / "regions.csv").write_text("code,name\nR0,A\nR1,B\n", encoding="utf-8")
    actors = open_study(str(out)).actors
    assert actors is not None
    assert actors["region"].tolist() == ["R0", "R1"]
    assert actors["name"]["b"] == "=1+1"  # the apostrophe that guards the table is taken off again


@pytest.mark.parametrize("source", ["wos", "scopus", "openalex", "cordis", "ror", "patstat", "table"])
def test_a_file_of_another_source_is_refused_and_said(tmp_path: Path, source: str) -> None:
    other = SAMPLES / ("ror_v2.json" if source in {"wos", "scopus", "table", "cordis"} else "scopus.csv")
    found = faults_of(source, [other], tmp_path / "out")
    assert found
    assert {code for code, *_ in found} <= {"E-COLUMN", "E-JSON", "E-FOLDER", "E-FORMAT", "E-RAGGED", "E-QUOTE"}
