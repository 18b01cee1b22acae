"""The page of sources: what it names exists, and its recipes run on tables of the form that the funders publish."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from adapter_samples import SAMPLES, convert, pairs, write

from regions import read_study
from regions.sources import SOURCES

PAGE = (Path(__file__).parents[1] / "docs" / "sources.md").read_text(encoding="utf-8")


def run_recipe(name: str, folder: Path) -> Path:
    found = re.search(rf"<!-- recipe: {name} -->\n```python\n(.*?)```", PAGE, flags=re.DOTALL)
    assert found is not None
    done = subprocess.run([sys.executable, "-c", found[1]], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "long.csv"


def test_the_page_names_every_source_and_its_usual_region_first() -> None:
    rows = {row.split("|")[1].strip(" `"): row.split("|")[4] for row in PAGE.splitlines() if row.startswith("| `")}
    assert set(rows) == set(SOURCES)
    for name, source in SOURCES.items():
        first = re.split("[;,]", rows[name])[0].strip().lower().replace(" ", "")
        assert source.level in {first, "given"}


def test_the_files_that_the_page_names_exist() -> None:
    named = re.findall(r"`(regions/\w+/\w+\.csv)`", PAGE)
    assert len(named) == 2
    for name in named:
        assert (Path(__file__).parents[1] / name).exists()


def test_the_recipe_for_the_french_agency(tmp_path: Path) -> None:
    write(
        tmp_path / "projets.csv",
        "Projet.Code_Decision;AAP.Edition;Projet.Acronyme\nANR-14-CE16-0008;2014;SupCo\nANR-15-CE01-0001;2015;X\n",
        encoding="utf-8-sig",
    )
    write(
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
    actors, records, report = convert("table", [run_recipe("anr", tmp_path)], tmp_path / "o")
    assert [tuple(row.values())[:3] for row in records] == [
        ("ANR-14-CE16-0008", "Keranova, SA (Lyon)", "2014"),
        ("ANR-14-CE16-0008", "Laboratoire Hubert Curien (Saint-Etienne)", "2014"),
        ("ANR-15-CE01-0001", "Keranova, SA (Lyon)", "2015"),
        ("ANR-15-CE01-0001", "Sans ville", "2015"),
    ]
    assert {row["kind"] for row in actors if row["region"]} == {"enterprise", "institute"}
    assert report == {"no-year": 1, "no-region": 1, "participant-unplaced": 1, "no-kind": 1}


def test_the_recipe_for_the_british_agency(tmp_path: Path) -> None:
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
    actors, records, report = convert("table", [run_recipe("ukri", tmp_path)], tmp_path / "o")
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
