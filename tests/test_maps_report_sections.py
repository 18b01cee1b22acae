"""Sections of the report and the document that they become, from a material made by hand."""

import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pandas as pd
import pytest

from maps.report.brief_sentences import Brief, ToldGap
from maps.report.document_blocks import Block, Heading, Material, Paragraph, TableBlock, lay_out
from maps.report.sections.evidence import (
    write_barriers,
    write_changes,
    write_gaps,
    write_partners,
    write_regions,
    write_spillover,
)
from maps.report.sections.first_page import write_brief, write_map, write_title
from maps.report.sections.method import write_citation, write_data, write_method
from maps.report.sections.order import SECTIONS, build_blocks
from maps.report.word_document import write_document
from maps.words.report_text import REPORT
from regions import load_study
from regions.words import Words

RUN = "0123456789ab"
GAP = ToldGap(
    Words("Alpha", "甲"),
    Words("Beta", "乙"),
    1,
    "weak",
    Words("actual 1, about 4 expected", "实际 1，应有约 4"),
    Words("low", "较低"),
    Words("Because", "因为"),
    Words("start", "入手"),
    (Words("One ↔ Two", "一 ↔ 二"), Words("Three ↔ Four", "三 ↔ 四")),
)
BRIEF = Brief(Words("Headline", "标题"), Words("Due", "应有"), Words("Certain", "确定"), (GAP,))
GAPS = pd.DataFrame(
    {
        "source_name": [f"A{row}" for row in range(20)],
        "source_name_zh": [f"甲{row}" for row in range(20)],
        "target_name": "B",
        "target_name_zh": "乙",
        "observed": [float(row) for row in range(20)],
        "expected": [row + 0.25 for row in range(20)],
        "low": 0.0,
        "high": 12.0,
        "gap": 0.25,
        "q": [0.01] + [0.9] * 19,
        "shortfall_probability": 0.9,
        "grade": ["strong"] + ["none"] * 19,
    }
)
SCORES = pd.DataFrame(
    {"code": ["a", "b"], "name": ["Alpha", "Beta"], "name_zh": ["甲", "乙"], "degree": [1, 2], "strength": [3.0, 4.0]}
)


@pytest.fixture
def material() -> Material:
    return Material(load_study("china"), "en", BRIEF, {"gaps": GAPS, "scores": SCORES}, {}, ("A note.",), RUN)


def list_texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading | Paragraph)]


def test_the_first_page_has_the_gap_with_why_what_and_whom(material: Material) -> None:
    blocks = list(write_brief(material))
    texts = list_texts(blocks)
    assert texts[:3] == ["At a glance", "Headline", "Due"]
    assert texts[3] == "1  Alpha and Beta"
    assert texts[4] == "actual 1, about 4 expected (certainty: low)"
    labels = [block.label for block in blocks if isinstance(block, Paragraph) and block.label]
    assert labels == ["Figures", "Why", "What to do", "Whom to call", "How sure?"]
    assert "One ↔ Two; Three ↔ Four" in texts
    assert texts[-1].endswith(f"run {RUN}.")


def test_the_first_page_speaks_chinese(material: Material) -> None:
    texts = list_texts(list(write_brief(replace(material, language="zh"))))
    assert texts[3] == "1  甲与乙"
    assert "一 ↔ 二；三 ↔ 四" in texts


def test_without_gaps_the_first_page_says_so(material: Material) -> None:
    assert list_texts(list(write_brief(replace(material, brief=None))))[-1] == REPORT["no_gaps"].en


def test_a_modelled_network_is_called_modelled_under_the_title(material: Material) -> None:
    assert not any("Modelled" in text for text in list_texts(list(write_title(material))))
    assert list_texts(list(write_title(replace(material, modelled=True))))[-1].startswith("Modelled network")


