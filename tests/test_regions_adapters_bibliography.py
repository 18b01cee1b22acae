"""Web of Science and Scopus exports, and the addresses in them."""

from pathlib import Path

import pytest
from adapter_samples import SAMPLES, convert, faults_of, pairs, write

from regions.schema.kind_of_name import guess_kind
from regions.sources.addresses import Address, parse_scopus_address, parse_wos_address, split_wos_addresses

WOS = "UT\tC1\tPY\tWC\n"


def test_semicolons_between_authors_do_not_part_addresses() -> None:
    cell = "[Zhang, San; Li, Si] Tsinghua Univ, Beijing, Peoples R China; [Wu, W] Univ Oxford, Oxford, England."
    assert split_wos_addresses(cell) == ["Tsinghua Univ, Beijing, Peoples R China", "Univ Oxford, Oxford, England"]
    assert split_wos_addresses("MIT, Cambridge, MA 02139 USA") == ["MIT, Cambridge, MA 02139 USA"]
    assert split_wos_addresses("[A; B] ; ") == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Tsinghua Univ, Dept Phys, Beijing 100084, Peoples R China", Address("Tsinghua Univ", "Beijing", "China")),
        ("MIT, Dept EECS, Cambridge, MA 02139 USA", Address("MIT", "Cambridge", "United States")),
        ("Univ Oxford, Oxford OX1 3PU, England", Address("Univ Oxford", "Oxford", "United Kingdom")),
        ("ETH, CH-8092 Zurich, Switzerland", Address("ETH", "Zurich", "Switzerland")),
        ("CERN, Switzerland", Address("CERN", "", "Switzerland")),
        ("Univ Macau, Taipa, Macao, Peoples R China", Address("Univ Macau", "Macao", "China")),
        ("Unknown", None),
    ],
)
def test_addresses_of_web_of_science(text: str, address: Address | None) -> None:
    assert parse_wos_address(text) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "Department of Physics, Tsinghua University, Beijing, 100084, China",
            Address("Tsinghua University", "Beijing", "China"),
        ),
        (
            "Institute of Chemistry, Chinese Academy of Sciences, Beijing, 100190, China",
            Address("Chinese Academy of Sciences", "Beijing", "China"),
        ),
        (
            "Massachusetts Institute of Technology, Cambridge, MA 02139, United States",
            Address("Massachusetts Institute of Technology", "Cambridge", "United States"),
        ),
        (
            "Huawei Technologies Co., Ltd., Shenzhen, China",
            Address("Huawei Technologies Co., Ltd.", "Shenzhen", "China"),
        ),
        ("CERN, Geneva, Switzerland", Address("CERN", "Geneva", "Switzerland")),
        ("China", None),
    ],
)
def test_addresses_of_scopus(text: str, address: Address | None) -> None:
    assert parse_scopus_address(text) == address


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Tsinghua Univ", "university"),
        ("Chinese Acad Sci", "institute"),
        ("Huawei Technol Co Ltd", "enterprise"),
        ("中国科学院", "institute"),
        ("北京大学第三医院", "other"),
        ("江苏省科学技术厅", "government"),
        ("宝山钢铁股份有限公司", "enterprise"),
        ("Minist Environm", "government"),
        ("Plus Ultra", "other"),
    ],
)
def test_kinds_are_guessed_from_names(name: str, kind: str) -> None:
    assert guess_kind(name) == kind


def test_two_departments_of_one_university_are_one_actor(tmp_path: Path) -> None:
    actors, records, report = convert("wos", [SAMPLES / "wos.txt"], tmp_path)
    assert pairs(records)[:2] == [
        ("WOS:000000000000001", "tsinghua univ (beijing, china)"),
        ("WOS:000000000000001", "univ oxford (oxford, united kingdom)"),
    ]
    assert {row["field"] for row in records} == {"Physics, Applied"}
    assert {row["region"] for row in actors} == {"China", "United Kingdom", "United States"}
    assert report == {
        "no-institution": 1,
        "no-participant": 1,
        "no-year": 1,
        "repeated-record": 1,
        "first-field": 4,
        "guessed-kind": 6,
    }


def test_scopus_is_read_like_it(tmp_path: Path) -> None:
    actors, records, report = convert("scopus", [SAMPLES / "scopus.csv"], tmp_path, level="city")
    assert len(records) == 5
    assert {row["region"] for row in actors} == {"Beijing", "Oxford", "Cambridge", "Shenzhen"}
    assert report == {"no-participant": 1, "repeated-record": 1, "guessed-kind": 5}


def test_institutes_of_one_academy_in_two_cities_are_two_actors(tmp_path: Path) -> None:
    text = WOS + "W1\tChinese Acad Sci, Beijing, Peoples R China; Chinese Acad Sci, Shanghai, Peoples R China\t2020\t\n"
    actors, _, _ = convert("wos", [write(tmp_path / "w.txt", text)], tmp_path / "out", level="city")
    assert [row["region"] for row in actors] == ["Beijing", "Shanghai"]


def test_overlapping_batches_count_a_publication_once(tmp_path: Path) -> None:
    _, once, _ = convert("wos", [SAMPLES / "wos.txt"], tmp_path / "a")
    _, twice, report = convert("wos", [SAMPLES / "wos.txt", SAMPLES / "wos.txt"], tmp_path / "b")
    assert once == twice
    assert report["repeated-record"] == 1 + 5


def test_quotes_in_a_tab_delimited_export_are_plain_text(tmp_path: Path) -> None:
    rows = 'W1\t"Quoted Univ, Rome, Italy\t2020\tA\nW2\tUniv B, Rome, Italy\t2020\tA\n'
    _, records, _ = convert("wos", [write(tmp_path / "w.txt", WOS + rows)], tmp_path / "out")
    assert [row["record"] for row in records] == ["W1", "W2"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8", "gb18030"])
def test_every_encoding_of_an_export_gives_the_same(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "w.txt", WOS + "W1\t清华大学, 北京, 中国\t2020\t物理\n", encoding=encoding)
    actors, _, _ = convert("wos", [path], tmp_path / "out")
    assert [(row["name"], row["region"], row["kind"]) for row in actors] == [("清华大学", "China", "university")]


def test_wrong_years_are_listed(tmp_path: Path) -> None:
    path = write(tmp_path / "w.txt", WOS + "W1\tA, X, Italy\tin press\t\nW2\tB, X, Italy\t2100\t\n")
    assert faults_of("wos", [path], tmp_path / "out") == [
        ("E-YEAR", "w.txt", 2, "PY"),
        ("E-YEAR", "w.txt", 3, "PY"),
    ]


def test_an_export_without_affiliations_is_refused_with_its_header(tmp_path: Path) -> None:
    path = write(tmp_path / "s.csv", "Title,Year,EID\nA,2020,2-s2.0-1\n")
    assert faults_of("scopus", [path], tmp_path / "out") == [("E-COLUMN", "s.csv", 1, "affiliations")]


def test_three_thousand_addresses_in_one_cell(tmp_path: Path) -> None:
    cell = "; ".join(f"[A{i}, B] Univ {i} of a place with a long name, City {i}, Italy" for i in range(3000))
    path = write(tmp_path / "w.txt", WOS + f"W1\t{cell}\t2020\t\n")
    _, records, report = convert("wos", [path], tmp_path / "out")
    assert len(records) == 3000
    assert report == {"hyper-record": 1, "guessed-kind": 3000}
