"""PATSTAT applications and applicants."""

from pathlib import Path

import pytest
from adapter_samples import SAMPLES, convert, faults_of, pairs, write

from regions.sources.actor_kinds import find_sector_kind

FOLDER = SAMPLES / "patstat"


def test_applications_of_one_family_are_one_record_with_the_first_year(tmp_path: Path) -> None:
    _, records, report = convert("patstat", [FOLDER], tmp_path)
    assert [tuple(row.values()) for row in records] == [
        ("500", "900-DE212", "2015", "patent"),  # filed in 2015 at the EPO, in 2016 in the US
        ("500", "901-NL333", "2015", "patent"),
        ("501", "900-DE300", "2017", "patent"),
        ("501", "901-NL333", "2017", "patent"),
        ("A5", "900-DE212", "2018", "patent"),  # no family: the application itself
        ("A5", "904-FR1", "2018", "patent"),  # of no region
    ]
    assert report["family"] == 1
    assert report["repeated"] == 2


def test_an_applicant_in_two_regions_is_two_actors(tmp_path: Path) -> None:
    actors, _, _ = convert("patstat", [FOLDER], tmp_path)
    found = {row["id"]: (row["name"], row["region"], row["kind"]) for row in actors}
    assert found == {
        "900-DE212": ("SIEMENS AG", "DE21", "enterprise"),
        "900-DE300": ("SIEMENS AG", "DE30", "enterprise"),
        "901-NL333": ("DELFT UNIVERSITY OF TECHNOLOGY", "NL33", "university"),
        "904-FR1": ("CEA", "", "institute"),  # too short for a region of this level
    }


def test_everything_left_out_is_counted_by_its_reason(tmp_path: Path) -> None:
    _, _, report = convert("patstat", [FOLDER], tmp_path)
    left_out = {
        "no-year",
        "no-region",
        "participant-unplaced",
        "inventor",
        "individual",
        "unknown-person",
        "unknown-record",
    }
    assert {reason: report[reason] for reason in left_out} == dict.fromkeys(left_out, 1)
    assert set(report) == left_out | {"family", "repeated", "year-word"}


def test_at_the_level_of_countries_nobody_is_lost(tmp_path: Path) -> None:
    actors, records, report = convert("patstat", [FOLDER], tmp_path, level="country")
    assert {row["region"] for row in actors} == {"DE", "NL", "FR"}
    assert ("A5", "904-FR1") in pairs(records)
    assert "no-region" not in report


@pytest.mark.parametrize(
    ("sector", "kind"),
    [
        ("COMPANY", "enterprise"),
        ("UNIVERSITY", "university"),
        ("GOV NON-PROFIT", "institute"),
        ("GOV NON-PROFIT UNIVERSITY", "university"),
        ("COMPANY UNIVERSITY", "university"),
        ("COMPANY GOV NON-PROFIT", "enterprise"),
        ("HOSPITAL", "other"),
        ("UNKNOWN", "other"),
        ("", "other"),
    ],
)
def test_sectors_become_kinds(sector: str, kind: str) -> None:
    assert find_sector_kind(sector) == kind


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    given = [FOLDER / "tls201_appln.csv", FOLDER / "tls207_pers_appln.csv"]
    assert [fault[0] for fault in faults_of("patstat", given, tmp_path / "out")] == ["E-FOLDER"]


def test_faults_of_all_tables_are_listed_together(tmp_path: Path) -> None:
    tables = [
        write(tmp_path / "a.csv", "appln_id,appln_filing_year\n1,20x5\n2,2015\n"),
        write(tmp_path / "p.csv", "person_id,person_name\n1,A,surplus\n"),
        write(tmp_path / "l.csv", "person_id,appln_id,applt_seq_nr\n1\n"),
    ]
    assert faults_of("patstat", tables, tmp_path / "out") == [
        ("E-YEAR", "a.csv", 2, "appln_filing_year"),
        ("E-RAGGED", "p.csv", 2, None),
        ("E-RAGGED", "l.csv", 2, None),
    ]


def test_persons_without_harmonised_number_stay_apart(tmp_path: Path) -> None:
    tables = [
        write(tmp_path / "a.csv", "appln_id,appln_filing_date\n1,2015-03-04\n"),
        write(tmp_path / "p.csv", "person_id,person_name,person_ctry_code,psn_id\n1,A,CN,0\n2,A,CN,0\n"),
        write(tmp_path / "l.csv", "person_id,appln_id\n1,1\n2,1\n"),
    ]
    _, records, _ = convert("patstat", tables, tmp_path / "out", level="country")
    assert [tuple(row.values())[:3] for row in records] == [("A1", "P1-CN", "2015"), ("A1", "P2-CN", "2015")]