def test_gaps_are_counted_and_their_interval_is_one_column(material: Material) -> None:
    blocks = list(write_gaps(material))
    assert list_texts(blocks)[1].startswith("1 of 20 pairs are significant")
    [table] = [block for block in blocks if isinstance(block, TableBlock)]
    assert table.headers[:6] == ("#", "Region A", "Region B", "Observed", "Expected", "95 % interval")
    assert len(table.rows) == 12
    assert table.rows[0] == ("1", "A0", "B", "0", "0.3", "0 – 12", "0.250", "0.900", "strong")
    assert table.caption == f"The first 12 of 20 pairs. From gaps.csv, run {RUN}"


def test_sections_with_nothing_to_say_are_not_there(material: Material) -> None:
    bare = replace(material, tables={"scores": SCORES}, brief=None)
    for section in (write_gaps, write_partners, write_spillover, write_changes, write_barriers, write_map):
        assert list(section(bare)) == []
    assert list_texts(list(write_regions(bare))) == ["Who is linked most"]


def test_spillover_is_told_from_the_largest_net(material: Material) -> None:
    scores = SCORES.assign(own=[1.0, 2.0], received=[5.0, 6.0], given=[7.0, 9.5], net=[2.0, 3.5])
    [table] = [
        block
        for block in write_spillover(replace(material, tables={"scores": scores}))
        if isinstance(block, TableBlock)
    ]
    assert [row[0] for row in table.rows] == ["Beta", "Alpha"]
    assert table.rows[0][-1] == "3.5"


def test_years_are_names_without_a_comma(material: Material) -> None:
    changes = pd.DataFrame({"year": [2021], "previous": [2020], "links": [1500], "stayed": [3], "persistence": [0.25]})
    [table] = [
        block
        for block in write_changes(replace(material, tables={"changes": changes}))
        if isinstance(block, TableBlock)
    ]
    assert table.rows == (("2021", "2020", "1,500", "3", "0.250"),)
    assert table.numeric == (False, False, True, True, True)


def test_method_data_and_citation_close_the_report(material: Material) -> None:
    assert "A note." in list_texts(list(write_method(material)))
    data = list_texts(list(write_data(material)))
    assert data[:2] == ["Data and limits", "What the data cannot say"]
    assert "Sources" in data
    assert any(RUN in text for text in list_texts(list(write_citation(material))))
    assert len(build_blocks(material)) > len(SECTIONS)


def test_a_table_is_laid_out_in_one_language_and_cut(material: Material) -> None:
    block = lay_out(replace(material, language="zh"), "scores", ("name", "name_zh", "strength"), caption="表", most=1)
    assert block.headers == ("名称", "联系强度")
    assert block.rows == (("甲", "3"),)
    assert block.caption == f"表。据 scores.csv，运行编号 {RUN}"


def test_hostile_texts_become_a_document_that_opens(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    awkward = "a\x00b <w:p/> & \ufffe 甲"
    table = TableBlock(awkward, ("x" * 300, ""), ((awkward, "1"), ("", "")), (False, True))
    blocks: list[Block] = [Heading(awkward, 0), Paragraph(awkward, label="?"), Paragraph("", "bullet"), table]
    write_document(blocks, path, title=awkward * 50, language="en", run=RUN, foot=awkward)
    document = docx.Document(str(path))
    assert document.paragraphs[0].text == "a\ufffdb <w:p/> & \ufffd 甲"
    assert document.tables[0].cell(1, 0).text.startswith("a\ufffdb")
    assert len(document.core_properties.title) == 255
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_widths_of_a_table_fill_the_page_and_leave_room_for_numbers(tmp_path: Path, language: str) -> None:
    path = tmp_path / "r.docx"
    rows = (("1", "word " * 60, "123,456.7"),)
    write_document(
        [TableBlock("c", ("#", "Long", "Number"), rows, (True, False, True))],
        path,
        title="t",
        language=language,
        run=RUN,
    )
    widths = [column.width.cm for column in docx.Document(str(path)).tables[0].columns if column.width is not None]
    assert sum(widths) == pytest.approx(16.2, abs=0.05)
    assert widths[0] > 0.5
    assert widths[2] > 1.5
    assert max(widths) == widths[1]
