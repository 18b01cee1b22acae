"""Write the files of a report: page, workbook, document, figures, tables for spreadsheets and for papers."""

from functools import partial
from typing import TYPE_CHECKING

from maps.exchange.latex_table import lay_out_latex
from maps.report.bar_charts import chart_gaps, chart_regions
from maps.report.document_blocks import Material, TableBlock
from maps.report.sections.order import build_blocks
from maps.report.word_document import write_document
from regionet.console.language import Language
from regionet.console.run_folder import Run
from regionet.steps.gaps.gap_register import build_register
from regionet.steps.pipeline import Findings
from regionet.steps.report.report_scorecard import FIGURES as CARD_FIGURES
from regionet.steps.report.report_scorecard import TABLES as CARD_TABLES
from regionet.steps.results import save_report, save_tables, write_figures
from regions.files.writing import write_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from maps.exchange.table_files import Sheet

FIGURES = ("map", "network", "calibration", "barriers", *CARD_FIGURES)
TABLES = ("scores", "gaps", "partners", "barriers", "effects", "calibration", "links", "changes", *CARD_TABLES)
PAGE, WORKBOOK, DOCUMENT, LATEX = "page.html", "workbook.xlsx", "report.docx", "tables.tex"
FILES = (
    PAGE,
    WORKBOOK,
    DOCUMENT,
    LATEX,
    *(f"{name}.csv" for name in TABLES),
    *(f"figure-{name}.{kind}" for name in FIGURES for kind in ("png", "svg")),
)
_REGISTERED = 30


def write_report_files(
    run: Run, findings: Findings, material: Material, lang: Language, *, more: "Sequence[Sheet]" = ()
) -> None:
    """Write everything but the page; ``more`` are the sheets of the workbook that come last."""
    save_tables(run, dict(material.tables), lang)
    save_report(run, findings, _list_sheets(findings, material), lang, name=WORKBOOK, more=more)
    write_figures(run, material.figures.values())
    blocks = build_blocks(material)
    title = material.study.title.text(lang.value)
    foot = f"{title} · regionet · {material.run}"
    run.write(DOCUMENT, partial(write_document, blocks, title=title, language=lang.value, run=material.run, foot=foot))
    tables = [block for block in blocks if isinstance(block, TableBlock)]
    text = "".join(f"{_lay_out(block)}\n" for block in tables)
    run.write(LATEX, lambda path: write_text(path, text))


def _lay_out(block: TableBlock) -> str:
    return lay_out_latex(block.headers, block.rows, block.numeric, caption=block.caption)


def _list_sheets(findings: Findings, material: Material) -> "dict[str, pd.DataFrame]":
    """Return the sheets of the workbook in the order in which a planner wants them."""
    tables = dict(material.tables)
    sheets: dict[str, pd.DataFrame] = {}
    if "gaps" in tables:
        partners = tables.get("partners", tables["gaps"].head(0))
        sheets["register"] = build_register(findings, partners, top=_REGISTERED, language=material.language)
        sheets["chart_gaps"] = chart_gaps(tables["gaps"])
    sheets["chart_regions"] = chart_regions(tables["scores"])
    order = ("effects", "gaps", "partners", "barriers", "calibration", "scores", "links", "changes")
    return {**sheets, **{name: tables[name] for name in order if name in tables}}
