"""Chains as data: order of stages, words that nobody knows, what belongs nowhere, what is declared of the sources."""

from pathlib import Path

import pandas as pd
import pytest

from regions import Study, StudyError, load_study, read_study
from regions.schema.several_words import split_several, split_shares
from regions.tables.chain_checks import find_circle

REGIONS = "code,name,name_zh\n1,One,甲省\n2,Two,乙省\n"
LINKS = "source,target\n1,2\n"
STEEL = "chain,stage,next,industries\nsteel,ore,melt,B08\nsteel,melt,roll,C31\nsteel,roll,,C31:0.4;C33\n"


def write(folder: Path, **tables: str) -> Study:
    given = {"regions": REGIONS, "links": LINKS, **tables}
    for name, text in given.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_study(folder)


def list_faults(folder: Path, **tables: str) -> list[tuple[str, int | None, str]]:
    with pytest.raises(StudyError) as error:
        write(folder, **tables)
    return [(fault.code, fault.row, fault.message) for fault in error.value.faults]


def test_a_chain_is_read_with_all_its_words(tmp_path: Path) -> None:
    study = write(tmp_path, chains=STEEL)
    assert study.chains is not None
    assert study.chains["stage"].tolist() == ["ore", "melt", "roll"]
    assert study.chains["industries"].tolist()[2] == "C31:0.4;C33"
    assert not study.warnings


def test_chinese_headers_and_sheets(tmp_path: Path) -> None:
    tables = {
        "地区": pd.DataFrame({"地区代码": ["1", "2"], "名称": ["甲省", "乙省"]}),
        "联系": pd.DataFrame({"起点": ["甲省"], "终点": ["乙省"]}),
        "产业链": pd.DataFrame(
            {
                "产业链": ["汽车", "汽车"],
                "环节": ["零部件", "整车"],
                "下一环节": ["整车", None],
                "行业": ["C367", "C361"],
            }
        ),
        "产业活动": pd.DataFrame(
            {"地区": ["甲省", "乙省"], "行业": ["C367", "C361"], "年份": [2020, 2020], "从业人员": [5, 7]}
        ),
        "覆盖范围": pd.DataFrame({"来源": ["经济普查"], "缺失说法": ["无从业人员"], "环节": ["整车；零部件"]}),
    }
    book = tmp_path / "链.xlsx"
    with pd.ExcelWriter(book) as writer:
        for name, table in tables.items():
            table.to_excel(writer, sheet_name=name, index=False)
    study = read_study(book)
    assert study.chains is not None
    assert study.activities is not None
    assert study.coverage is not None
    assert study.chains[["chain", "stage", "next"]].to_numpy().tolist() == [
        ["汽车", "零部件", "整车"],
        ["汽车", "整车", ""],
    ]
    assert study.activities[["code", "industry", "value"]].to_numpy().tolist() == [
        ["1", "C367", 5.0],
        ["2", "C361", 7.0],
    ]
    assert study.coverage["absent"].tolist() == ["无从业人员"]


def test_a_circle_is_refused_by_name(tmp_path: Path) -> None:
    chains = "chain,stage,next\nsteel,ore,melt\nsteel,melt,roll\nsteel,roll,melt\nwood,tree,plank\nwood,plank,\n"
    assert list_faults(tmp_path, chains=chains) == [
        ("E-CYCLE", 3, "the stages of chain 'steel' form a circle: melt -> roll -> melt.")
    ]


def test_a_stage_that_follows_itself_is_a_circle(tmp_path: Path) -> None:
    assert list_faults(tmp_path, chains="chain,stage,next\nsteel,ore,ore\n")[0][2].endswith("a circle: ore -> ore.")


