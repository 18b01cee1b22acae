"""The page of sources: what it names exists, and its recipes run on tables of the form that the funders publish."""

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest
from adapter_samples import SAMPLES, Row, convert, pairs, write
from typer.testing import CliRunner

from regionet.cli import app
from regions import MethodError, StudyError, read_study
from regions.sources import SOURCES, convert_records

PAGE = (Path(__file__).parents[1] / "docs" / "sources.md").read_text(encoding="utf-8")


runner = CliRunner()


def run_recipe(name: str, inputs: list[Path], out: Path) -> tuple[list[Row], list[Row], dict[str, int]]:
    """Write the settings that the page shows, convert with them, and return what ``convert`` returns."""
    found = re.search(rf"<!-- recipe: {name} -->\n```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert found is not None
    settings = write(out.parent / f"{name}.yaml", found[1])
    return convert("table", inputs, out, settings=settings)


def test_the_page_names_every_source_and_its_usual_region_first() -> None:
    table = PAGE.partition("| source |")[2].partition("\n\n")[0]
    rows = {row.split("|")[1].strip(" `"): row.split("|")[4] for row in table.splitlines() if row.startswith("| `")}
    assert set(rows) == set(SOURCES)
    for name, source in SOURCES.items():
        first = re.split("[;,]", rows[name])[0].strip().lower().replace(" ", "")
        assert source.level in {first, "given"}


def test_the_files_that_the_page_names_exist() -> None:
    named = re.findall(r"`(regions/\w+/\w+\.csv)`", PAGE)
    assert len(named) == 3
    for name in named:
        assert (Path(__file__).parents[1] / name).exists()


def test_the_recipe_for_the_french_agency(tmp_path: Path) -> None:
    projects = write(
        tmp_path / "projets.csv",
        "Projet.Code_Decision;AAP.Edition;Projet.Acronyme\nANR-14-CE16-0008;2014;SupCo\nANR-15-CE01-0001;2015;X\n",
        encoding="utf-8-sig",
    )
    partners = write(
        tmp_path / "partenaires.csv",
        "Projet.Code_Decision;Projet.Partenaire.Est_coordinateur;Projet.Partenaire.Nom_organisme;"
        "Projet.Partenaire.Categorie_organisme;Projet.Partenaire.Adresse.Ville;Projet.Partenaire.Adresse.Pays\n"
        "ANR-14-CE16-0008;True;Laboratoire Hubert Curien;EPST;SAINT-ETIENNE CEDEX 2;France\n"
        "ANR-14-CE16-0008;False;Keranova, SA;PME;Lyon;France\n"
        "ANR-15-CE01-0001;True;Keranova, SA;PME;LYON;France\n"
        "ANR-15-CE01-0001;False;Sans ville;Association;;\n"
        "ANR-99-XXXX-0001;True;Sans projet;EPST;Paris;France\n",
        encoding="utf-8-sig",
    )
    actors, records, report = run_recipe("anr", [partners, projects], tmp_path / "o")
    assert [tuple(row.values())[:3] for row in records] == [
        ("ANR-14-CE16-0008", "Keranova, SA (Lyon)", "2014"),
        ("ANR-14-CE16-0008", "Laboratoire Hubert Curien (Saint-Etienne)", "2014"),
        ("ANR-15-CE01-0001", "Keranova, SA (Lyon)", "2015"),
        ("ANR-15-CE01-0001", "Sans ville", "2015"),
    ]
    assert {row["kind"] for row in actors if row["region"]} == {"enterprise", "institute"}
    assert report == {"unknown-record": 1, "no-region": 1, "participant-unplaced": 1}


GTR = (
    "ProjectReference,ProjectId,OrganisationName,OrganisationId,Role,OrganisationType,Region,StartDate,FundingOrgName\n"
    "EP/S001/1,A-1,University of X,O-1,LEAD_RESEARCH_ORG,Academic,Scotland,01/04/2019,EPSRC\n"
    '"EP/S001/1",A-1,"ACME, Ltd",O-2,COLLAB_ORG,SME,South East,01/04/2019,EPSRC\n'
    "EP/S001/1,A-1,Institute of Abroad,O-3,COLLAB_ORG,RTO,Outside UK,01/04/2019,EPSRC\n"
    'BB/T002/1,A-2,"ACME, Ltd",O-2,LEAD_PARTICIPANT,SME,South East,2021-01-15,BBSRC\n'
)


def test_the_recipe_for_gateway_to_research(tmp_path: Path) -> None:
    table = write(tmp_path / "gtr.csv", GTR)
    actors, records, report = run_recipe("gtr", [table], tmp_path / "o")
    assert [(row["record"], row["actor"], row["year"], row["field"]) for row in records] == [
        ("BB/T002/1", "O-2", "2021", "BBSRC"),
        ("EP/S001/1", "O-1", "2019", "EPSRC"),
        ("EP/S001/1", "O-2", "2019", "EPSRC"),
        ("EP/S001/1", "O-3", "2019", "EPSRC"),
    ]
    assert [(row["name"], row["kind"], row["region"]) for row in actors] == [
        ("University of X", "university", "Scotland"),
        ("ACME, Ltd", "enterprise", "South East"),
        ("Institute of Abroad", "institute", ""),
    ]
    assert report == {"no-region": 1, "participant-unplaced": 1}


def test_the_recipe_for_innovate_uk(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    rows = pd.DataFrame(
        {
            "Competition Reference": ["C1"] * 3,
            "Project Number": ["10001", "10001", "10002"],
            "Participant Name": ["ACME LTD", "University of X", "ACME LTD"],
            "Is Lead Participant": ["Yes", "No", "Yes"],
            "Enterprise Size": ["Micro/Small", "Academic", "Micro/Small"],
            "Address Region": ["South East", "Scotland", "South East"],
            "Sector": ["Energy", "Energy", "Health"],
            "Project Start Date": pd.to_datetime(["2019-04-01", "2019-04-01", "2021-01-01"]),
        }
    )
    rows.to_excel(tmp_path / "funded-projects.xlsx", index=False)
    actors, records, report = run_recipe("innovate-uk", [tmp_path / "funded-projects.xlsx"], tmp_path / "o")
    assert [(row["record"], row["actor"], row["year"], row["field"]) for row in records] == [
        ("10001", "ACME LTD (South East)", "2019", "Energy"),
        ("10001", "University of X (Scotland)", "2019", "Energy"),
        ("10002", "ACME LTD (South East)", "2021", "Health"),
    ]
    assert {row["id"]: row["kind"] for row in actors} == {
        "ACME LTD (South East)": "enterprise",
        "University of X (Scotland)": "university",
    }
    assert report == {}


def test_a_table_by_settings_is_a_study_that_is_checked_and_scored(tmp_path: Path) -> None:
    found = re.search(r"<!-- recipe: gtr -->\n```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert found is not None
    settings, table = write(tmp_path / "gtr.yaml", found[1]), write(tmp_path / "gtr.csv", GTR)
    out = tmp_path / "o"
    run("convert", str(table), "--from", "table", "--settings", str(settings), "--out", str(out))
    write(out / "regions.csv", "code,name,lon,lat\nTLJ,South East,-1.0,51.3\nTLM,Scotland,-4.2,56.8\n")
    assert "3 actors" in run("check", "--study", str(out)) or "good" in run("check", "--study", str(out))
    run("score", "--study", str(out), "--out", str(tmp_path / "scores"))
    scores = pd.read_csv(tmp_path / "scores" / "scores.csv", dtype={"code": str}).set_index("code")
    assert scores["strength"].tolist() == [1.0, 1.0]


def run(*arguments: str) -> str:
    done = runner.invoke(app, [*arguments, "--lang", "en"])
    assert done.exit_code == 0, done.output
    return str(done.output)


CURRENT = (
    "projectID;projectAcronym;organisationID;vatNumber;name;shortName;SME;activityType;street;postCode;city;country;nutsCode;"
    "geolocation;organizationURL;contactForm;contentUpdateDate;rcn;order;role;ecContribution;netEcContribution;totalCost;"
    "endOfParticipation;active"
)
PROJECTS = (
    "id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;legalBasis;topics;ecSignatureDate;"
    "frameworkProgramme;masterCall;subCall;fundingScheme;nature;objective;contentUpdateDate;rcn;grantDoi"
)
SEATS = ("FRK26;FR", "FR101;FR", "DE212;DE", "ITC4C;IT", "ES300;ES", "UKI31;UK", "UKK23;UK")
OTHERS = {"NO082": "NO", "TR510": "TR", "": "IL"}


def write_cordis(folder: Path, *, separator: str = ";") -> Path:
    """Write an export of today: every pair of seven regions has as many projects as the sum of their places."""
    rows, projects = [CURRENT], [PROJECTS]
    pairs = [(a, b) for b in range(len(SEATS)) for a in range(b) for _ in range(1 + (a + b) % 3)]
    for number, (a, b) in enumerate(pairs):
        project = 640001 + number
        part = ("H2020-EU.1.3.;H2020-EU.1.3.2.", "HORIZON.2.5")[number % 2]
        projects.append(
            f'{project};A;SIGNED;"T; ""x""";{2016 + number % 3}-05-01;;"1000,5";"900,25";"{part}";T;;H2020;c;c;RIA;;"o"'
            ";;1;d"
        )
        kinds = ("HES", "PRC")
        rows += [
            f'{project};A;{900 + seat};;"Org {seat}";;false;{kinds[seat % 2]};;;C;{end};{nuts};;;;;1;1;participant;'
            f'"634105,5";"1,5";;{"true" if number == 0 and seat == a else "false"};true'
            for seat in (a, b)
            for nuts, end in [SEATS[seat].split(";")]
        ]
    rows += [
        f"640001;A;{800 + i};;Far {i};;;OTH;;;;{end};{nuts};;;;;;;;;;;false;true"
        for i, (nuts, end) in enumerate(OTHERS.items())
    ]
    folder.mkdir()
    for name, lines in (("organization.csv", rows), ("project.csv", projects)):
        frame = pd.read_csv(io.StringIO("\n".join(lines)), sep=";", dtype=str, keep_default_na=False)
        frame.to_csv(folder / name, sep=separator, index=False, encoding="utf-8-sig", quoting=csv.QUOTE_ALL)
    return folder


@pytest.mark.parametrize("separator", [";", ","])
def test_the_export_of_today_becomes_the_form_of_europe(tmp_path: Path, separator: str) -> None:
    out = tmp_path / "o"
    source = write_cordis(tmp_path / "in", separator=separator)
    told = run("convert", str(source), "--from", "cordis", "--study", "europe", "--out", str(out))
    assert "countries that the study does not cover" in told
    assert "IL 1, TR 1" in told
    study = read_study(out)
    assert study.actors is not None
    assert study.records is not None
    placed = study.actors["region"].replace("", None).dropna()
    assert sorted(placed) == ["DE21", "ES30", "FR10", "FR71", "ITC4", "UKI1", "UKK2"]
    assert set(study.records["field"]) == {"Marie Sklodowska-Curie", "HORIZON.2.5"}
    assert set(study.records["year"]) == {2016, 2017, 2018}
    assert "UKK2" in study.regions.index  # left out of europe for want of participants
    assert study.regions.index.size == 240
    report = pd.read_csv(out / "dropped.csv").set_index("reason")["count"]
    assert (report["other-edition"], report["outside"], report["not-placed"], report["ended"]) == (2, 2, 1, 1)
    assert "good" in run("check", "--study", str(out))


def test_the_study_that_comes_of_it_is_scored_and_has_gaps(tmp_path: Path) -> None:
    out = tmp_path / "o"
    run("convert", str(write_cordis(tmp_path / "in")), "--from", "cordis", "--study", "europe", "--out", str(out))
    run("score", "--study", str(out), "--out", str(tmp_path / "scores"))
    scores = pd.read_csv(tmp_path / "scores" / "scores.csv").set_index("code")
    assert scores["degree"].max() == 6
    run("gaps", "--study", str(out), "--out", str(tmp_path / "gaps"))
    gaps = pd.read_csv(tmp_path / "gaps" / "gaps.csv")
    assert len(gaps) == 21
    lyon = gaps[gaps[["source", "target"]].isin(["FR71", "FR10"]).all(axis=1)]
    assert lyon["observed"].tolist() == [2]  # places 0 and 1


FP7 = (
    "projectRcn;projectAcronym;role;id;name;shortName;activityType;endOfParticipation;ecContribution;country;street;city;"
    "postCode;organizationUrl;vatNumber;contactForm\n"
    '88001;T;coordinator;998754293;"MedAustron";;PRC;false;"634105,5";AT;;WIENER NEUSTADT;2700;;;\n'
    "88001;T;participant;999492851;THALES;;PRC;false;;FR;;VELIZY;78140;;;\n"
)
FP7_PROJECTS = (
    "rcn;reference;acronym;status;programme;topics;frameworkProgramme;title;startDate;endDate;projectUrl;objective;totalCost;"
    "ecMaxContribution;call;fundingScheme;coordinator;coordinatorCountry;participants;participantCountries;subjects\n"
    '88001;223000;T;CLOSED;FP7-HEALTH;H;FP7;T;01/05/2009;;;o;"1,5";"1,5";c;CP;M;AT;THALES;FR;\n'
)


def test_older_exports_name_projects_otherwise_and_take_the_places_of_the_study(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "o"
    folder.mkdir()
    write(folder / "cordis-fp7organizations.csv", FP7, encoding="utf-8-sig")
    write(folder / "cordis-fp7projects.csv", FP7_PROJECTS, encoding="utf-8-sig")
    run("convert", str(folder), "--from", "cordis", "--study", "europe", "--out", str(out))
    records = pd.read_csv(out / "records.csv", dtype=str)
    assert records[["record", "year", "field"]].drop_duplicates().to_numpy().tolist() == [
        ["223000", "2009", "FP7-HEALTH"]
    ]
    actors = pd.read_csv(out / "actors.csv", dtype=str).set_index("id")
    assert actors.loc["998754293", "region"] == "AT12"
    assert pd.isna(actors.loc["999492851", "region"])
    report = pd.read_csv(out / "dropped.csv").set_index("reason")["count"]
    assert (report["known-actor"], report["not-placed"]) == (1, 1)


def test_settings_that_mean_nothing_are_all_named(tmp_path: Path) -> None:
    table = write(tmp_path / "long.csv", "a,b\n1,2\n")
    text = "columns:\n  recrd: a\nkinds:\n  X: monster\ncut:\n  region: '['\nmore: 1\n"
    with pytest.raises(StudyError) as caught:
        convert_records("table", [table], tmp_path / "o", settings=write(tmp_path / "s.yaml", text))
    assert [fault.code for fault in caught.value.faults] == ["E-CONFIG"] * 4
    assert "record" in str(caught.value)
    with pytest.raises(MethodError, match="--from table"):
        convert_records("ror", [table], tmp_path / "o", settings=tmp_path / "s.yaml")


def test_tables_of_cordis_become_a_study_that_opens(tmp_path: Path) -> None:
    """From the export to a study: the converted tables, regions beside them, and the folder is read."""
    out = tmp_path / "o"
    _, records, _ = convert("cordis", [SAMPLES / "cordis"], out)
    assert len(pairs(records)) == 7
    write(out / "regions.csv", "code,name,lon,lat\nDEA2,Cologne,6.9,50.9\nFR10,Paris,2.3,48.9\nITI4,Rome,12.5,41.9\n")
    write(out / "study.yaml", "name: europe\nunknown: drop\n")
    placed = pd.read_csv(out / "actors.csv", dtype=str)
    placed[placed["region"].notna()].to_csv(out / "actors.csv", index=False)  # without boundaries no point is placed
    study = read_study(out)
    assert study.actors is not None
    assert study.records is not None
    assert sorted(study.actors["region"].dropna()) == ["DEA2", "FR10", "ITI4"]
    assert study.records["record"].nunique() == 3
    assert set(study.records["year"]) == {2016, 2019, 2021}
