"""The workbook that a planner can hand on: scores, gaps, links, what the data cannot say, and a codebook."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from maps.calibration import draw_calibration
from maps.codebook import build_codebook, build_headers
from maps.export import Sheet, write_workbook
from maps.gap_text import MOVES
from maps.text import UI
from regions.study import Study

_TITLES = {
    "about": ("About", "说明"),
    "register": ("Register", "缺口清单"),
    "gaps": ("Gaps", "合作缺口"),
    "partners": ("Partners", "潜在合作方"),
    "barriers": ("Borders", "边界代价"),
    "moves": ("Movement", "缺口变动"),
    "whatif": ("What if", "假设推演"),
    "calibration": ("Calibration", "模型校准"),
    "scores": ("Scores", "地区得分"),
    "links": ("Links", "协作联系"),
    "layers": ("Layers", "分层得分"),
    "codebook": ("Codebook", "指标说明"),
}


def write_report(
    study: Study, tables: Mapping[str, pd.DataFrame], path: str | Path, *, notes: Sequence[str] = (), language: str
) -> tuple[str, ...]:
    """Write the workbook, atomically; return what did not fit, see `maps.export.write_workbook`.

    Parameters
    ----------
    study
        Its title, limits and sources go on the first sheet.
    tables
        Any of ``register``, ``gaps``, ``partners``, ``barriers``, ``moves``, ``whatif``, ``calibration`` (with a
        chart), ``scores``, ``links``; each becomes a sheet with headers in the language.
    path
        The file, ending in ``.xlsx``.
    notes
        Sentences for the first sheet: what was fitted, what was assumed.
    language
        ``zh`` or ``en``; the codebook is in both.
    """
    position = 1 if language == "zh" else 0
    grades = {grade: getattr(UI[f"grade_{grade}"], language) for grade in ("strong", "moderate", "weak", "none")}
    moves = {move: getattr(words, language) for move, words in MOVES.items()}
    sheets = [
        Sheet(_TITLES["about"][position], _describe(study, notes, language), {"text": study.title.text(language)})
    ]
    for name, table in tables.items():
        shown = table.assign(grade=table["grade"].map(grades)) if "grade" in table else table
        shown = shown.assign(moved=shown["moved"].map(moves)) if "moved" in shown else shown
        shown = shown.drop(columns="reason" if language == "zh" else "reason_zh", errors="ignore")
        headers = build_headers(shown.columns, language)
        draw = draw_calibration(shown, language) if name == "calibration" else None
        sheets.append(Sheet(_TITLES[name][position], shown, headers, wrap=name == "register", draw=draw))
    columns = [column for table in tables.values() for column in table.columns]
    sheets.append(Sheet(_TITLES["codebook"][position], build_codebook(columns), {}))
    return write_workbook(sheets, path, language=language)


def _describe(study: Study, notes: Sequence[str], language: str) -> pd.DataFrame:
    limits = [note.text(language) for note in study.limits]
    lines = [note for note in notes if note not in limits]
    for key, sentences in (
        ("about_limits", limits),
        ("about_sources", [note.text(language) for note in study.sources]),
    ):
        if sentences:
            lines += ["", getattr(UI[key], language), *sentences]
    return pd.DataFrame({"text": lines}, dtype="object")
