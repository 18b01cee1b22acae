"""Years that a study sets aside count when they are named, and only then."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.barriers.panel import build_yearly_networks
from analysis.networks.multilayer import build_layers, select_records
from analysis.networks.network import build_network
from regions import Study, StudyError, load_study, open_years, read_study
from regions.records.count_links import count_region_links
from regions.study_parts.study_selection import select_study
from regions.study_parts.study_years import describe_other_years, describe_waiting_years

ACTORS = "id,name,region\na,A,1\nb,B,2\nc,C,3\n"
REGIONS = "code,name\n1,One\n2,Two\n3,Three\n"
RECORDS = "record,actor,year,field\nr,a,2011,x\nr,b,2011,x\ns,a,2017,x\ns,c,2017,x\nt,b,2017,y\nt,c,2017,y\n"


def write(folder: Path, *, card: str = "years: [2011, 2011]\n", records: str = RECORDS) -> Study:
    folder.mkdir(exist_ok=True)
    for name, text in (("regions", REGIONS), ("actors", ACTORS), ("records", records)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "study.yaml").write_text(card, encoding="utf-8")
    return read_study(folder)


def list_pairs(study: Study, **options: object) -> list[tuple[str, str]]:
    table = count_region_links(study, **options).table  # type: ignore[arg-type]
    return list(zip(table["source"], table["target"], strict=True))


def test_a_network_is_of_the_years_that_the_card_names(tmp_path: Path) -> None:
    study = write(tmp_path)
    assert list_pairs(study) == [("1", "2")]
    assert list_pairs(open_years(study)) == [("1", "2"), ("1", "3"), ("2", "3")]
    assert study.warnings == ()  # the gap between the years is meant


def test_naming_years_opens_them(tmp_path: Path) -> None:
    study = write(tmp_path)
    assert list_pairs(select_study(study, years=(2017, 2017))) == [("1", "3"), ("2", "3")]
    assert list_pairs(select_records(study, years=(2017, 2017))) == [("1", "3"), ("2", "3")]
    assert list(build_layers(study, "year")) == [2011, 2017]
    assert list(build_yearly_networks(study)) == [2011, 2017]
    table = count_region_links(study, by=["year"]).table
    assert table["year"].tolist() == [2011, 2017, 2017]


@pytest.mark.parametrize("select", [select_study, lambda study, field: select_records(study, fields=[field])])
def test_a_field_narrows_the_years_that_wait_too(tmp_path: Path, select) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    part = select(write(tmp_path), field="x")
    assert {year: net.number_of_edges() for year, net in build_layers(part, "year").items()} == {2011: 1, 2017: 1}


def test_what_waits_is_said(tmp_path: Path) -> None:
    note = describe_other_years(write(tmp_path))
    assert note is not None
    assert (note.en, note.zh) == (
        "4 rows of 2017 count only when years are named.",
        "2017 年的 4 行仅在指定年份时计入。",
    )
    assert describe_other_years(write(tmp_path, card="name: all\n")) is None


@pytest.mark.parametrize("card", ["years: 2011\n", "years: [2010, 2011]\n"])
def test_one_year_or_two(tmp_path: Path, card: str) -> None:
    assert sorted(write(tmp_path, card=card).other_years["records"]["year"].unique()) == [2017]


@pytest.mark.parametrize("value", ["[2011]", "[2012, 2011]", "soon", "[2011, 2012, 2013]", "{a: b}"])
def test_anything_else_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(StudyError, match="must be \\[first, last\\], two years"):
        write(tmp_path, card=f"years: {value}\n")


def test_years_without_any_row_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="nothing is of the years 1990-1991"):
        write(tmp_path, card="years: [1990, 1991]\n")


def test_years_go_with_the_records_that_a_study_takes_over(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("extends: china\n", encoding="utf-8")
    assert set(read_study(tmp_path).other_years["records"]["year"]) == {2017, 2019}
    (tmp_path / "records.csv").write_text("record,actor,year\nr,cars-001,1999\nr,cars-009,1999\n", encoding="utf-8")
    assert dict(read_study(tmp_path).other_years) == {}


def test_china_by_year_is_what_the_notices_say() -> None:
    study = load_study("china")
    table = count_region_links(study, by=["year"]).table
    table = table[table["source"] != table["target"]]
    found = table.groupby("year")["weight"].agg(["size", "sum"])
    assert found.to_dict("index") == {
        2011: {"size": 319, "sum": 1844},
        2017: {"size": 214, "sum": 784},
        2019: {"size": 91, "sum": 170},
    }
    strength = dict(build_network(select_study(study, years=(2017, 2017))).degree(weight="weight"))
    first = pd.Series(strength).sort_values(ascending=False).head(3)
    assert first.to_dict() == {"110000": 178, "320000": 158, "370000": 132}


def test_china_of_2011_is_china_without_years() -> None:
    study = load_study("china")
    named, plain = build_network(select_study(study, years=(2011, 2011))), build_network(study)
    assert dict(named.nodes(data=True)) == dict(plain.nodes(data=True))
    assert sorted(named.edges(data="weight")) == sorted(plain.edges(data="weight"))


def test_the_new_links_have_kinds_stages_and_known_ends() -> None:
    study = open_years(load_study("china"))
    assert study.records is not None
    assert study.actors is not None
    assert study.records["kind"].value_counts().to_dict() == {
        "joined": 1480,
        "consortium": 933,
        "joined-together": 618,
    }
    assert study.records["actor"].isin(study.actors.index).all()
    stages = {stage for stages in study.records["stage"] for stage in stages.split(";")}
    assert stages == {"breeding", "protection", "cultivation", "processing", "nutrition", "facilities", "economics"}


def test_years_set_aside_are_no_state_and_bring_the_limits_of_the_records(tmp_path: Path) -> None:
    card = "years: [2011, 2011]\nlimits:\n  - {about: records, en: Additions only., zh: 只有增补。}\n"
    card += "  - {about: actors, en: Seats., zh: 所在地。}\n"
    study = write(tmp_path, card=card)
    told = describe_waiting_years(study)
    assert [note.zh for note in told] == [
        "数据集本身只计 2011 年，2017 年仅在逐年比较时列出。“消失”只表示后一年没有记录或证据，不表示合作已经终止。",
        "只有增补。",
    ]
    assert "counts 2011 by itself; 2017 are set aside" in told[0].en
    assert describe_waiting_years(open_years(study)) == ()
