"""Schemes: pillars, indicators and what they are made of."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from regions import Study, load_study, read_study
from regions.errors import MethodError
from regions.schemes.indicator_scheme import list_schemes, read_scheme
from regions.schemes.indicator_values import compute_indicators

CSV = "维度,指标,分子,分母,方向,权重,下限,上限\n研究,强度,rd,gdp,+1,2,0,0.05\n研究,污染,smoke,,负向,1,,\n业态,,,,,,,\n"


def test_the_embedded_schemes_are_sound() -> None:
    assert list_schemes() == ["conditions", "five-news"]
    for name in list_schemes():
        scheme = read_scheme(name)
        assert len({each.key for each in scheme.indicators}) == len(scheme.indicators) >= 9
        assert all(each.name.zh != each.name.en for each in scheme.indicators)
    five = read_scheme("five-news")
    assert {words.zh for words in five.parts.values()} == {"新产业", "新业态", "新模式", "新空间", "新动能"}


def test_a_file_of_a_planner_is_a_scheme(tmp_path: Path) -> None:
    (tmp_path / "方案.csv").write_text(CSV, encoding="utf-8")
    scheme = read_scheme(tmp_path / "方案.csv")
    pd.read_csv(tmp_path / "方案.csv").to_excel(tmp_path / "方案.xlsx", index=False)
    assert read_scheme(tmp_path / "方案.xlsx") == scheme
    assert (scheme.name, list(scheme.pillars)) == ("方案", ["研究", "业态"])
    first, second = scheme.indicators
    assert (first.value, first.per, first.direction, first.weight) == (("rd",), ("gdp",), 1, 2.0)
    assert first.goalposts == (0.0, 0.05)
    assert (second.direction, second.goalposts) == (-1, None)


def test_wrong_rows_are_told_all_at_once() -> None:
    table = pd.DataFrame(
        {
            "pillar": ["a", "", "a"],
            "indicator": ["x", "x", "y"],
            "direction": ["1", "1", "up"],
            "weight": ["0", "1", "1"],
        }
    )
    with pytest.raises(MethodError) as caught:
        read_scheme(table)
    told = str(caught.value)
    assert all(
        part in told
        for part in (
            "line 2: weight 0, not above 0",
            "line 3: no pillar",
            "line 3: indicator x again",
            "line 4: direction up",
        )
    )
    with pytest.raises(MethodError, match="lacks the columns indicator"):
        read_scheme(pd.DataFrame({"pillar": ["a"]}))
    with pytest.raises(MethodError, match="no scheme is named 'six-news'"):
        read_scheme("six-news")


def test_indicators_by_hand() -> None:
    rows = {"code": ["A", "B", "A", "B"], "year": [2020, 2020, 2021, 2021]}
    table = pd.DataFrame({**rows, "rd": [1.0, 2, 3, np.nan], "gdp": [10.0, 0, 30, 40]})
    study = Study.from_frames(regions=pd.DataFrame({"code": ["A", "B"], "name": ["A", "B"]}), indicators=table)
    scheme = read_scheme(
        pd.DataFrame({"pillar": ["p", "q"], "indicator": ["i", "none"], "value": ["rd", "no"], "per": ["gdp", ""]})
    )
    found = compute_indicators(study, scheme)
    assert found.table.loc["A", "i"].tolist() == [0.1, 0.1]
    assert found.table.loc["B", "i"].isna().all()  # divided by zero; missing
    assert found.made_of == {"i": "rd / gdp"}
    assert found.empty_pillars == ("q",)
    assert "1 values are missing because of a divisor of zero" in " ".join(note.en for note in found.notes)


def test_the_first_alternative_that_a_study_has_is_taken() -> None:
    scheme = read_scheme("five-news")
    china, europe = (compute_indicators(load_study(name), scheme).made_of for name in ("china", "europe"))
    assert china["inventions"] == "patents_granted_invention / residents"
    assert europe["inventions"] == "epo_patents / population"
    assert len(china) == 14
    assert len(europe) == 5


def test_a_study_without_any_is_refused() -> None:
    france = load_study("france")
    with pytest.raises(MethodError, match=r"none of the indicators that this needs .Railways per head") as caught:
        compute_indicators(france, read_scheme("conditions"))
    assert "it has: Gross" in str(caught.value)


def test_a_study_without_indicators_is_told_what_to_do_next() -> None:
    with pytest.raises(MethodError, match="has no indicators") as caught:
        compute_indicators(replace(load_study("france"), indicators=None), read_scheme("five-news"))
    chinese = caught.value.describe("zh")
    assert "没有指标数据，无法计算（需要：研发经费占GDP比重、" in chinese
    assert "请加入指标表（“regionet template”可生成待填写的模板）" in chinese
    assert "five-news" not in chinese


def test_what_of_a_scheme_is_not_used_is_named_and_counted(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "维度": ["研究", "研究"],
            "指标": ["a", "b"],
            "权重值": ["2", "1"],
            "备注": ["暂定", ""],
            "支柱": ["又", "又"],
            "空": ["", ""],
        }
    )
    scheme = read_scheme(table)
    assert list(scheme.pillars) == ["研究"]  # the first of two columns of one meaning
    assert [each.weight for each in scheme.indicators] == [1.0, 1.0]
    assert [note.zh for note in scheme.notes] == [
        "指标方案中未使用的列 3 个：权重值（2 格；是否为 权重？）、备注（1 格）、支柱（2 格）。"
    ]
    with pd.ExcelWriter(tmp_path / "方案.xlsx") as book:
        table[["维度", "指标"]].to_excel(book, sheet_name="方案", index=False)
        table.to_excel(book, sheet_name="旧稿", index=False)
    assert [note.en for note in read_scheme(tmp_path / "方案.xlsx").notes] == [
        "Sheets of the scheme that are not read (1; the first is): 旧稿."
    ]
    assert read_scheme("five-news").notes == read_scheme("conditions").notes == ()


def test_a_column_that_the_study_does_not_have_gets_what_may_be_meant() -> None:
    rows = {
        "code": ["A", "B"],
        "year": [2020, 2020],
        "发明专利授权量（件）": [1.0, 2],
        "级别": ["x", "y"],
        "rd": [1.0, 2],
    }
    table = pd.DataFrame(rows)
    places = pd.DataFrame({"code": ["A", "B"], "name": ["A", "B"]})
    study = replace(Study.from_frames(regions=places, indicators=table.drop(columns="级别")), indicators=table)
    asked = {
        "pillar": "p",
        "indicator": ["inv", "level", "rd"],
        "value": ["发明专利授权数", "级别", "rd"],
        "备注": "无",
    }
    found = compute_indicators(study, read_scheme(pd.DataFrame(asked)))
    assert [note.zh for note in found.notes] == [
        "指标方案中未使用的列 1 个：备注（3 格）。",
        "数据中没有的方案指标：inv（没有“发明专利授权数”列，是否为 发明专利授权量？）；level（“级别”列不是数值）。",
    ]
    with pytest.raises(MethodError, match=r"inv \(no column 发明专利授权数. Did you mean 发明专利授权量\?\)"):
        compute_indicators(study, read_scheme(pd.DataFrame({**asked, "value": "发明专利授权数"})))


def test_the_example_of_the_documentation_runs(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "docs/scorecard.md").read_text(encoding="utf-8")
    table, scheme = re.findall("```csv\n(.*?)```", text, re.DOTALL)
    (tmp_path / "指标.csv").write_text(table, encoding="utf-8")
    (tmp_path / "方案.csv").write_text(scheme, encoding="utf-8")
    found = compute_indicators(read_study(tmp_path / "指标.csv"), read_scheme(str(tmp_path / "方案.csv")))
    assert [found.scheme.pillars[key].zh for key in found.scheme.pillars] == ["研究", "绿色"]
    assert [(each.name.zh, each.direction, each.weight) for each in found.indicators] == [
        ("研发强度", 1, 2.0),
        ("发明专利", 1, 1.0),
        ("单位能耗", -1, 1.0),
    ]
    assert found.table.loc[("320100", 2022)].tolist() == pytest.approx([620 / 16908, 27000, 0.31], rel=1e-9)
    assert found.table.notna().all(axis=1).sum() == 6
