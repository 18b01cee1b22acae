"""``regionet profile``: a region or a group beside others, in words, tables, a workbook and a map."""

import dataclasses
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scorecard_sample import measure_china
from typer.testing import CliRunner

from maps.words.columns.scorecard_columns import PROFILE_SHEETS, SCORECARD
from regionet.cli import app
from regionet.steps.scorecard.profile.profile_figures import build_profile, choose_beside
from regionet.steps.scorecard.profile.profile_files import FILES, PARTS
from regionet.steps.scorecard.profile.profile_places import (
    ProfilePlace,
    find_named_places,
    find_place,
    list_group_places,
)
from regionet.steps.scorecard.profile.profile_sentences import describe_place
from regionet.steps.scorecard.profile.profile_tables import (
    compare_structure,
    list_condition_whatif,
    list_region_tables,
    list_structure_words,
    rank_indicators,
)
from regions import load_study
from regions.errors import MethodError


def take(word: str) -> ProfilePlace:
    return find_place(measure_china().study, word)


def figure(table: pd.DataFrame, name: str) -> "pd.Series[float]":
    return table[table["figure"].str.startswith(name)].iloc[-1]


def test_places_are_found_by_code_and_name() -> None:
    assert [take(word).key for word in ("320000", "jiangsu", "江苏省", "江苏")] == ["320000"] * 4
    short = {"沪": "310000", "皖": "340000", "蜀": "510000", "川": "510000", "滇": "530000", "新": "650000"}
    assert {word: take(word).key for word in short} == short
    assert not take("沪").is_group


@pytest.mark.parametrize(
    ("word", "key", "count"),
    [("长三角", "yangtze-delta", 4), ("Yangtze-Delta", "yangtze-delta", 4), ("东部", "east", 10), ("East", "east", 10)],
)
def test_groups_are_found_too(word: str, key: str, count: int) -> None:
    place = take(word)
    assert (place.key, len(place.members), place.is_group) == (key, count, True)


def test_an_unknown_word_gets_names_that_look_like_it_and_the_groups() -> None:
    with pytest.raises(MethodError, match="'Jiangshu' is no region and no group") as caught:
        take("Jiangshu")
    assert "Did you mean Jiangsu (320000)" in str(caught.value)
    chinese = caught.value.describe("zh")
    assert "北京市、天津市" in chinese
    assert "yangtze-delta（长三角）" in chinese
    many = load_study("france")
    with pytest.raises(MethodError, match="and 56 more"):
        find_place(many, "Atlantis")
    assert all(1 < len(each.members) < len(many.regions) for each in list_group_places(many))


def test_a_region_stands_beside_its_peers_or_whom_one_names() -> None:
    card = measure_china()
    alone = choose_beside(card, take("辽宁"))
    assert len(alone) == 4
    places = choose_beside(card, take("辽宁"), [take("沪")])
    table = build_profile(card, places)
    assert list(table.columns) == ["section", "figure", "figure_zh", "210000", "310000"]
    assert set(table["section"]) == {"size", "index", "coupling", "momentum", "productivity", "conditions"}
    last = card.tables["index"].query("year == 2023").set_index("code")["rank"]
    assert figure(table, "Rank 2023")[["210000", "310000"]].tolist() == last[["210000", "310000"]].tolist()
    names = set(table["figure_zh"])
    assert {"人均铁路里程（公里/万人） 2023", "进出口与GDP之比（%） 2023", "实际增速（%） 2024"} <= names
    assert {"动量（亿元，2010年不变价） 2024", "人均实际产出（元/人，2010年不变价） 2024"} <= names
    rail = figure(table, "Railways per head (km per 10,000 people)")
    assert 0.1 < rail["310000"] < rail["210000"] < 10


