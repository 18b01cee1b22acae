"""How to cite stands on the page and in the workbook, in both languages, by one text."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from maps_sample import build_network, build_study

import regionet
from maps.page.basemap import build_basemap
from maps.page.data_block import build_payload
from maps.report.gap_workbook import write_report
from maps.words.citation import VERSION, list_citations
from regions import load_study
from regions.words import Words


def test_the_version_is_that_of_the_program_and_of_its_citation_file() -> None:
    assert regionet.__version__ == VERSION
    program, _ = list_citations(load_study("china"))
    assert program == Words(
        "The regionet developers. regionet: a regional innovation network analyzer. Version 0.2.0.",
        "regionet 开发者：regionet 区域创新网络分析工具，0.2.0 版。",
    )
    cited = (Path(__file__).parents[1] / "CITATION.cff").read_text(encoding="utf-8")
    assert 'title: "regionet: a regional innovation network analyzer"' in cited
    assert 'name: "The regionet developers"' in cited


def test_data_are_cited_by_their_sources_or_as_their_owner_asks() -> None:
    study = load_study("china")
    assert list_citations(study)[1].en.startswith(f"Data: {study.title.en}; cite the sources named above")
    own = replace(study, title=Words("Mine {0}", "我的数据"), sources=())
    assert list_citations(own)[1] == Words(
        "Data: Mine {0}, as its owner asks.", "数据：我的数据；请按数据所有者的要求引用。"
    )


def test_the_page_carries_both_languages(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    payload = build_payload(study, build_network(study), build_basemap(study))
    assert payload["citations"] == [[note.en, note.zh] for note in list_citations(study)]
    assert payload["text"]["about_cite"] == ["How to cite", "如何引用"]


@pytest.mark.parametrize(("language", "heading"), [("en", "How to cite"), ("zh", "如何引用")])
def test_the_first_sheet_says_how_to_cite_below_the_sources(tmp_path: Path, language: str, heading: str) -> None:
    study = load_study("yangtze-delta")
    write_report(study, {}, tmp_path / "report.xlsx", language=language)
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx").worksheets[0]
    lines = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    at = lines.index(heading)
    assert lines[at + 1 : at + 3] == [note.text(language) for note in list_citations(study)]
    assert study.sources[-1].text(language) in lines[:at]