def test_an_unknown_next_stage_is_refused_with_what_is_meant(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as error:
        write(tmp_path, chains="chain,stage,next\nsteel,ore,melting\nsteel,melt,\n")
    (fault,) = error.value.faults
    assert (fault.code, fault.row, fault.column) == ("E-CHAIN", 2, "next")
    assert "'melting'" in fault.message
    assert "melt" in fault.hint


def test_a_stage_of_another_chain_is_unknown(tmp_path: Path) -> None:
    chains = "chain,stage,next\nsteel,ore,plank\nwood,tree,plank\nwood,plank,\n"
    assert [code for code, _, _ in list_faults(tmp_path, chains=chains)] == ["E-CHAIN"]


def test_every_fault_is_listed_at_once(tmp_path: Path) -> None:
    chains = "chain,stage,next,industries\na,x,y,C1:0\na,y,x,C1:1.0\nb,u,w,\n"
    assert [(code, row) for code, row, _ in list_faults(tmp_path, chains=chains)] == [
        ("E-CHAIN", 2),
        ("E-CYCLE", 2),
        ("E-CHAIN", 4),
    ]


def test_what_belongs_to_no_stage_is_counted(tmp_path: Path) -> None:
    study = write(
        tmp_path,
        chains=STEEL,
        actors="id,name,kind,region,industry\na,A,enterprise,1,B08\nb,B,enterprise,2,C99\nc,C,enterprise,2,\n",
        activities="code,industry,year,value\n1,C31,2020,3\n1,Q80,2020,3\n2,Q80,2021,4\n",
    )
    said = [(fault.code, fault.message) for fault in study.warnings if fault.code == "W-CHAIN"]
    assert said == [
        ("W-CHAIN", "1 row(s) of 1 industry(ies) that belong to no stage of a chain: C99 (1); they count in none."),
        ("W-CHAIN", "2 row(s) of 1 industry(ies) that belong to no stage of a chain: Q80 (2); they count in none."),
    ]


def write_records(folder: Path, **tables: str) -> Study:
    """Write a study of records, which stand in place of links."""
    (folder / "actors.csv").write_text("id,name,kind,region\na,A,enterprise,1\nb,B,enterprise,2\n", encoding="utf-8")
    for name, text in {"regions": REGIONS, "chains": STEEL, **tables}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_study(folder)


def test_unknown_stages_of_records_are_counted(tmp_path: Path) -> None:
    study = write_records(tmp_path, records="record,actor,环节\nr1,a,ore;polish\nr2,a,polish\nr3,b,melt\n")
    said = [fault.message for fault in study.warnings if fault.code == "W-CHAIN"]
    assert said == ["2 row(s) of 1 stage(s) that no chain has: polish (2); they count in none."]


def test_an_actor_may_stand_in_a_record_by_two_stages(tmp_path: Path) -> None:
    study = write_records(tmp_path, records="record,actor,stage\nr1,a,ore\nr1,a,melt\nr1,a,melt\nr1,b,ore\n")
    assert study.records is not None
    assert study.records[["actor", "stage"]].to_numpy().tolist() == [["a", "ore"], ["a", "melt"], ["b", "ore"]]
    assert [fault.code for fault in study.warnings if fault.code == "W-DUPROW"] == ["W-DUPROW"]


def test_industry_is_a_column_of_its_own(tmp_path: Path) -> None:
    study = write_records(tmp_path, records="记录编号,主体编号,行业,领域\nr1,a,C31,材料\nr1,b,B08,材料\n")
    assert study.records is not None
    assert study.records["industry"].tolist() == ["C31", "B08"]
    assert study.records["field"].tolist() == ["材料", "材料"]


def test_activities_count_once_and_totals_are_left_out(tmp_path: Path) -> None:
    study = write(tmp_path, activities="地区,行业,年份,数值\n甲省,C31,2020,3\n全国,C31,2020,10\n乙省,C31,2020,7\n")
    assert study.activities is not None
    assert study.activities["value"].tolist() == [3, 7]
    assert [fault.code for fault in study.warnings] == ["W-LEFTOUT"]
    twice = "code,industry,year,value\n1,C31,2020,3\n1,C31,2020,4\n1,C31,2021,4\n"
    assert [(code, row) for code, row, _ in list_faults(tmp_path, activities=twice)] == [("E-DUPCODE", 3)]


def test_activities_of_unknown_regions_stop_or_are_dropped(tmp_path: Path) -> None:
    activities = "code,industry,value\n1,C31,3\n9,C31,4\n"
    assert [(code, row) for code, row, _ in list_faults(tmp_path, activities=activities)] == [("E-UNKNOWN", 3)]
    study = read_study(tmp_path, unknown="drop")
    assert study.activities is not None
    assert study.activities["code"].tolist() == ["1"]


def test_activities_alone_make_a_study(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text(REGIONS, encoding="utf-8")
    (tmp_path / "activities.csv").write_text("code,industry,value\n1,C31,3\n", encoding="utf-8")
    assert read_study(tmp_path).links is None


def test_coverage_of_unknown_chains_and_stages_is_refused(tmp_path: Path) -> None:
    coverage = (
        "source,absent,chain,stage,region\ncensus,no firm,steel,ore;melt,甲省\nlist,none,wood,,\nlist,none,,plank,\n"
    )
    assert [(code, row) for code, row, _ in list_faults(tmp_path, chains=STEEL, coverage=coverage)] == [
        ("E-CHAIN", 3),
        ("E-CHAIN", 4),
    ]
    good = "source,absent,chain,stage,region\ncensus,no firm,steel,ore;melt,甲省\n"
    study = write(tmp_path, chains=STEEL, coverage=good)
    assert study.coverage is not None
    assert study.coverage["region"].tolist() == ["1"]


def test_own_links_do_not_take_the_chains_of_the_extended_study(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("extends: china\n", encoding="utf-8")
    (tmp_path / "links.csv").write_text("source,target\n江苏,浙江\n", encoding="utf-8")
    study = read_study(tmp_path)
    assert (study.chains, study.activities, study.coverage) == (None, None, None)
    assert load_study("northeast").chains is not None


def test_words_of_a_cell() -> None:
    assert split_several(" a；b ; a|c;") == ["a", "b", "c"]
    assert split_several("农、林、牧、渔业") == ["农、林、牧、渔业"]
    assert split_several("") == []
    assert split_shares("C31: 25%;C33：1") == {"C31": 0.25, "C33": 1.0}
    assert list(split_shares("ISIC:24")) == ["ISIC:24"]


@pytest.mark.parametrize(
    ("follows", "circle"),
    [
        ({}, []),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, ["a", "b", "c"]),
        ({"a": ["b", "c"], "b": [], "c": ["d"], "d": ["c"]}, ["c", "d"]),
    ],
)
def test_circles(follows: dict[str, list[str]], circle: list[str]) -> None:
    assert find_circle(follows) == circle


def test_a_long_chain_needs_no_deep_stack() -> None:
    assert find_circle({str(i): [str(i + 1)] for i in range(5000)}) == []


def test_the_chains_of_china() -> None:
    study = load_study("china")
    assert study.chains is not None
    assert study.activities is not None
    names = study.chains["chain"].unique()
    assert sum(name.startswith("Group: ") for name in names) == 11
    assert len(names) == 61
    assert (study.chains.groupby("chain").size() == 7).all()
    counts = study.activities.set_index(["code", "industry"])["value"]
    shown = {
        (what, chain): [int(counts.get((code, f"{what}: {chain}"), 0)) for code in ("210000", "220000", "230000")]
        for what in ("Experimental stations", "Holders of A seed licences", "Leading enterprises by name")
        for chain in ("Rice", "Maize", "Soybean")
    }
    assert shown == {
        ("Experimental stations", "Rice"): [2, 2, 4],
        ("Experimental stations", "Maize"): [3, 4, 6],
        ("Experimental stations", "Soybean"): [2, 2, 6],
        ("Holders of A seed licences", "Rice"): [0, 1, 0],
        ("Holders of A seed licences", "Maize"): [4, 9, 4],
        ("Holders of A seed licences", "Soybean"): [1, 0, 4],
        ("Leading enterprises by name", "Rice"): [5, 5, 19],
        ("Leading enterprises by name", "Maize"): [0, 0, 2],
        ("Leading enterprises by name", "Soybean"): [0, 1, 1],
    }
    assert not [fault for fault in study.warnings if fault.code == "W-CHAIN"]
