"""The sentences of the report: numbers as the page writes them, and the page's own words, held alike in a browser."""

from pathlib import Path

import pandas as pd
import pytest
from maps_browser import open_page
from maps_sample import build_network, build_partners, build_rich_gaps, build_scores, build_study
from playwright.sync_api import Browser

import regionet.steps.pipeline
from analysis.gaps.register import GapRegister
from maps import build_page
from maps.page.basemap import build_basemap
from maps.report.brief_sentences import Brief, choose_told, cut_sentence, name_regions, tell_brief
from maps.words.number_words import choose_decimals, write_count, write_due, write_number
from regionet.steps.page_tables import build_page_tables
from regionet.steps.pipeline import Choices, analyse
from regions import load_study


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (12.5, 0, "13"),
        (0.25, 1, "0.3"),
        (1234567.0, 0, "1,234,567"),
        (-2.5, 0, "−3"),
        (float("nan"), 1, "–"),
        (None, 0, "–"),
        (float("inf"), 1, "–"),
    ],
)
def test_numbers_are_rounded_half_up_as_in_the_page(value: float | None, decimals: int, said: str) -> None:
    assert write_number(value, decimals) == said


def test_counts_and_dues_show_tenths_only_where_they_matter() -> None:
    assert [write_count(value) for value in (3.0, 3.25, 12345.6, 0.0)] == ["3", "3.3", "12,346", "0"]
    assert [write_due(value) for value in (4.96, 5.4, 0.0)] == ["5.0", "5", "0.0"]
    assert choose_decimals([]) == 0


def test_the_first_sentence_ends_at_a_full_stop_not_at_a_decimal_point() -> None:
    assert cut_sentence("It is 0.5 here. And more.") == "It is 0.5 here."
    assert cut_sentence("第一句。第二句。") == "第一句。"
    assert cut_sentence("no end") == "no end"


def make_gaps(grades: list[str], gaps: list[float]) -> pd.DataFrame:
    size = len(grades)
    return pd.DataFrame(
        {
            "source": ["R00"] * size,
            "target": [f"R0{place}" for place in range(1, size + 1)],
            "observed": 2.0,
            "expected": [2.0 + gap for gap in gaps],
            "gap": gaps,
            "low": 0.0,
            "high": 9.0,
            "q": 1.0,
            "grade": grades,
        }
    )


def say(gaps: pd.DataFrame, partners: pd.DataFrame | None = None) -> Brief:
    study = build_study()
    names = name_regions(study, list(study.regions.index))
    known = pd.DataFrame() if partners is None else partners
    return tell_brief(study, gaps, names=names, partners=known, counting="full")


def test_gaps_with_evidence_come_first_in_the_order_of_the_register() -> None:
    gaps = make_gaps(["moderate", "none", "weak", "weak"], [3.0, 9.0, 1.0, 2.0])
    assert choose_told(gaps)["target"].tolist() == ["R01", "R03", "R04"]


def test_without_evidence_the_largest_are_told_and_called_chance() -> None:
    brief = say(make_gaps(["none", "none"], [3.0, 9.0]))
    assert brief.headline.en == "No gap is well supported; the largest is Alpha – Gamma"
    assert brief.gaps[0].place == 2
    assert brief.gaps[0].why.en == "About 11 expected (likely 0–9), 2 observed: within chance."
    assert brief.gaps[0].sure.zh == "不足以判断"
    assert brief.certainty.zh.startswith("2 对的差距都在偶然波动以内。")


def test_without_a_pair_below_expectation_there_is_a_sentence_and_no_gap() -> None:
    brief = say(make_gaps(["none"], [-1.0]))
    assert brief.headline.zh == "没有缺口：各地区对的合作都不低于应有水平"
    assert brief.gaps == ()


def test_a_gap_names_what_raises_it_what_to_do_and_two_to_call() -> None:
    gaps = make_gaps(["strong"], [8.0]).assign(
        factor_source=1.2,
        factor_target=1.149,  # 1.15 to three digits: notable, as on the page
        factor_contiguous=1.3,
        contiguous=1,
        shared_fields="Potato\nRice",
    )
    row = {"source": "R00", "target": "R01", "source_name": "One", "target_name": "Other"}
    row |= {"source_name_zh": "甲", "target_name_zh": "乙"}
    [told] = say(gaps, pd.DataFrame([row] * 3)).gaps
    assert told.why.en == "Both collaborate much, they share a border, yet they rarely work together"
    assert told.todo.zh == "先从马铃薯、水稻入手"
    assert [pair.zh for pair in told.call] == ["甲 ↔ 乙"] * 2


def test_nobody_is_invented() -> None:
    [told] = say(make_gaps(["weak"], [8.0])).gaps
    assert told.call[0].zh == "没有可推荐的单位：数据中没有可牵头的主体对。"
    assert told.todo.zh == "数据没有领域信息，先向两地核实"


def test_braces_in_names_stay_as_they_are() -> None:
    study = build_study(names=[("{n} {0}", "{甲}"), ("Beta", "贝市")])
    names = name_regions(study, list(study.regions.index))
    brief = tell_brief(study, make_gaps(["weak"], [8.0]), names=names, partners=pd.DataFrame(), counting="pair")
    assert "{n} {0}" in brief.headline.en


def list_said(brief: Brief, language: str) -> list[str]:
    lines = [brief.headline.text(language), brief.certainty.text(language)]
    for gap in brief.gaps:
        lines += [
            gap.times.text(language),
            gap.why.text(language),
            gap.todo.text(language),
            *(pair.text(language) for pair in gap.call),
        ]
    return lines


def read_page(browser: Browser, page: object, folder: Path) -> str:
    opened = open_page(browser, page, folder, view="brief")  # type: ignore[arg-type]
    return str(opened.page.locator("#view").inner_text())


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_the_same_of_a_small_study(browser: Browser, tmp_path: Path, language: str) -> None:
    study = build_study(tmp_path)
    network, gaps, partners = build_network(study), build_rich_gaps(), build_partners()
    page = build_page(study, network, scores=build_scores(study), gaps=gaps, partners=partners, language=language)
    names = name_regions(study, list(study.regions.index))
    counting = str(network.graph.get("counting", ""))
    brief = tell_brief(study, gaps, names=names, partners=partners, counting=counting)
    shown = read_page(browser, page, tmp_path)
    assert [line for line in list_said(brief, language) if line not in shown] == []


@pytest.mark.browser
def test_the_page_says_the_same_of_the_delta(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regionet.steps.pipeline, "LARGE", 0)  # one fit: the sentences are made of any register
    findings = analyse(load_study("yangtze-delta"), Choices())
    gaps, partners = build_page_tables(findings, listed=30)
    assert gaps is not None
    assert partners is not None
    assert findings.model is not None
    study, network = findings.study, findings.network
    units = [str(code) for code in study.regions.index]
    around = [code for code in build_basemap(study).shapes if code not in units]
    brief = tell_brief(study, gaps, names=name_regions(study, [*units, *around]), partners=partners, counting="full")
    register = GapRegister(gaps, findings.model)
    page = build_page(study, network, scores=findings.scores, gaps=register, partners=partners, language="en")
    shown = read_page(browser, page, tmp_path)
    assert [line for line in list_said(brief, "en") if line not in shown] == []
    assert len(brief.gaps) == 3
