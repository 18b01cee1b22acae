"""The tables of a scorecard for readers: names, units, yes and no in the language."""

import re

import pandas as pd
import pytest
from scorecard_sample import measure_china

from maps.words.columns.scorecard_columns import SCORECARD, SHEETS, build_scorecard_codebook
from maps.words.scorecard_names import LEVELS, name_value
from regionet.steps.scorecard.card_words import label_card, put_card_into_words
from regionet.steps.scorecard.parts.card_weights import build_card_weights
from regionet.steps.scorecard.parts.scorecard_growth import check_grouping
from regionet.steps.scorecard.scorecard_parts import measure_scorecard
from regionet.steps.scorecard.scorecard_query import ScorecardQuery
from regionet.steps.scorecard.scorecard_result import put_indicator_names
from regions import load_study
from regions.errors import MethodError
from regions.words import Words

_OF_OLD = re.compile("CRITIC|TOPSIS|SAR|SEM|Getis-Ord G|GDP|BOD|Z |R&D|SCI")
"""Latin letters that stand in Chinese texts too."""


def test_no_word_of_the_program_stands_in_a_chinese_sheet() -> None:
    card = measure_china()
    for name, table in card.tables.items():
        shown = put_card_into_words(card, table, "zh")
        assert len(shown) == len(table)
        for column in shown.select_dtypes(exclude="number"):
            words = {_OF_OLD.sub("", str(cell)) for cell in shown[column]}
            assert not [word for word in words if re.search("[a-zA-Z]{2}", word)], (name, column)


def test_what_stands_twice_stands_once_and_csv_keeps_its_keys() -> None:
    card = measure_china()
    table = card.tables["obstacles"]
    assert {"indicator", "indicator_name", "indicator_name_zh"} <= set(table)
    shown = put_card_into_words(card, table, "en")
    assert list(shown) == ["code", "name", "year", "indicator_name", "obstacle"]
    assert "Expressways per head" in set(shown["indicator_name"])
    weights = put_card_into_words(card, card.tables["weights"], "zh").iloc[0]
    assert weights["pillar_name_zh"] == "研究"
    assert weights["made_of"] == "研究与试验发展（R&D）经费内部支出 / 地区生产总值（现价，五经普修订后同一口径）"
    assert weights["unit_zh"] == "%"


def test_units_of_growth_stand_in_the_headers_and_in_the_files() -> None:
    card = measure_china()
    for name in ("momentum", "momentum_groups", "received"):
        assert set(card.tables[name]["unit_zh"]) == {"亿元（2010年不变价）"}
    assert set(card.tables["productivity"]["unit"]) == {"ratio; 1: as the year before"}
    headers = label_card(card, "momentum", card.tables["momentum"], "zh")
    assert headers["mass"] == "规模（亿元，2010年不变价）"
    assert headers["momentum_low"] == "动量下限（亿元，2010年不变价/年）"
    assert headers["velocity"] == "增速（1/年）"
    english = label_card(card, "received", card.tables["received"], "en")
    assert english["momentum_received"] == "Momentum, received (100 million CNY, constant 2010 prices a year)"
    assert "unit" not in put_card_into_words(card, card.tables["momentum"], "en")


def test_every_table_has_a_sheet_and_choices_have_words() -> None:
    card = measure_china()
    assert set(card.tables) <= set(SHEETS)
    levels = card.tables["sensitivity"]
    plain = levels[levels["choice"] != "leave_out"]
    assert set(plain["best"]) | set(plain["worst"]) <= set(LEVELS)
    out = levels[levels["choice"] == "leave_out"].assign(best="")
    assert set(put_card_into_words(card, out, "zh")["best"]) == {"不剔除"}
    assert set(put_card_into_words(card, out, "en")["worst"]) <= {each.name.en for each in card.scheme.indicators}


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("group", "east", "东部"),
        ("group", "Heartland", "Heartland"),
        ("chain", "beside 2", "邻居为第 2 级"),
        ("club", "-1", "全体地区"),
        ("lagging", "people", "人才"),
        ("index", "gini_overlap", "基尼系数：组间重叠（超变密度）"),
        ("anything", "x", "x"),
    ],
)
def test_values_have_names(column: str, value: str, told: str) -> None:
    assert name_value(column, value, {"people": Words("people", "人才")}).zh == told


def test_an_indicator_without_a_name_keeps_its_key() -> None:
    named = put_indicator_names(pd.DataFrame({"indicator": ["a", "b"]}), {"a": Words("A", "甲")})
    assert named.to_numpy().tolist() == [["a", "A", "甲"], ["b", "b", "b"]]


def test_an_unknown_grouping_is_an_error_that_lists_those_there_are() -> None:
    china = load_study("china")
    with pytest.raises(MethodError, match="no column and no group of regions is named 'colour'") as caught:
        measure_scorecard(china, ScorecardQuery(draws=100, by="colour"))
    assert "four-regions（四大区域）" in caught.value.describe("zh")
    assert "macro_region（六大区）" in caught.value.describe("zh")
    check_grouping(china, None)
    check_grouping(china, "three-regions")


def test_associations_are_told_with_what_they_do_not_say() -> None:
    card = measure_china()
    table = card.tables["associations"]
    assert set(table["outcome"]) == {"strength", "product", "inventions"}
    assert (table["low"] < table["high"]).all()
    told = " ".join(note.zh for note in card.notes)
    assert "条件与协作（地区内、剔除共同年份波动，30 个地区，2011-2019 年" in told
    assert "几乎不随时间变化、被地区效应吸收的条件" in told
    assert "相关不是因果" in told
    assert "退出者未列出" in told  # what the additions of later years are not
    assert {"estimate", "variance_within", "slow", "design"} <= set(SCORECARD)


def test_own_and_received_growth_make_growth() -> None:
    card = measure_china()
    table = card.tables["received"]
    assert (table["own"] + table["received"]).to_numpy() == pytest.approx(table["velocity"].to_numpy(), rel=1e-9)
    told = next(note for note in card.notes if note.en.startswith("Own growth and growth received"))
    assert "SAR over borders, rho 0.18 [" in told.en
    assert "这是模型推算而非观测" in told.zh


def test_a_pillar_named_like_a_column_has_its_own_header() -> None:
    card = measure_china()
    assert label_card(card, "index", card.tables["index"], "zh")["people"] == "人才"
    assert label_card(card, "lorenz", card.tables["lorenz"], "zh")["people"] == "人口"
    book = build_scorecard_codebook(["people", "rank"], card.scheme.pillars)
    assert book["label_zh"].tolist() == ["人才", "位次", "人口"]


def test_without_borders_the_nearest_are_neighbours() -> None:
    weights, name = build_card_weights(load_study("europe"))
    assert ((weights > 0).sum(axis=1) == 4).all()
    assert name.zh == "最近的 4 个（因无邻接数据）"
    assert build_card_weights(load_study("china"))[1].en == "borders"
