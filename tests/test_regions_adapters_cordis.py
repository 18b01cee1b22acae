"""CORDIS projects and organisations."""

import gzip
import shutil
from pathlib import Path

from adapter_samples import SAMPLES, convert, faults_of, pairs, read, write

FOLDER = SAMPLES / "cordis"
HEADER = "projectID;organisationID;name;activityType;city;country;nutsCode;geolocation\n"


def test_projects_become_records_with_years_and_fields(tmp_path: Path) -> None:
    _, records, _ = convert("cordis", [FOLDER], tmp_path)
    assert [tuple(row.values()) for row in records] == [
        ("101", "999984350", "2021", "project", "natural sciences", "coordinator", "2"),
        ("101", "999991722", "2021", "project", "natural sciences", "participant", "2"),  # a third party of itself too
        (
            "102",
            "777",
            "2016",
            "project",
            "engineering and technology",
            "participant",
            "3",
        ),  # the year of the signature
        ("102", "888", "2016", "project", "engineering and technology", "participant", "3"),
        ("102", "999984350", "2016", "project", "engineering and technology", "participant", "3"),
        ("104", "666", "2019", "project", "", "participant", "2"),  # of no region: it took part all the same
        ("104", "777", "2019", "project", "", "participant", "2"),
    ]


def test_everything_left_out_is_counted_by_its_reason(tmp_path: Path) -> None:
    _, _, report = convert("cordis", [FOLDER], tmp_path)
    assert report == {
        "no-institution": 1,  # the row without organisation
        "no-year": 1,  # project 103
        "no-region": 1,  # Tunis: no NUTS, no coordinates
        "participant-unplaced": 1,
        "repeated": 2,  # a third party of its own project; Cologne twice in 102
        "unknown-record": 1,  # project 999
        "ended": 1,
        "several-descriptions": 1,  # KÖLN and KOELN
        "coordinates-only": 1,  # Washington
        "other-role": 1,  # the third party
        "first-field": 1,  # project 101 has two EuroSciVoc fields
    }
    assert [row["name"] for row in read(tmp_path / "unplaced.csv")] == ["NGO"]


def test_the_most_frequent_description_of_an_organisation_is_kept(tmp_path: Path) -> None:
    actors, _, _ = convert("cordis", [FOLDER], tmp_path)
    found = {row["id"]: row for row in actors}
    cologne = found["999984350"]
    assert (cologne["city"], cologne["region"], cologne["kind"]) == ("KÖLN", "DEA2", "university")
    assert (cologne["lon"], cologne["lat"]) == ("6.92857", "50.9278")  # latitude comes first in the source
    assert found["999991722"]["name"] == 'ACME; "Research" SAS'
    assert (found["888"]["kind"], found["888"]["region"], found["888"]["lat"]) == ("government", "", "38.9")


def test_the_level_of_the_regions_can_be_chosen(tmp_path: Path) -> None:
    for level, region in {"country": "IT", "nuts1": "ITI", "nuts3": "ITI43", "city": "ROMA"}.items():
        actors, _, _ = convert("cordis", [FOLDER], tmp_path / level, level=level)
        assert {row["id"]: row["region"] for row in actors}["777"] == region


def test_files_may_come_one_by_one_in_any_order_and_packed(tmp_path: Path) -> None:
    packed = tmp_path / "organization.csv.gz"
    packed.write_bytes(gzip.compress((FOLDER / "organization.csv").read_bytes()))
    convert("cordis", [FOLDER], tmp_path / "a")
    convert("cordis", [packed, FOLDER / "euroSciVoc.csv", FOLDER / "project.csv"], tmp_path / "b")
    assert (tmp_path / "a" / "records.csv").read_bytes() == (tmp_path / "b" / "records.csv").read_bytes()


def test_without_projects_there_are_no_years_and_no_unknown_projects(tmp_path: Path) -> None:
    _, records, report = convert("cordis", [FOLDER / "organization.csv"], tmp_path)
    assert ("999", "777") in pairs(records)
    assert "year" not in records[0]
    assert "unknown-record" not in report


