"""Write and print what a command found.

Heavy packages are imported inside the functions, so that ``regionet --help`` answers at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionet.console.language import Language
from regionet.console.terminal import format_table, show, show_json, tell
from regions.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from maps import PageOptions
    from maps.exchange.table_files import Sheet
    from maps.report.plot_style import Figure
    from regionet.console.run_folder import Run
    from regionet.steps.layers.own_layers import OwnLayers
    from regionet.steps.pipeline import Findings
    from regions.words import Words

SHOWN = 10
_DRAWN = 2
"""Parts of the work on a page, as its bar counts them."""

_FEWER = 6


def build_tables(findings: "Findings") -> dict[str, "pd.DataFrame"]:
    """Return the tables that leave the program: scores, gaps where there are any, links."""
    from regionet.steps.pipeline import label_pairs, label_scores, tabulate_links

    tables = {"scores": label_scores(findings)}
    if findings.gaps is not None:
        tables["gaps"] = label_pairs(findings, findings.gaps)
    return {**tables, "links": tabulate_links(findings)}


def save_tables(run: "Run", tables: dict[str, "pd.DataFrame"], lang: Language) -> None:
    """Write each table as ``<name>.csv`` into the folder of the run; gaps, the longest, to twelve digits.

    Gaps of many years, fields or paths are written to six: more would be a file that nobody can open.
    """
    from maps.exchange.significant_digits import DIGITS
    from maps.exchange.table_files import write_csv

    tell(say("progress/tables").text(lang))
    for name, table in tables.items():
        digits = _FEWER if {"year", "field", "path"} & set(table) else DIGITS
        run.write(f"{name}.csv", partial(write_csv, table, digits=digits if name == "gaps" else None))


def save_report(
    run: "Run",
    findings: "Findings",
    tables: dict[str, "pd.DataFrame"],
    lang: Language,
    *,
    name: str = "report.xlsx",
    more: "Sequence[Sheet]" = (),
) -> None:
    """Write the tables as one workbook with notes and a codebook, then sheets that are ready."""
    from maps.report.gap_workbook import write_report
    from regionet.steps.pipeline import describe_findings

    notes = describe_findings(findings, lang.value)
    run.write(name, partial(write_report, findings.study, tables, notes=notes, more=more, language=lang.value))


def write_page(
    run: "Run",
    findings: "Findings",
    lang: Language,
    *,
    view: str = "brief",
    name: str = "map.html",
    chosen: "PageOptions | None" = None,
    own: "OwnLayers | None" = None,
) -> "tuple[pd.DataFrame | None, pd.DataFrame | None]":
    """Write the offline map; say for how many regions it has an answer.

    Returns the register with what the page tells of it, and the partners; see
    `regionet.steps.page_tables.build_page_tables`.
    """
    from analysis import GapRegister
    from maps import PageOptions, build_page
    from regionet.console.progress import show_progress
    from regionet.steps.page_parts import list_page_parts
    from regionet.steps.page_tables import build_page_tables
    from regionet.steps.page_years import find_page_years

    tell(say("progress/draw").text(lang))
    options, scores, more = _compose_options(findings, lang, replace(chosen or PageOptions(), view=view), own)
    with show_progress("") as progress:
        years, said = find_page_years(findings)
        parts = list_page_parts(findings)
        gaps, partners = build_page_tables(findings, listed=options.gaps_listed)
        progress(1, _DRAWN)
        told = _count_answers(findings, gaps, partners)
        page = build_page(
            findings.study,
            findings.network,
            scores=scores,
            gaps=gaps if gaps is None or findings.model is None else GapRegister(gaps, findings.model),
            partners=partners,
            language=lang.value,
            options=replace(options, years=years, parts=parts, notes=(*findings.notes, *said, told, *more)),
        )
        progress(_DRAWN, _DRAWN)
    run.write(name, page.save)
    tell(told.text(lang.value))
    return gaps, partners


def _compose_options(
    findings: "Findings", lang: Language, chosen: "PageOptions", own: "OwnLayers | None"
) -> "tuple[PageOptions, pd.DataFrame, tuple[Words, ...]]":
    """Return the options with all layers and units, the scores with those of the user, and what to say of them."""
    from regionet.steps.page_layers import build_actor_layers, build_page_layers
    from regionet.steps.page_tables import describe_units

    actors, placed = build_actor_layers(findings.study, lang.value)
    notes = () if placed is None else (placed,)
    layers = (*build_page_layers(findings.study, findings.network), *chosen.layers)
    told = replace(chosen, units=describe_units(findings), geo_layers=(*chosen.geo_layers, *actors), layers=layers)
    if own is None:
        return told, findings.scores, notes
    told = replace(told, layers=(*layers, *own.layers), words=own.words)
    return told, findings.scores.join(own.scores), (*notes, *own.notes)


def _count_answers(findings: "Findings", gaps: "pd.DataFrame | None", partners: "pd.DataFrame | None") -> "Words":
    """Say for how many regions the page has an answer."""
    from maps.page.own_gaps import count_verdicts, find_partnered, has_dropped, judge_regions

    units = [str(code) for code in findings.study.regions.index]
    verdicts = judge_regions(findings.network, gaps, units, dropped=has_dropped(findings.study))
    return count_verdicts(verdicts, find_partnered(gaps, partners))


def print_result(
    findings: "Findings", run: "Run", lang: Language, *, as_json: bool, names: tuple[str, ...], top: int = SHOWN
) -> None:
    """Print the head of the named tables, the notes and the files written; or everything as JSON."""
    tables = {name: table for name, table in build_tables(findings).items() if name in names}
    if as_json:
        show_json(run, study=findings.study.name, **tables)
        return
    for name, table in tables.items():
        headers, rows = _preview(name, table.head(top), lang)
        show(f"\n{format_table(headers, rows)}")
    for sentence in _closing_notes(findings, lang, with_model="gaps" in names):
        show(f"\n{sentence}")
    show("")
    for path in run.outputs:
        show(str(path))


def _closing_notes(findings: "Findings", lang: Language, *, with_model: bool) -> Iterator[str]:
    if with_model and findings.model is not None:
        yield findings.model.describe(lang.value)
    for note in findings.notes:
        yield note.text(lang.value)


_PREVIEW = {
    "scores": ("name", "degree", "strength", "external_share", "betweenness", "closeness", "given", "received"),
    "gaps": (
        "year",
        "field",
        "path",
        "source_name",
        "target_name",
        "observed",
        "expected",
        "low",
        "high",
        "gap",
        "shortfall_probability",
        "grade",
        "moved",
    ),
    "links": ("source_name", "target_name", "weight", "records"),
}


def _preview(name: str, table: "pd.DataFrame", lang: Language) -> tuple[list[str], list[list[Any]]]:
    from maps.words.codebook import build_headers
    from maps.words.columns.gap_columns import MOVES
    from maps.words.page_text import UI

    columns = [
        f"{column}_zh" if lang is Language.ZH and column.endswith("name") else column for column in _PREVIEW[name]
    ]
    columns = [column for column in columns if column in table]
    if "grade" in columns:
        table = table.assign(grade=[getattr(UI[f"grade_{grade}"], lang.value) for grade in table["grade"]])
    if "year" in columns:
        table = table.assign(year=[str(year) for year in table["year"]])  # a name, without a comma in it
    if "moved" in columns:
        table = table.assign(moved=[getattr(MOVES[move], lang.value) for move in table["moved"]])
    headers = ["#", *build_headers(columns, lang.value).values()]
    rows = table[columns].to_numpy(dtype=object).tolist()
    return headers, [[number, *row] for number, row in enumerate(rows, start=1)]


def write_figures(run: "Run", figures: "Iterable[Figure]", *, folder: str = "") -> None:
    """Write each figure as PNG and SVG, into a ``folder`` of the run where one is given (``figures/``)."""
    for figure in figures:
        for kind, picture in (("png", figure.png), ("svg", figure.svg)):
            run.write(f"{folder}{figure.name}.{kind}", partial(_write_bytes, picture))


def _write_bytes(content: bytes, path: Path) -> None:
    path.write_bytes(content)