def test_figures_of_a_group_are_those_of_its_sums() -> None:
    card = measure_china()
    delta, northeast = take("长三角"), take("northeast")
    table = build_profile(card, [delta, northeast])
    study = card.study.indicators
    assert study is not None
    rows = study[study["year"] == 2024].set_index("code").loc[list(delta.members)]
    assert figure(table, "People (10 thousand persons, year-end) 2024")[delta.key] == rows["residents"].sum()
    momentum = card.tables["momentum"].query("year == 2024").set_index("code")
    inside = momentum.loc[list(delta.members)]
    growth = 100 * inside["momentum"].sum() / inside["mass"].sum()
    assert figure(table, "Real growth (%) 2024")[delta.key] == pytest.approx(growth, rel=1e-9)
    share = 100 * inside["momentum"].sum() / momentum["momentum"].sum()
    assert figure(table, "Share of what all added (%)")[delta.key] == pytest.approx(share, rel=1e-9)
    trade = study[study["year"] == 2023].set_index("code").loc[list(northeast.members), ["trade_cny", "gdp"]].sum()
    told = figure(table, "Foreign trade over GDP (%) 2023")[northeast.key]
    assert told == pytest.approx(100 * trade["trade_cny"] / trade["gdp"], rel=1e-9)
    ranks = card.tables["index"].query("year == 2023").set_index("code").loc[list(delta.members), "rank"]
    assert figure(table, "Rank of the best member")[delta.key] == ranks.min()
    assert not table["figure"].str.startswith("Rank 2023").any()  # a group has no rank


def test_delta_and_northeast_side_by_side_are_told() -> None:
    card = measure_china()
    places = [take("长三角"), take("northeast")]
    told = describe_place(card, places, build_profile(card, places))
    assert told[0].zh.startswith("长三角：4 个地区，均整体计入（上海市、江苏省、浙江省、安徽省）。")
    assert "年均增速 8.5% 对 6.7%；占总增量 26.8% 对 4.7%" in told[1].zh
    assert "growth a year 8.5% against 6.7%" in told[1].en


def test_overlapping_ranks_are_no_order() -> None:
    card = measure_china()
    places = choose_beside(card, take("江苏"), [take("上海")])
    told = describe_place(card, places, build_profile(card, places))
    assert told[0].en.startswith("Jiangsu is 5 of 31 in 2023")
    assert "个百分点来自邻居" in told[0].zh
    assert "which is ahead is not established" in told[-1].en
    assert "区间重叠" in told[-1].zh
    assert "按相关推算" in told[1].zh


def test_pillars_have_intervals_and_indicators_have_ranks() -> None:
    card = measure_china()
    table = rank_indicators(card, ["320000"])
    whole = table.iloc[0]
    own = card.tables["index"].query("year == 2023 and code == '320000'").iloc[0]
    assert (
        whole[["value", "rank", "rank_low", "rank_high"]].tolist()
        == own[["score", "rank", "rank_low", "rank_high"]].tolist()
    )
    pillars = table[(table["indicator"] == "") & (table["pillar"] != "")]
    assert set(pillars["what"]) == {"research", "people", "industry", "infrastructure", "market"}
    assert (pillars["rank_low"] <= pillars["rank_high"]).all()
    single = table[table["indicator"] != ""].dropna(subset=["value"])
    assert single["rank_low"].isna().all()  # no choice moves it
    assert single["rank"].between(1, 31).all()
    assert (single["unit_zh"] != "").all()


def test_peers_stand_side_by_side_with_their_structure() -> None:
    card = measure_china()
    table = compare_structure(card, ["320000"])
    assert table["peer"].iloc[0] == "320000"
    assert table["distance"].is_monotonic_increasing
    assert len(table) == 6
    assert list_structure_words(card)["structure_wealth"][1].zh == "元/人"
    assert table["structure_wealth"].between(10_000, 300_000).all()


def test_a_condition_without_an_estimate_has_no_whatif() -> None:
    card = measure_china()
    effects = card.effects["product"]
    blank = effects.table.copy()
    blank.loc["researchers", ["estimate", "low", "high", "p"]] = np.nan  # as of one that never changes within regions
    with_gap = dataclasses.replace(card, effects={"product": dataclasses.replace(effects, table=blank)})
    found = list_condition_whatif(with_gap, ["310000"])
    assert "researchers" not in set(found["indicator"])
    assert found["effect"].notna().all()
    assert len(found)


def test_what_if_tells_interval_and_what_lies_outside() -> None:
    card = measure_china()
    table = list_condition_whatif(card, ["310000"])
    more = table[(table["step"] == "more") & (table["outcome"] == "product")].set_index("indicator")
    effect = card.effects["product"].table.loc["researchers", "estimate"]
    assert more.loc["researchers", "effect"] == pytest.approx(1.1**effect - 1, rel=1e-9)
    assert more.loc["researchers", "changed"] == pytest.approx(1.1 * more.loc["researchers", "value"], rel=1e-9)
    assert (table["low"] <= table["effect"]).all()
    assert not table["outside"].any()
    first = list_condition_whatif(card, ["110000"])  # Beijing has the most researchers: a tenth more has nobody
    assert first.loc[first["outside"], "indicator"].tolist().count("researchers") >= 1
    assert set(table["outcome"]) == {"strength", "product", "inventions"}