def test_a_folder_without_organisations_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(FOLDER / "project.csv", tmp_path / "in")
    assert [fault[0] for fault in faults_of("cordis", [tmp_path / "in"], tmp_path / "out")] == ["E-FOLDER"]


def test_every_fault_of_every_file_is_listed(tmp_path: Path) -> None:
    projects = write(tmp_path / "project.csv", "id;startDate\n1;2020-01-01\n2;soon\n")
    rows = "1;10;A;HES;X;DE;DE111;(50.1)\n1;11;B;HES;X\n1;12;C;HES;X;DE;DE111;(95,200)\n"
    organisations = write(tmp_path / "organization.csv", HEADER + rows)
    assert faults_of("cordis", [projects, organisations], tmp_path / "out") == [
        ("E-YEAR", "project.csv", 3, "startDate"),
        ("E-NUM", "organization.csv", 2, "geolocation"),
        ("E-RAGGED", "organization.csv", 3, None),
        ("E-NUM", "organization.csv", 4, "geolocation"),
    ]


def test_a_missing_column_is_named_with_what_may_be_meant(tmp_path: Path) -> None:
    path = write(tmp_path / "organization.csv", "projectID;organisationID;nam;activityType\n1;2;A;HES\n")
    assert faults_of("cordis", [path], tmp_path / "out") == [
        ("E-COLUMN", "organization.csv", 1, "name"),
        ("E-COLUMN", "organization.csv", 1, "country"),
    ]


def test_a_file_that_is_none_of_the_three_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "topics.csv", "code;title\n1;x\n")
    assert faults_of("cordis", [path], tmp_path / "out") == [("E-COLUMN", "topics.csv", 1, None)]


def test_null_island_is_no_place(tmp_path: Path) -> None:
    path = write(tmp_path / "organization.csv", HEADER + '1;10;A;HES;X;DE;;"(0.0,0.0)"\n1;11;B;HES;X;DE;DE111;\n')
    actors, _, report = convert("cordis", [path], tmp_path / "out")
    assert [(row["id"], row["region"]) for row in actors] == [("10", ""), ("11", "DE11")]
    assert report["no-region"] == 1


OLD_ORGANISATIONS = (
    "projectRcn;projectID;projectAcronym;role;id;name;shortName;activityType;endOfParticipation;ecContribution;country;"
    "street;city;postCode;organizationUrl;vatNumber;contactForm;contactType\n"
    '194062;640031;TWEETHER;coordinator;999842536;"UNIV OF LANCASTER";LANCASTER;HES;false;"634.105,5";UK;"Bailrigg";'
    "LANCASTER;LA1 4YW;http://www.lancaster.ac.uk;GB683666819;;\n"
    "194062;640031;TWEETHER;participant;999492851;THALES;;PRC;false;;FR;;VELIZY;78140;;;;\n"
    "194062;640031;TWEETHER;participant;999492851;THALES;;PRC;false;;FR;;VELIZY;78140;;;;\n"
    "194063;640032;X;coordinator;999992401;FRAUNHOFER;;REC;true;;DE;;MUENCHEN;80686;;;;\n"
    "194063;640032;X;participant;999999999;NOBODY KNOWS;;;false;;DE;;;;;;;\n"
)
OLD_PROJECTS = (
    "rcn;id;acronym;status;programme;topics;frameworkProgramme;title;startDate;endDate;projectUrl;objective;totalCost;"
    "ecMaxContribution;call;fundingScheme;coordinator;coordinatorCountry;participants;participantCountries;subjects\n"
    '194062;640031;TWEETHER;SIGNED;H2020-EU.2.1.1.;ICT-06-2014;H2020;"T; 2";2015-01-01;2018-09-30;;"o";1;1;c;RIA;U;UK;'
    "THALES;FR;TEL\n"
    "194063;640032;X;CLOSED;H2020-EU.3.4.;M;H2020;T;2016-05-01;;;o;1;1;c;RIA;F;DE;;;\n"
    "194063;640032;X;CLOSED;H2020-EU.3.4.;M;H2020;T;2016-05-01;;;o;1;1;c;RIA;F;DE;;;\n"
)


