"""The scorecard in the report: when it stands there, what it prints, what the page beside it has."""

from pathlib import Path

import pandas as pd
import pytest

from maps.report.document_blocks import Heading, Material, Paragraph, TableBlock
from maps.report.sections.scorecard_section import write_scorecard_section
from regionet.steps.report.report_scorecard import choose_page, list_report_sheets, measure_report_card
from regionet.steps.scorecard.scorecard_query import ScorecardQuery
from regions import load_study, read_study

INDEX = pd.DataFrame(
    {
        "code": ["A", "B", "C", "A"],
        "name": ["Alpha", "Beta", "Gamma", "Alpha"],
        "name_zh": ["甲", "乙", "丙", "甲"],
        "year": [2020, 2020, 2020, 2019],
        "score": [0.2, 0.9, None, 0.1],
        "rank": [2.0, 1.0, None, 1.0],
        "rank_low": [1.0, 1.0, None, 1.0],
        "rank_high": [2.0, 2.0, None, 1.0],
        "moved_by": ["weights", "normalisation", "", ""],
    }
)


def make_material(language: str, *told: tuple[str, str]) -> Material:
    return Material(load_study("china"), language, None, {"index": INDEX}, {}, (), "0123456789ab", scorecard=told)


@pytest.mark.parametrize(
    ("language", "headers", "first"),
    [
        ("zh", ("位次", "地区", "得分", "最好位次", "最差位次", "主要影响因素"), "标准化方法"),
        ("en", ("Rank", "Region", "Score", "Best rank", "Worst rank", "Moved by"), "the scale"),
    ],
)
def test_the_last_year_is_printed_by_rank(language: str, headers: tuple[str, ...], first: str) -> None:
    heading, lead, _, table, _, *told = write_scorecard_section(
        make_material(language, ("", "Head."), ("Part", "One."), ("", "Two."))
    )
    assert isinstance(heading, Heading)
    assert isinstance(lead, Paragraph)
    assert (lead.text, lead.style) == ("Head.", "lead")
    assert isinstance(table, TableBlock)
    assert table.headers == headers
    assert [row[0] for row in table.rows] == ["1", "2"]  # without the region that has no rank
    assert table.rows[0][-1] == first
    assert [(each.label, each.text) for each in told if isinstance(each, Paragraph)] == [("Part", "One."), ("", "Two.")]


def test_without_a_scorecard_there_is_no_section() -> None:
    assert not list(write_scorecard_section(make_material("en")))


def test_a_study_without_indicators_or_with_one_pillar_has_none(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("code,name,lon,lat\nA,Ay,120,30\nB,Be,121,31\n", encoding="utf-8")
    (tmp_path / "links.csv").write_text("source,target,weight\nA,B,3\n", encoding="utf-8")
    assert measure_report_card(read_study(tmp_path)) is None
    assert measure_report_card(load_study("france")) is None  # patents alone
    assert choose_page(None).scorecard is None


def test_china_has_one_with_its_tab() -> None:
    found = measure_report_card(load_study("china"))
    assert found is not None
    assert found.card.query == ScorecardQuery()  # the numbers of `regionet index`
    assert found.told[0][1].en.startswith("2023: Beijing is first of 31 (1–")
    named = [name.zh for name, _ in found.told if name.zh]
    assert named[:2] == ["综合指数", "耦合协调"]
    assert {"动能", "所获增长", "生产率"} <= set(named)  # found or refused, no part is silent
    assert set(found.tables) == {"index", "coupling", "momentum", "inequality", "sigma", "lorenz", "markov"}
    assert {"productivity", "received", "conditions"} <= set(found.card.tables)  # told, or refused with the reason
    sheets = {sheet.title: sheet for sheet in list_report_sheets(found, "zh")}
    assert list(sheets) == [
        "综合指数",
        "耦合协调",
        "动能",
        "全要素生产率",
        "自身与所获增长",
        "差距",
        "条件",
        "记分卡指标说明",
    ]
    index = sheets["综合指数"]
    assert {"rank", "rank_low", "rank_high", "name_zh"} <= set(index.table)
    assert index.headers["rank_low"] == "最好位次"
    assert list_report_sheets(None, "zh") == []
    assert "models" not in found.tables["index"]  # an empty pillar is told, not printed
    page = choose_page(found)
    assert page.scorecard is not None
    assert [layer.key for layer in page.layers] == ["index_rank"]
