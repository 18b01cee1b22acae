"""Cities and countries in the addresses of Web of Science and Scopus, in the forms of many countries."""

import csv
from pathlib import Path

import pytest
from adapter_samples import SAMPLES, convert, faults_of, pairs, read, write

from regions.sources.addresses import parse_scopus_address, parse_wos_address
from regions.sources.places import _load_countries, _load_provinces, find_province, fold_place, split_country

with (SAMPLES / "addresses.csv").open(encoding="utf-8") as file:
    ADDRESSES = list(csv.DictReader(file))
PARSERS = {"wos": parse_wos_address, "scopus": parse_scopus_address}
WOS = "UT\tC1\tPY\tWC\n"


def test_the_samples_are_of_more_than_twenty_countries() -> None:
    assert len({row["country"] for row in ADDRESSES}) > 30
    assert {row["set"] for row in ADDRESSES} == {"seen", "held", "later"}


@pytest.mark.parametrize("row", ADDRESSES, ids=lambda row: row["address"][:40])
def test_organisation_city_and_country(row: dict[str, str]) -> None:
    found = PARSERS[row["source"]](row["address"])
    assert found is not None
    assert (found.organisation, found.city, found.country) == (row["organisation"], row["city"], row["country"])


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("Peoples R China", ("China", "")),
        ("MA 02139 USA", ("United States", "MA 02139")),
        ("MA 02139-4307", ("United States", "MA 02139-4307")),
        ("CA", ("United States", "CA")),
        ("Massachusetts", ("United States", "Massachusetts")),
        ("London UK", ("United Kingdom", "London")),
        ("Georgia", ("Georgia", "")),
        ("Papua N Guinea", ("Papua New Guinea", "")),
        ("Türkiye.", ("Turkey", "")),
        ("中国", ("China", "")),
        ("Inner Mongolia", ("", "Inner Mongolia")),  # ends like a country and is a province
        ("New South Wales", ("", "New South Wales")),
        ("Jiangsu", ("", "Jiangsu")),
        ("WA 6009", ("", "WA 6009")),  # four digits are no ZIP
        ("on behalf of the CMS Collaboration", ("", "on behalf of the CMS Collaboration")),
    ],
)
def test_a_country_is_one_of_the_list(part: str, found: tuple[str, str]) -> None:
    assert split_country(part) == found


def test_the_tables_hold_every_country_once() -> None:
    names = set(_load_countries().values())
    assert len(names) == 254
    assert set(_load_provinces()) <= names
    for name in ("China", "Hong Kong", "United Kingdom", "Czech Republic", "Kosovo"):
        assert _load_countries()[fold_place(name)] == name


@pytest.mark.parametrize(
    ("part", "country", "found"),
    [
        ("Jiangsu", "China", ("", "Jiangsu")),
        ("Jiangsu Province", "China", ("", "Jiangsu")),
        ("Gyeonggi-do", "South Korea", ("", "Gyeonggi")),
        ("Co Cork", "Ireland", ("*", "Cork")),
        ("DF", "Mexico", ("=", "Mexico City")),
        ("DF", "Brazil", ("", "DF")),
        ("Beijing", "China", ("!", "Beijing")),
        ("Mississippi State", "United States", None),
        ("Nanjing", "China", None),
        ("USA", "United States", ("", "USA")),
        ("Luxembourg", "Luxembourg", None),
    ],
)
def test_provinces(part: str, country: str, found: tuple[str, str] | None) -> None:
    assert find_province(part, country) == found


@pytest.mark.parametrize(
    ("address", "city"),
    [
        ("Univ A, Toronto ON M5B 2K3, Canada", "Toronto"),  # no comma before the province
        ("Univ A, Nanjing Jiangsu 210094, Peoples R China", "Nanjing"),
        ("Univ A, Xi'an 710049, Peoples R China", "Xian"),
        ("Univ A, Xi\u2032An, Shaanxi, Peoples R China", "Xian"),
        ("Univ A, Gif-sur-Yvette, France", "Gif Sur Yvette"),
        ("Univ A, San José, Costa Rica", "San Jose"),
        ("UNIV A,CAMBRIDGE,ENGLAND", "Cambridge"),
        ("Univ A, Mississippi State, MS 39762 USA", "Mississippi State"),
        ("Univ A, Mathura, UP, India", "Mathura"),
        ("Univ A, Dept Phys, England", ""),
        ("Univ A, Jiangsu, Peoples R China", ""),
        ("Univ A, 12 Main St, England", ""),
        ("Univ A, Box 7250, Sweden", ""),
        ("Univ A, Luxembourg, Luxembourg", "Luxembourg"),
        ("Univ A, 21000 Novi Sad, Serbia. Electronic address: a@b.rs", "Novi Sad"),
    ],
)
def test_one_city_is_written_in_one_way(address: str, city: str) -> None:
    found = parse_wos_address(address)
    assert found is not None
    assert found.city == city


CASE = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
C1 [Ma, A.] Huadong Tech Univ, Sch Phys, Nanjing 210094, Jiangsu, Peoples R China.
   [Ng, B.] Univ Northlake, Dept Chem, Toronto, ON M5S 1A1, Canada.
PY 2019
UT WOS:1
ER
PT J
C1 [Ma, A.] Huadong Tech Univ, Sch Math, Nanjing 210094, Peoples R China.
   [Oz, C.] Univ Southland, Sch Biol, Brisbane, Qld 4072, Australia.
   [Ng, B.] Univ Northlake, Fac Law, Toronto, ON M5T 3M2, Canada.
   [Rao, D.] Deccan Inst Sci, Bangalore 560012, Karnataka, India.
   [Sa, E.] Univ Costa Nova, BR-05508 Sao Paulo, SP, Brazil.
   [Ki, F.] Univ Hilltown, Edinburgh EH9 3JN, Midlothian, Scotland.