def write_old(folder: Path) -> Path:
    folder.mkdir()
    write(folder / "cordis-h2020organizations.csv", "\ufeff" + OLD_ORGANISATIONS)
    write(folder / "cordis-h2020projects.csv", "\ufeff" + OLD_PROJECTS)
    return folder


def test_tables_from_before_2021_have_other_headers(tmp_path: Path) -> None:
    actors, records, report = convert("cordis", [write_old(tmp_path / "old")], tmp_path / "o", level="country")
    assert [tuple(row.values()) for row in records] == [
        ("640031", "999492851", "2015", "project", "Industrial leadership", "participant", "2"),
        ("640031", "999842536", "2015", "project", "Industrial leadership", "coordinator", "2"),
        ("640032", "999992401", "2016", "project", "Transport", "coordinator", "2"),
        ("640032", "999999999", "2016", "project", "Transport", "participant", "2"),
    ]
    assert {row["id"]: (row["region"], row["kind"]) for row in actors} == {
        "999492851": ("FR", "enterprise"),
        "999842536": ("UK", "university"),
        "999992401": ("DE", "institute"),
        "999999999": ("DE", "other"),
    }
    assert report == {"repeated": 1, "repeated-record": 1, "no-kind": 1, "ended": 1}


def test_roles_are_those_of_the_study_of_europe_whatever_the_order_of_rows(tmp_path: Path) -> None:
    header = HEADER.replace("geolocation\n", "geolocation;role\n")
    rows = [
        "1;10;A;HES;X;DE;DEA23;;beneficiary\n",
        "1;10;A;HES;X;DE;DEA23;;coordinator\n",
        "1;11;B;HES;X;DE;DEA23;;thirdParty\n",
        "1;11;B;HES;X;DE;DEA23;;associatedPartner\n",
        "1;12;C;HES;X;DE;DEA23;;observer\n",
        "1;13;D;HES;X;;;;\n",
    ]
    for order in (rows, rows[::-1]):
        text = header + "".join(order)
        _, records, report = convert("cordis", [write(tmp_path / "organization.csv", text)], tmp_path / "o")
        assert [(row["actor"], row["role"], row["participants"]) for row in records] == [
            ("10", "coordinator", "4"),
            ("11", "partner", "4"),
            ("12", "observer", "4"),
            ("13", "", "4"),
        ]
        assert report["other-role"] == 2


def test_without_roles_no_number_of_participants_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "organization.csv", HEADER + "1;10;A;HES;X;DE;DEA23;(50.9,6.9)\n")
    _, records, _ = convert("cordis", [path], tmp_path / "o")
    assert set(records[0]) == {"record", "actor", "kind"}


def test_they_have_no_nuts_codes(tmp_path: Path) -> None:
    actors, records, report = convert("cordis", [write_old(tmp_path / "old")], tmp_path / "o")
    assert {row["region"] for row in actors} == {""}
    assert len(records) == 4
    assert report["no-region"] == 4


def test_codes_that_are_no_nuts_and_points_at_zero_are_counted(tmp_path: Path) -> None:
    rows = "1;10;A;HES;X;DE;DEA2-3;(0,0)\n1;11;B;HES;X;DE;dea23;(50.9,6.9)\n"
    actors, _, report = convert("cordis", [write(tmp_path / "organization.csv", HEADER + rows)], tmp_path / "o")
    assert [row["region"] for row in actors] == ["", "DEA2"]
    assert (report["no-nuts"], report["no-point"]) == (1, 1)


def test_a_single_file_of_another_kind_is_named(tmp_path: Path) -> None:
    other = write(tmp_path / "topics.csv", "projectID;topic;title\n1;T;X\n")
    found = faults_of("cordis", [other, FOLDER / "organization.csv"], tmp_path / "o")
    assert found == [("E-COLUMN", "topics.csv", 1, None)]
