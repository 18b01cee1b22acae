"""``regionet report`` as a planner types it, and the document as a stranger opens it."""

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import matplotlib.font_manager
import openpyxl
import pandas as pd
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from report_samples import write_study
from typer.testing import CliRunner, Result

import analysis
import maps.report.word_document
from maps.report.plot_style import find_voice
from maps.report.word_document import CHINESE
from regionet.cli import app
from regionet.steps.pipeline import Findings
from regionet.steps.report.gather import list_changes
from regions import load_study
from regions.words import Words

FONTS = {font.name for font in matplotlib.font_manager.fontManager.ttflist}
needs_chinese = pytest.mark.skipif(
    not any("CJK" in name for name in FONTS), reason="no Chinese font here (Debian: fonts-noto-cjk)"
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["report", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_study(tmp_path_factory.mktemp("report") / "study")


@pytest.fixture(scope="module")
def out(study: Path) -> Path:
    folder = study.parent / "zh"
    result = run("--study", study, "--out", folder, "--language", "zh")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def document(out: Path) -> Document:
    return docx.Document(str(out / "report.docx"))


def test_the_files_of_a_report(out: Path) -> None:
    figures = [
        f"figure-{name}.{kind}" for name in ("barriers", "calibration", "map", "network") for kind in ("png", "svg")
    ]
    tables = [f"{name}.csv" for name in ("calibration", "effects", "gaps", "links", "scores")]
    others = ["page.html", "report.docx", "run.json", "tables.tex", "workbook.xlsx"]
    assert sorted(path.name for path in out.iterdir()) == sorted([*figures, *tables, *others])
    assert (out / "figure-map.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (out / "figure-map.svg").read_text(encoding="utf-8")
    assert "http" in (out / "figure-map.svg").read_text(encoding="utf-8")  # names of the format, no address to fetch
    assert 'href="http' not in (out / "figure-map.svg").read_text(encoding="utf-8")


def test_the_same_input_gives_the_same_bytes(study: Path, out: Path) -> None:
    again = study.parent / "again"
    assert run("--study", study, "--out", again, "--language", "zh").exit_code == 0
    apart = [path.name for path in sorted(out.iterdir()) if path.read_bytes() != (again / path.name).read_bytes()]
    assert apart == []


def test_a_stranger_finds_headings_in_order(document: Document) -> None:
    found = [
        (line.style.name, line.text) for line in document.paragraphs if line.style and "Head" in str(line.style.name)
    ]
    assert [text for style, text in found if style == "Heading 1"] == [
        "要点",
        "地图",
        "最大的缺口",
        "谁的联系最多",
        "距离与边界的影响",
        "方法（一页）",
        "如何引用",
        "每个数字的出处",
    ]
    assert [text[0] for style, text in found if style == "Heading 2"][:3] == ["1", "2", "3"]


def test_every_style_has_its_chinese_font_headings_too(document: Document) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption", "List Bullet"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == CHINESE, name
        assert [key for key in fonts.attrib if "Theme" in str(key)] == [], name


def test_every_figure_says_in_words_what_it_shows(document: Document) -> None:
    pictures = [shape._inline.docPr for shape in document.inline_shapes]
    assert [picture.get("name") for picture in pictures] == [
        "figure-map",
        "figure-network",
        "figure-barriers",
        "figure-calibration",
    ]
    said = [str(picture.get("descr")) for picture in pictures]
    assert said[0].startswith("10 个地区的地图")
    assert all(re.search("[一-鿿]", words) for words in said)


def test_captions_name_the_file_and_the_run_and_are_counted_by_word(out: Path, document: Document) -> None:
    manifest = json.loads((out / "run.json").read_text(encoding="utf-8"))
    name = manifest["run_id"]
    captions = [line.text for line in document.paragraphs if line.style and line.style.name == "Caption"]
    assert len(captions) == 7
    written = {item["file"] for item in manifest["outputs"]}
    for caption in captions:
        named = re.findall(r"[a-z]+\.csv", caption)
        assert named
        assert set(named) <= written
        assert caption.endswith(name)
    assert document.core_properties.identifier == name
    fields = [field.get(qn("w:instr")) for field in document.element.iter(qn("w:fldSimple"))]
    assert sum(str(code).startswith("SEQ Table") for code in fields) == 3
    words = "\n".join(line.text for line in document.paragraphs)
    assert f"本页数字据 gaps.csv，单位据 partners.csv，运行编号 {name}。" in words
    assert manifest["brief"][0] in words
    assert [note for note in manifest["notes"] if note not in words] == []


def test_numbers_of_the_tables_are_those_of_the_files(out: Path, document: Document) -> None:
    gaps = pd.read_csv(out / "gaps.csv").head(12)
    printed = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert printed[0][:5] == ["序号", "地区甲", "地区乙", "实际", "期望"]
    shown = pd.DataFrame(printed[1:], columns=printed[0])
    assert shown["地区甲"].tolist() == gaps["source_name_zh"].tolist()
    for header, column in (("实际", "observed"), ("期望", "expected"), ("缺口", "gap")):
        numbers = shown[header].str.replace("−", "-").astype(float)
        assert (numbers - gaps[column]).abs().max() <= 0.05 + 1e-9, header


def test_header_rows_come_again_on_every_page(document: Document) -> None:
    for table in document.tables:
        order = [child.tag.split("}")[1] for child in table._tbl.tblPr]
        assert order.index("tblCellMar") < order.index("tblLook")  # Word refuses another order
        first = table.rows[0]._tr.trPr
        assert first is not None
        assert first.find(qn("w:tblHeader")) is not None


def test_nothing_in_the_archive_tells_the_time(out: Path) -> None:
    with zipfile.ZipFile(out / "report.docx") as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.infolist()[0].filename == "[Content_Types].xml"
        core = archive.read("docProps/core.xml").decode()
    assert "1970-01-01T00:00:00Z" in core
    assert "python-docx" not in core


def test_the_workbook_has_native_charts_and_neither_formulas_nor_links(out: Path) -> None:
    book = openpyxl.load_workbook(out / "workbook.xlsx")
    assert book.sheetnames[:4] == ["说明", "缺口清单", "缺口图", "地区图"]
    with zipfile.ZipFile(out / "workbook.xlsx") as archive:
        names = archive.namelist()
        charts = [archive.read(name).decode() for name in names if name.startswith("xl/charts/chart")]
        sheets = [archive.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet")]
    assert len(charts) == 4
    assert all("<c:f>" in chart for chart in charts)  # they draw the cells, so that a change shows
    assert [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet] == []
    assert "<c:errBars>" in next(chart for chart in charts if "期望合作的变化" in chart)


def test_tables_for_papers_escape_what_names_hold(study: Path) -> None:
    folder = study.parent / "en"
    assert run("--study", study, "--out", folder, "--lang", "en").exit_code == 0
    text = (folder / "tables.tex").read_text(encoding="utf-8")
    assert r"Alpha \& <Co>" in text
    assert r"Beta \$x\$" in text
    assert r"Zeta\_1 \%" in text
    assert text.count(r"\toprule") == text.count(r"\bottomrule") == 3
    english = docx.Document(str(folder / "report.docx"))
    assert english.styles["Heading 1"].element.rPr.rFonts.get(qn("w:eastAsia")) == CHINESE
    words = "\n".join(line.text for line in english.paragraphs)
    assert "At a glance" in words
    assert re.search("[一-鿿]", words) is None


@needs_chinese
def test_the_figures_speak_chinese_where_a_font_is_there() -> None:
    voice = find_voice("zh")
    assert (voice.language, voice.chinese) == ("zh", True)
    assert voice.name(Words("Alpha", "阿市"), "R00") == "阿市"


def test_without_a_chinese_font_the_report_says_so(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = [font for font in matplotlib.font_manager.fontManager.ttflist if font.name == "DejaVu Sans"]
    monkeypatch.setattr(matplotlib.font_manager.fontManager, "ttflist", fonts)
    result = run("--study", study, "--out", tmp_path / "out", "--lang", "zh")
    assert "未找到中文字体，图中文字改用英文" in result.output
    words = "\n".join(line.text for line in docx.Document(str(tmp_path / "out" / "report.docx")).paragraphs)
    assert "未找到中文字体" in words
    assert "要点" in words


def test_a_missing_extra_is_named_before_the_work(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps.report.word_document, "find_spec", lambda name: None if name == "docx" else object())
    result = run("--study", study, "--out", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 1
    assert "python-docx" in result.output
    assert "regionet[report]" in result.output
    assert not (tmp_path / "out").exists()


def test_links_are_compared_from_year_to_year_where_there_are_years(tmp_path: Path) -> None:
    study = write_study(tmp_path / "study")
    links = pd.read_csv(study / "links.csv")
    late = links.iloc[5:].assign(year=2021)
    pd.concat([links.assign(year=2019), late]).to_csv(study / "links.csv", index=False)
    assert run("--study", study, "--out", tmp_path / "out", "--lang", "en").exit_code == 0
    changes = pd.read_csv(tmp_path / "out" / "changes.csv")
    assert changes[["year", "previous", "stayed", "entered", "left"]].to_numpy().tolist() == [
        [2021, 2019, len(late), 0, 5]
    ]
    table = docx.Document(str(tmp_path / "out" / "report.docx")).tables[2]
    assert [cell.text for cell in table.rows[0].cells][:4] == ["Year", "Year before", "Links", "Stayed"]
    assert [cell.text for cell in table.rows[1].cells][:3] == ["2021", "2019", str(len(late))]


def test_years_that_a_study_keeps_aside_are_not_compared() -> None:
    study = load_study("yangtze-delta")
    network = analysis.build_network(study)
    findings = Findings(study, network, pd.DataFrame(), None, ())
    assert study.other_years
    assert list_changes(findings).empty
    assert len(list_changes(replace(findings, study=replace(study, other_years={})))) == 0  # one year is left


def test_no_study_is_written_over(study: Path) -> None:
    before = (study / "links.csv").read_bytes()
    result = run("--study", study, "--out", study, "--lang", "en")
    assert result.exit_code == 1
    assert (study / "links.csv").read_bytes() == before


def test_a_directed_study_without_a_cycle_has_its_report_told_to_a_machine(tmp_path: Path) -> None:
    study = write_study(tmp_path / "study")  # every link runs from the lower to the higher code
    (study / "study.yaml").write_text("name: one-way\ndirected: true\n", encoding="utf-8")
    result = CliRunner().invoke(
        app, ["report", "--study", str(study), "--out", str(tmp_path / "out"), "--lang", "en", "--json"]
    )
    told = json.loads(result.stdout)
    assert told["run"] == json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["run_id"]
    assert "report.docx" in told["files"]
    assert told["brief"]