PY 2020
UT WOS:2
ER
EF
"""


def test_one_university_in_two_forms_of_its_address_is_one_actor(tmp_path: Path) -> None:
    actors, records, report = convert("wos", [write(tmp_path / "w.txt", CASE)], tmp_path / "o", level="city")
    assert [row["region"] for row in actors] == [
        *("Bangalore", "Nanjing", "Sao Paulo", "Edinburgh", "Toronto", "Brisbane"),
    ]
    assert len(records) == 8
    assert "no-city" not in report


def test_an_address_without_city_goes_to_the_only_place_of_its_organisation(tmp_path: Path) -> None:
    rows = (
        "W1\tUniv A, Nanjing 210094, Jiangsu, Peoples R China; Univ B, Oslo, Norway\t2020\t\n"
        "W2\tUniv A, Jiangsu, Peoples R China; UNIV Á, NANJING, PEOPLES R CHINA; Univ B, Norway\t2020\t\n"
        "W3\tUniv C, Bergen, Norway; Univ C, Tromso, Norway; Univ C, Norway\t2020\t\n"
    )
    actors, records, report = convert("wos", [write(tmp_path / "w.txt", WOS + rows)], tmp_path / "o", level="city")
    assert pairs(records) == [
        ("W1", "univ a (nanjing, china)"),
        ("W1", "univ b (oslo, norway)"),
        ("W2", "univ a (nanjing, china)"),
        ("W2", "univ b (oslo, norway)"),
        ("W3", "univ c (bergen, norway)"),
        ("W3", "univ c (norway)"),
        ("W3", "univ c (tromso, norway)"),
    ]
    # W3's third address could be in either city: it takes part without a region, and is listed
    assert {row["id"]: row["region"] for row in actors if "univ c" in row["id"]} == {
        "univ c (bergen, norway)": "Bergen",
        "univ c (norway)": "",
        "univ c (tromso, norway)": "Tromso",
    }
    assert len(actors) == 5
    assert (report["no-city"], report["joined"], report["no-region"], report["participant-unplaced"]) == (3, 2, 1, 1)
    assert [row["id"] for row in read(tmp_path / "o" / "unplaced.csv")] == ["univ c (norway)"]


def test_an_unknown_country_is_left_out_and_counted_a_state_is_not(tmp_path: Path) -> None:
    rows = "W1\tUniv A, Austin, TX 78712; Univ B, Austin, TX; Univ C, Oslo, Norge; Univ D, Atlantis\t2020\t\n"
    actors, _, report = convert("wos", [write(tmp_path / "w.txt", WOS + rows)], tmp_path / "o")
    assert [(row["name"], row["region"]) for row in actors] == [
        ("Univ A", "United States"),
        ("Univ B", "United States"),
        ("Univ C", "Norway"),
    ]
    assert report["no-country"] == 1


LONG = "Publication Type,Addresses,Publication Year,Early Access Date,WoS Categories,UT (Unique WOS ID)\n"


def test_long_headers_as_csv(tmp_path: Path) -> None:
    row = 'J,"[Ma, A] Univ A, Nanjing, Peoples R China; [Ng, B] Univ B, Oslo, Norway",2020,,Physics,WOS:1\n'
    _, records, _ = convert("wos", [write(tmp_path / "w.csv", LONG + row)], tmp_path / "o")
    assert [(row["record"], row["year"], row["field"]) for row in records] == [("WOS:1", "2020", "Physics")] * 2


def test_an_excel_export_old_or_new(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    calamine = pytest.importorskip("python_calamine")
    old = SAMPLES / "wos.xls"
    book = openpyxl.Workbook()
    for row in calamine.CalamineWorkbook.from_path(old).get_sheet_by_index(0).to_python():
        book.active.append([cell or None for cell in row])
    book.create_sheet("notes").append(["exported by hand"])
    book.save(tmp_path / "w.xlsx")
    found = convert("wos", [old], tmp_path / "a")
    new = convert("wos", [tmp_path / "w.xlsx"], tmp_path / "b")
    assert found[:2] == new[:2]
    assert [(row["record"], row["actor"], row["year"]) for row in found[1]] == [
        ("WOS:1", "huadong tech univ (nanjing, china)", "2020"),
        ("WOS:1", "univ northlake (oslo, norway)", "2020"),
        ("WOS:2", "huadong tech univ (nanjing, china)", "2021"),  # the year of early access
    ]
    assert new[2] == {**found[2], "other-sheet": 1}


@pytest.mark.parametrize("cut", [512, 3000, 5000])
def test_a_damaged_old_workbook_says_how_to_export(tmp_path: Path, cut: int) -> None:
    (tmp_path / "w.xls").write_bytes((SAMPLES / "wos.xls").read_bytes()[:cut])
    assert [fault[0] for fault in faults_of("wos", [tmp_path / "w.xls"], tmp_path / "o")] == ["E-FORMAT"]


@pytest.mark.parametrize(
    ("early", "year"), [("EY 2021\n", "2021"), ("EA MAR 2021\n", "2021"), ("EA 2021-03\n", "2021")]
)
def test_an_early_access_record_has_its_year(tmp_path: Path, early: str, year: str) -> None:
    head = "PT J\nC1 Univ A, Oslo, Norway.\n"
    text = f"{head}{early}UT WOS:1\nER\n{head}EA DEC 2019\nPY 2020\nUT WOS:2\nER\n"
    _, records, _ = convert("wos", [write(tmp_path / "w.txt", text)], tmp_path / "o")
    assert [row["year"] for row in records] == [year, "2020"]
