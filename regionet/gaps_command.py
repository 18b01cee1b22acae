"""``regionet gaps``: the register of collaboration gaps, with filters, reasons and partners."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regionet.language import Language
from regionet.opening import open_study, user_errors
from regionet.options import (
    DEFAULT_OUT,
    Counting,
    CountingOption,
    JsonOption,
    LanguageOption,
    OutOption,
    StudyOption,
)
from regionet.output import SHOWN, print_result, write_report, write_tables
from regionet.terminal import show, tell

if TYPE_CHECKING:
    import pandas as pd

    from regionet.question import Question
    from regionet.runs import Run
    from regions.study import Study

REGISTERED = 30


class Part(StrEnum):
    """What stands side by side in one register."""

    YEAR = "year"
    FIELD = "field"
    PATH = "path"


class SynergyPath(StrEnum):
    """Which kinds of actors a link joins."""

    SCIENCE = "science"
    INDUSTRY = "industry"
    BOTH = "science-industry"


RegisterOption = Annotated[
    int | None,
    typer.Option("--top", min=1, help=f"Pairs in the register sheet and printed; {REGISTERED} and {SHOWN} by default."),
]
BetweenOption = Annotated[
    tuple[str, str] | None,
    typer.Option("--between", metavar="GROUP GROUP", help="Only pairs between two groups of regions."),
]
RegionOption = Annotated[
    list[str] | None,
    typer.Option("--region", metavar="CODE|NAME", help="Only pairs with this region; may be given several times."),
]
PathOption = Annotated[SynergyPath | None, typer.Option("--path", help="Only links that join these kinds of actors.")]
FieldOption = Annotated[str | None, typer.Option("--field", help="Only links of this field.")]
YearsOption = Annotated[
    tuple[int, int] | None, typer.Option("--years", metavar="FIRST LAST", help="Only links of these years.")
]
ByOption = Annotated[
    Part | None,
    typer.Option("--by", help="One register over all years, fields or paths, corrected for all its tests together."),
]
WindowOption = Annotated[
    int, typer.Option("--window", min=1, help="Years that one network covers, with --by year; the last names it.")
]


def gaps(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    top: RegisterOption = None,
    between: BetweenOption = None,
    region: RegionOption = None,
    path: PathOption = None,
    field: FieldOption = None,
    years: YearsOption = None,
    by: ByOption = None,
    window: WindowOption = 1,
    as_json: JsonOption = False,
) -> None:
    """Find pairs of regions that collaborate less than expected, why, and who could close the gap.

    Writes gaps.csv (all pairs), partners.csv, barriers.csv (the price of borders), moves.csv (by year: how gaps moved)
    and gaps.xlsx, with a register to hand on.
    """
    with user_errors(lang):
        from regionet.runs import Run

        run = Run(out)
        opened = _open(study, lang)
        from regionet.question import Question

        question = Question(
            counting=counting.value,
            path=path.value if path else None,
            field=field,
            years=years,
            regions=tuple(region or ()),
            between=between,
            by=by.value if by else None,
            window=window,
        )
        _answer(run, opened, question, lang=lang, top=top, as_json=as_json)


def _open(name: str, lang: Language) -> "Study":
    tell(f"读取研究 {name} …" if lang is Language.ZH else f"Reading the study {name} ...")
    study = open_study(name)
    for fault in study.warnings:
        tell(f"{fault.code}  {fault.describe(lang.value)}")
    tell("寻找缺口 …" if lang is Language.ZH else "Looking for gaps ...")
    return study


def _answer(
    run: "Run", study: "Study", question: "Question", *, lang: Language, top: int | None, as_json: bool
) -> None:
    from dataclasses import asdict, replace

    from regionet.borders import list_barriers
    from regionet.pipeline import label_pairs
    from regionet.register import build_register, count_moves, find_register, list_calibration, list_partners

    findings, shown = find_register(study, question)
    size = top or REGISTERED
    partners, note = list_partners(findings, top=size, path=question.path)
    barriers, prices = list_barriers(findings)
    findings = replace(findings, notes=(*findings.notes, *prices, *([note] if note else [])))
    register = build_register(findings, partners, top=size, language=lang.value)
    labelled = label_pairs(findings, shown)
    tables = {"gaps": labelled, "partners": partners, "barriers": barriers, "moves": count_moves(findings)}
    written = {name: table for name, table in tables.items() if not table.empty}
    write_tables(run, written, lang)
    sheets = {"register": register, **written, "calibration": list_calibration(findings)}
    sheets = {name: table for name, table in sheets.items() if not table.empty}
    write_report(run, findings, sheets, lang, name="gaps.xlsx")
    run.finish("gaps", study, {**asdict(question), "top": size, "lang": lang.value})
    if as_json:
        _print_json(run, study, {name: tables[name] for name in tables if name != "moves" or name in written})
        return
    print_result(findings, run, lang, as_json=False, names=("gaps",), top=top or SHOWN)


def _print_json(run: "Run", study: "Study", tables: dict[str, "pd.DataFrame"]) -> None:
    from maps.codebook import build_codebook

    columns = [str(column) for table in tables.values() for column in table.columns]
    tables = {**tables, "codebook": build_codebook(columns)}
    records: dict[str, Any] = {name: json.loads(table.to_json(orient="records")) for name, table in tables.items()}
    files = [path.name for path in run.outputs]
    show(json.dumps({"study": study.name, "out": str(run.folder), "files": files, **records}, ensure_ascii=False))