def test_every_table_has_a_sheet_a_file_and_words_for_its_columns() -> None:
    card = measure_china()
    tables = list_region_tables(card, take("江苏"))
    assert set(tables) == set(PARTS)
    structure = list_structure_words(card)
    for name, table in tables.items():
        assert name in PROFILE_SHEETS
        assert f"profile_{name}.csv" in FILES
        assert set(table["code"]) == {"320000"}
        for column in table:
            known = column in SCORECARD or column in structure or column in card.scheme.pillars
            assert known or re.fullmatch(".*_(low|high)", str(column)), column
    growth = tables["growth"]
    assert np.allclose(growth["own"] + growth["received"], growth["velocity"], rtol=1e-9)
    assert growth["momentum_share"].between(0, 1).all()


def test_the_command_writes_workbook_tables_and_map(tmp_path: Path) -> None:
    asked = ["profile", "辽宁", "--with", "上海，江苏", "--out", str(tmp_path), "--lang", "zh", "--draws", "100"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    assert "辽宁省 2023 年列 31 个地区中第" in result.stdout
    assert "辽宁省与上海市相比：位次" in result.stdout
    assert not re.search(r"\de-\d", result.stdout)
    assert set(FILES) <= {path.name for path in tmp_path.iterdir()}
    sheets = pd.read_excel(tmp_path / "profile.xlsx", sheet_name=None, engine="openpyxl")
    assert set(sheets) == {words.zh for words in PROFILE_SHEETS.values()}
    assert list(sheets["并列比较"]) == ["指标", "辽宁省", "上海市", "江苏省"]
    assert sheets["说明"].iloc[0, 0].startswith("辽宁省 2023 年列")
    page = (tmp_path / "profile.html").read_text(encoding="utf-8")
    assert "辽宁省及对照地区" in page
    assert "其他可比地区" in page
    manifest = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["beside"] == ["310000", "320000"]


def test_the_same_number_stands_everywhere(tmp_path: Path) -> None:
    asked = ["profile", "东北", "--with", "长三角", "--out", str(tmp_path), "--draws", "100", "--json", "--lang", "en"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    rows = {row["figure"]: row for row in told["profile"]}
    csv = pd.read_csv(tmp_path / "profile.csv").set_index("figure")
    sheet = pd.read_excel(tmp_path / "profile.xlsx", sheet_name="Side by side", engine="openpyxl").set_index("Figure")
    name = "Share of what all added (%) 2024"
    assert rows[name]["northeast"] == pytest.approx(csv.loc[name, "northeast"], rel=1e-9)
    assert sheet.loc[name].iloc[0] == pytest.approx(csv.loc[name, "northeast"], rel=1e-5)  # six digits


def test_france_has_a_profile_though_no_condition_is_known(tmp_path: Path) -> None:
    asked = ["profile", "75", "--study", "france", "--out", str(tmp_path), "--draws", "100", "--lang", "zh"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    assert "指数只含一个指标" not in result.stdout  # of the whole, not of a region
    assert "未给出条件：" in result.stdout
    assert "未给出条件的相关：数据中没有可用的条件（见上）" in result.stdout
    sheets = pd.read_excel(tmp_path / "profile.xlsx", sheet_name=None, engine="openpyxl")
    assert "结构相近的地区" in sheets
    assert "条件变动推演" not in sheets


def test_a_place_beside_itself_is_refused() -> None:
    with pytest.raises(MethodError, match="Jiangsu would stand beside itself"):
        find_named_places(measure_china().study, ["江苏", "上海", "320000"])


def test_a_profile_is_told_for_the_index_that_was_made(tmp_path: Path) -> None:
    asked = [
        "--out",
        str(tmp_path),
        "--draws",
        "100",
        "--index-weights",
        "entropy",
        "--years",
        "2022",
        "2022",
        "--json",
    ]
    told = [json.loads(CliRunner().invoke(app, [*words, *asked]).stdout) for words in (["profile", "沪"], ["index"])]
    rank = next(row for row in told[0]["profile"] if row["figure"] == "Rank 2022")["310000"]
    assert rank == next(row for row in told[1]["index"] if row["code"] == "310000")["rank"]
