"""The workbook that a planner can hand on: scores, gaps, links, what the data cannot say, and a codebook."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.gaps.reasons import READ
from maps.exchange.table_files import Sheet, write_workbook
from maps.report.bar_charts import CHARTS, draw_bars
from maps.report.calibration_chart import draw_calibration
from maps.report.one_language import keep_language, list_headers, write_codebook
from maps.words.citation import list_citations
from maps.words.page_text import UI
from regions.study import Study
from regions.words import Words

_TITLES = {
    "about": Words("About", "说明"),
    "chart_gaps": Words("Chart of gaps", "缺口图"),
    "chart_regions": Words("Chart of regions", "地区图"),
    "effects": Words("Effects", "距离与边界"),
    "register": Words("Register", "缺口清单"),
    "gaps": Words("Gaps", "合作缺口"),
    "partners": Words("Partners", "潜在合作方"),
    "barriers": Words("Borders", "边界代价"),
    "moves": Words("Movement", "缺口变动"),
    "whatif": Words("What if", "假设推演"),
    "calibration": Words("Calibration", "模型校准"),
    "scores": Words("Scores", "网络地位指标"),
    "links": Words("Links", "协作联系"),
    "changes": Words("Changes by year", "逐年变化"),
    "layers": Words("Layers", "分层指标"),
    "codebook": Words("Codebook", "指标说明"),
}


def write_report(
    study: Study,
    tables: Mapping[str, pd.DataFrame],
    path: str | Path,
    *,
    notes: Sequence[str] = (),
    more: Sequence[Sheet] = (),
    language: str,
) -> tuple[str, ...]:
    """Write the workbook, atomically; return what did not fit, see `maps.exchange.table_files.write_workbook`.

    Parameters
    ----------
    study
        Its title, limits and sources go on the first sheet.
    tables
        Any of ``register``, ``gaps``, ``partners``, ``barriers``, ``moves``, ``whatif``, ``calibration`` (with a
        chart), ``scores``, ``links``, and those of `maps.report.bar_charts.CHARTS` (with a chart each); each becomes a
        sheet with headers in the language. Of ``gaps`` the first `READ` rows, and a sentence above them and in the
        codebook that counts the others.
    path
        The file, ending in ``.xlsx``.
    notes
        Sentences for the first sheet: what was fitted, what was assumed.
    more
        Sheets of another analysis, with their own headers and codebook; they come last.
    language
        ``zh`` or ``en``.
    """
    sheets = [
        Sheet(_TITLES["about"].text(language), _describe(study, notes, language), {"text": study.title.text(language)})
    ]
    rest: tuple[str, ...] = ()
    for name, whole in tables.items():
        table, above = _cut_gaps(whole, language) if name == "gaps" else (whole, ())
        rest += above
        shown = keep_language(table, language)
        headers = list_headers(shown, language, of_units=name == "partners")
        draw = _choose_chart(name, shown, language)
        sheets.append(Sheet(_TITLES[name].text(language), shown, headers, above, wrap=name == "register", draw=draw))
    columns = [column for table in tables.values() for column in table.columns]
    sheets.append(Sheet(_TITLES["codebook"].text(language), *write_codebook(columns, language), rest))
    return write_workbook([*sheets, *more], path, language=language)


def _choose_chart(name: str, shown: pd.DataFrame, language: str) -> Callable[[Any, Any, int], None] | None:
    if shown.empty:
        return None
    if name == "calibration":
        return draw_calibration(shown, language)
    if name not in CHARTS:
        return None
    title, values = CHARTS[name]
    return draw_bars(shown, title, language, values=values)


def _cut_gaps(gaps: pd.DataFrame, language: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the rows of the register that the workbook carries, and what to say of the others."""
    left = gaps.iloc[READ:]
    if left.empty:
        return gaps, ()
    graded = int((left["grade"] != "none").sum())
    text = Words(
        f"The first {READ:,} of {len(gaps):,} pairs, those of the best evidence and the largest gaps; of the other "
        f"{len(left):,} pairs, {graded:,} have evidence of a gap. All pairs are in the table of gaps beside this file.",
        f"共 {len(gaps):,} 对，此表按证据等级与缺口大小列出前 {READ:,} 对；"
        f"其余 {len(left):,} 对中有 {graded:,} 对有缺口证据。全部地区对见同一文件夹中的缺口表。",
    )
    return gaps.head(READ), (getattr(text, language),)


def _describe(study: Study, notes: Sequence[str], language: str) -> pd.DataFrame:
    limits = [note.text(language) for note in study.limits]
    lines = [note for note in notes if note not in limits]
    for key, sentences in (
        ("about_limits", limits),
        ("about_sources", [note.text(language) for note in study.sources]),
        ("about_cite", [words.text(language) for words in list_citations(study)]),
    ):
        if sentences:
            lines += ["", getattr(UI[key], language), *sentences]
    return pd.DataFrame({"text": lines}, dtype="object")
