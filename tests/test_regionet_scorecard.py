"""``regionet index`` and ``regionet profile`` from the command line to the files."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from scorecard_sample import measure_china
from typer.testing import CliRunner

from maps.words.columns.scorecard_columns import SCORECARD, SHEETS, build_scorecard_codebook, label_scorecard
from regionet.cli import app
from regionet.steps.scorecard.parts.scorecard_growth import REVISION
from regionet.steps.scorecard.region_sentences import describe_region
from regionet.steps.scorecard.scorecard_layers import find_card_layers, find_card_scores, judge_places
from regionet.steps.scorecard.scorecard_parts import OF_REGIONS, measure_scorecard
from regionet.steps.scorecard.scorecard_query import ScorecardQuery
from regionet.steps.scorecard.scorecard_result import Scorecard
from regionet.steps.scorecard.scorecard_sentences import _tell_lead, describe_scorecard, list_sections
from regionet.steps.scorecard.scorecard_shown import tell_scorecard
from regionet.steps.scorecard.scorecard_tables import FILES
from regions import load_study
from regions.errors import MethodError
from regions.words import Words


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return measure_china()


def test_the_index_of_china_with_its_intervals(card: Scorecard) -> None:
    table = card.tables["index"]
    last = table[table["year"] == 2023]
    assert last.iloc[0]["name"] == "Beijing"
    assert (last["rank_low"] <= last["rank_high"]).all()
    assert last["moved_by"].isin(["normalisation", "weights", "aggregation", "leave_out", "missing"]).all()
    assert table["models"].isna().all()  # an empty pillar stands empty
    weights = card.tables["weights"].filter(like="weight_")
    assert weights.sum().to_numpy() == pytest.approx([1, 1, 1, 1], rel=1e-9)


def test_a_lead_stands_where_no_interval_overlaps() -> None:
    rows = pd.DataFrame({"name": ["A", "B"], "name_zh": ["甲", "乙"], "rank_low": [1.0, 2.0], "rank_high": [1.0, 2.0]})
    assert not list(_tell_lead(rows))
    told = list(_tell_lead(rows.assign(rank_high=[2.0, 2.0])))
    assert told[0].zh == "甲的领先并不确立：其位次区间与 1 个地区的区间重叠（乙）。"
    assert told[0].en.endswith("overlaps with that of 1 other (B).")


def test_coupling_is_of_research_and_industry(card: Scorecard) -> None:
    table = card.tables["coupling"]
    row = table[(table["code"] == "110000") & (table["year"] == 2023)].iloc[0]
    c = 2 * (row["research"] * row["industry"]) ** 0.5 / (row["research"] + row["industry"])
    assert row["coupling"] == pytest.approx(c, rel=1e-9)
    assert row["coordination"] == pytest.approx((c * (row["research"] + row["industry"]) / 2) ** 0.5, rel=1e-9)


def test_every_table_has_its_file_and_every_column_its_words(card: Scorecard) -> None:
    pillars = card.scheme.pillars
    assert set(card.tables) <= set(FILES)
    for table in card.tables.values():
        for column in table:
            words = label_scorecard(str(column), pillars)
            assert words.label.en
            assert words.label.zh
            assert str(column) in SCORECARD or str(column) in pillars or str(column).endswith(("_low", "_high"))
    book = build_scorecard_codebook(["research", "energy_low", "rank"], pillars)
    assert book["label_zh"].tolist() == ["研究", "能量下限", "位次"]


def test_the_ways_to_make_the_index_do_not_move_the_intervals_of_inequality(card: Scorecard) -> None:
    fewer = measure_scorecard(load_study("china"), ScorecardQuery(draws=100), parts=["balance"])
    pd.testing.assert_frame_equal(fewer.tables["inequality"], card.tables["inequality"])


def test_balance_and_productivity_are_told(card: Scorecard) -> None:
    inequality = card.tables["inequality"]
    whole = inequality[(inequality["year"] == 2024) & (inequality["group"] == "all")]
    gini = whole[whole["index"] == "gini"].iloc[0]["value"]
    parts = (
        whole[whole["index"].isin(["gini_within", "gini_between", "gini_overlap"])].groupby("grouping")["value"].sum()
    )
    assert set(parts.index) == {"macro_region", "three-regions", "four-regions"}
    assert parts.to_numpy() == pytest.approx([gini] * 3, rel=1e-9)
    assert card.tables["convergence"]["model"].tolist() == ["ols", "sar", "sem"]
    markov = card.tables["markov"]
    assert markov[markov["chain"] == "all"]["count"].sum() == 31 * 19
    assert set(card.tables["productivity"]["code"]) == set(card.study.regions.index) - {"540000"}
    assert any("no stock of capital" in note.en for note in card.notes)


def test_neighbours_are_alike_in_score(card: Scorecard) -> None:
    table = card.tables["pattern"]
    moran = table[(table["statistic"] == "moran") & (table["of"] == "score")].set_index("year")
    assert moran.loc[2023, "n"] == 31
    assert moran["p"].between(0, 1).all()
    assert set(card.tables["densities"]["of"]) == {"score", "coordination", "per_head"}


def test_the_paragraphs_say_both_languages(card: Scorecard) -> None:
    whole = describe_scorecard(card)
    assert "no data on business forms, models" in whole[0].en
    assert "First in 2023: Beijing 1 [" in whole[1].en
    assert "其位次不能作为结论" in whole[2].zh
    rows = card.tables["index"].query("year == 2023")
    moving = rows[(rows["rank_high"] - rows["rank_low"]) > 31 / 3]
    assert f"变动超过全表三分之一（{'、'.join(moving['name_zh'])}）" in whole[2].zh
    assert whole[3].zh.startswith("北京市的领先并不确立：其位次区间与 ")
    assert "天津市" in whole[3].zh
    assert whole[3].en.startswith("The lead of Beijing is not established")
    assert not [note for note in whole if re.search("[a-z]+_[a-z]+", note.zh)]  # no column of the program
    told = describe_region(card, "320000")
    assert told.en.startswith("Jiangsu is 5 of 31 in 2023, between ")
    assert told.zh.startswith("江苏省 2023 年列 31 个地区中第 5 位")
    assert "Most alike in structure: Zhejiang" in told.en


def test_a_part_that_the_data_cannot_bear_says_why() -> None:
    europe = measure_scorecard(
        load_study("europe"), ScorecardQuery(draws=100, years=(2009, 2011)), parts=("momentum", "balance")
    )
    assert "momentum" not in europe.tables
    assert "inequality" in europe.tables  # within a year current prices will do
    assert "convergence" not in europe.tables
    assert any(note.en.startswith("Not told, convergence") for note in europe.notes)
    assert any("at current prices" in note.en for note in europe.notes)
    refused = [note for note in europe.notes if note.en.startswith("Not told, momentum")]
    assert "bring real product by year" in refused[0].en
    assert "物量指数" in refused[0].zh
    last = europe.tables["index"].query("year == 2011")
    held = europe.index.computed.table.notna().any(axis=1).groupby(level="code").any()
    lacking = last[last["score"].isna()].set_index("code")
    bare = [code for code in lacking.index if not held[code]]
    assert "hold no value of" in describe_region(europe, bare[0]).en


def test_conditions_have_units_and_no_tiny_numbers(card: Scorecard) -> None:
    table = card.tables["conditions"]
    assert set(table["unit_zh"]) == {"%", "公里/万人", "人年/万人", "人/万人"}
    assert table[["value", "peers"]].abs().min().min() > 0.01


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (ScorecardQuery(draws=100, years=(1990, 1995)), "no indicator has a year between 1990 and 1995"),
        (ScorecardQuery(draws=100, scheme="six-news"), "no scheme is named"),
    ],
)
def test_without_an_index_there_is_no_scorecard(query: ScorecardQuery, message: str) -> None:
    with pytest.raises(MethodError, match=message):
        measure_scorecard(load_study("china"), query)


def test_one_indicator_is_an_index_too_and_what_lacks_is_told() -> None:
    france = measure_scorecard(load_study("france"), ScorecardQuery(draws=100), parts=OF_REGIONS)
    assert [note.en.split(",")[1].split(":")[0].strip() for note in france.notes if note.en.startswith("Not told")] == [
        "coupling",
        "momentum",
        "growth received",
        "productivity",
        "conditions",
        "associations of conditions",
    ]
    assert describe_scorecard(france)[0].en.startswith("Index of research (no data on people")
    assert " of 96 in 2012" in describe_region(france, "75").en


def test_a_rank_outside_its_range_is_explained() -> None:
    query = ScorecardQuery(draws=100, weights="bod")
    card = measure_scorecard(load_study("france"), query, parts=())
    assert any("outside its range" in words.en for words in describe_scorecard(card))


def test_ends_of_momentum_are_no_confidence_interval() -> None:
    for column in ("momentum_low", "momentum_high", "energy_low", "energy_high"):
        words = label_scorecard(column, {})
        points = f"{100 * REVISION:g}"
        assert f"growth {points} percentage points" in words.meaning.en
        assert f"{points} 个百分点" in words.meaning.zh


def test_names_that_nobody_knows_are_errors_with_those_there_are() -> None:
    china, few = load_study("china"), {"draws": 100, "years": (2021, 2022)}
    with pytest.raises(MethodError, match="no pillar with data is named x; there are: research") as caught:
        measure_scorecard(china, ScorecardQuery(systems=("industry", "x"), **few), parts=())
    assert "research（研究）、people（人才）" in caught.value.describe("zh")
    with pytest.raises(MethodError, match=r"no price index is named 'prices'; there are: gdp_index .*, gdp_deflator "):
        measure_scorecard(china, ScorecardQuery(deflator="prices", **few), parts=())
    named = measure_scorecard(china, ScorecardQuery(systems=("产业", "people"), **few), parts=("coupling",))
    assert {"industry", "people"} <= set(named.tables["coupling"])


def test_coupling_says_which_scale_it_needs_and_that_one_pillar_is_none() -> None:
    query = ScorecardQuery(draws=100, years=(2021, 2022), normalisation="z")
    found = measure_scorecard(load_study("china"), query, parts=("coupling",))
    assert any("未给出耦合协调：耦合协调需要 0 至 1 之间的取值" in note.zh for note in found.notes)
    france = measure_scorecard(load_study("france"), ScorecardQuery(draws=100), parts=("coupling",))
    assert any("有数据的维度只有一个：研究" in note.zh for note in france.notes)


def test_the_command_writes_tables_and_workbook(tmp_path: Path) -> None:
    asked = ["index", "--out", str(tmp_path), "--lang", "zh", "--draws", "100", "--index-weights", "entropy", "--json"]
    result = CliRunner().invoke(app, [*asked, "--by", "four-regions", "--years", "2020", "2023"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert len(told["index"]) == 31 * 4
    written = {path.name for path in tmp_path.iterdir()}
    assert {"index.csv", "coupling.csv", "momentum.csv", "index.xlsx", "run.json"} <= written
    sheets = pd.read_excel(tmp_path / "index.xlsx", sheet_name=None, engine="openpyxl")
    assert {SHEETS[name].zh for name in ("about", "told", "index", "codebook")} <= set(sheets)
    assert "江苏省" in " ".join(sheets[SHEETS["told"].zh].iloc[:, 2])
    assert "上中下游均可能" in (tmp_path / "scorecard.html").read_text(encoding="utf-8")
    book = pd.read_csv(tmp_path / "codebook.csv", index_col="column")
    assert book.loc["per_head", "files"] == "lorenz.csv"
    assert "index.csv" in book.loc["rank_low", "files"]
    assert book.notna().all(axis=None)
    drawn = pd.read_csv(tmp_path / "figures" / "figures.csv", index_col="file")
    assert [name.removeprefix("figure-") for name in drawn.index] == [
        *("ranks.svg", "densities.svg", "lorenz.svg", "transitions.svg", "sigma.svg")
    ]
    assert all((tmp_path / "figures" / name).with_suffix(".png").stat().st_size > 10_000 for name in drawn.index)
    assert "万元/人，2010年不变价" in drawn.loc["figure-densities.svg", "alt_zh"]
    groups = pd.read_csv(tmp_path / "momentum_groups.csv")
    assert set(groups["group"]) == {"all", "central", "east", "northeast", "west"}


def test_a_third_is_sure_only_where_the_whole_interval_lies_in_it() -> None:
    table = pd.DataFrame(
        {
            "rank": [1, 2, 3, 4, 5, 6, None],
            "rank_low": [1, 1, 3, 3, 5, 4, None],
            "rank_high": [2, 3, 4, 4, 6, 6, None],
        },
        index=list("ABCDEFG"),
        dtype=float,
    )
    assert judge_places(table).to_dict() == {"A": 0, "B": 1, "C": 2, "D": 2, "E": 4, "F": 3}


def test_words_of_columns_are_whole() -> None:
    for words in SCORECARD.values():
        assert isinstance(words.label, Words)
        assert all([*words.label, *words.meaning])
        assert words.label.zh != words.label.en


def test_the_tab_tells_every_region_and_why_a_pillar_is_empty(card: Scorecard) -> None:
    story = tell_scorecard(card)
    assert story.headline.zh.startswith("2023 年北京市列 31 个地区第一（1–")
    assert [row.code for row in story.rows[:3]] == ["110000", "120000", "440000"]
    empty = {name.en: why for name, why in story.pillars if why is not None}
    assert set(empty) == {"business forms", "models"}
    facts = {name.zh: text.zh for name, text in story.rows[0].facts}
    assert facts["动能（类比：规模×增速）"].startswith("2024 年增量 +")
    assert "滞后：产业" in facts["研究与产业的耦合类型"]
    assert len(story.rows[0].shares) == len(story.choices) == 5
    growth = next(figure for figure in story.figures if figure.name.en == "Real growth (%)")
    momentum = card.tables["momentum"].query("year == 2024").set_index("code")
    assert dict(growth.values)["320000"] == pytest.approx(100 * momentum.loc["320000", "velocity"], rel=1e-9)
    assert growth.weights["320000"] == pytest.approx(momentum.loc["320000", "mass"], rel=1e-9)
    groups = {name.zh: set(codes) for name, codes in story.groups}
    assert groups["长三角"] == {"310000", "320000", "330000", "340000"}
    assert "南京都市圈" not in groups  # eight cities are not two provinces
    assert len({frozenset(codes) for codes in groups.values()}) == len(story.groups)  # no set twice


def test_the_layers_of_the_map_speak_for_all_parts(card: Scorecard) -> None:
    layers = {layer.key: layer for layer in find_card_layers(card)}
    assert list(layers) == [
        *("index_rank", "coupling_type", "lagging_system", "score_clusters", "clubs", "scarcest_condition")
    ]
    assert layers["index_rank"].meaning == "ranked"
    types = pd.Series(layers["coupling_type"].members).value_counts()
    assert types[[0, 1]].sum() == 16  # of 31, the median among the developed
    scores, units = find_card_scores(card)
    assert list(scores) == list(units) == ["index_score", "coordination", "real_growth", "momentum", "per_head"]
    assert scores.loc["110000", "per_head"] > 100_000  # CNY of 2010 for a person


def test_the_headline_of_one_indicator_promises_nothing() -> None:
    france = measure_scorecard(load_study("france"), ScorecardQuery(draws=100), parts=())
    story = tell_scorecard(france)
    assert story.headline.en.endswith("by a single indicator; narrow intervals are no certainty")
    assert sum(why is not None for _, why in story.pillars) == 6
    assert next(why.zh for name, why in story.pillars if name.en == "market" and why).startswith("数据缺少：")
    assert not story.rows[0].facts  # neither coupling nor growth


def test_sentences_stand_under_headings_and_once(card: Scorecard) -> None:
    sections = list_sections(card)
    headings = [heading.zh for heading, _ in sections]
    assert headings[:4] == ["综合指数", "耦合协调", "动能", "所获增长"]
    flat = [words for _, part in sections for words in part]
    assert flat == describe_scorecard(card)
    assert len(flat) == len(set(flat))
    assert sections[1][1][0].zh.startswith("研究与产业的协调度")


def test_regions_without_a_rank_are_named_or_counted_by_country() -> None:
    europe = measure_scorecard(load_study("europe"), ScorecardQuery(draws=100, years=(2011, 2011)), parts=())
    told = next(words.en for words in describe_scorecard(europe) if words.en.startswith("Without a rank in 2011"))
    assert "Switzerland 7/7" in told
    late = measure_scorecard(load_study("europe"), ScorecardQuery(draws=100, years=(2019, 2019)), parts=())
    assert describe_region(late, "FR10").en == "Ile-de-France has no score: too much is missing."


def test_productivity_takes_named_variables_and_refuses_unknown_ones() -> None:
    china, few = load_study("china"), {"draws": 100, "years": (2021, 2022)}
    asked = ScorecardQuery(inputs=("研发人员",), outputs=("papers_sci",), **few)
    found = measure_scorecard(china, asked, parts=("productivity",))
    assert any(note.en.startswith("Productivity (Malmquist) from R&D personnel") for note in found.notes)
    assert "productivity" in found.tables
    with pytest.raises(MethodError, match=r"'paper_sci' \(Did you mean .*papers_sci"):
        measure_scorecard(china, ScorecardQuery(outputs=("paper_sci",), **few), parts=())
