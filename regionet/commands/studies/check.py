"""``regionet check``: what was understood, what it sums to, what it can answer, and every fault."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from regionet.console.language import Language
from regionet.console.terminal import format_table, show, tell
from regionet.options import (
    BoundariesOption,
    FrameOption,
    JsonOption,
    LanguageOption,
    ReportOption,
    StudyOption,
    UnknownOption,
)
from regionet.steps.open_study import open_study, protect_study, user_errors
from regions.messages import Message, join_sentences, say

if TYPE_CHECKING:
    from regions.errors import Fault
    from regions.study import Study
    from regions.understood import Total, Understood
    from regions.words import Words

_EXAMPLES = 4
_FIRST = ("W-SHEET", "W-FILE", "W-LEFTOUT", "W-PASSED", "W-LEVEL", "W-DROPPED", "W-FRAME", "W-INSIDE")
"""What was passed over stands above all else."""


def check(
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    boundaries: BoundariesOption = None,
    out: ReportOption = None,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what was understood of a study, what it sums to and can answer, and list every fault with its rows.

    Writes check.xlsx with --out. Exit code 1 with any fault.
    """
    from regions.errors import StudyError

    with user_errors(lang):
        found: Study | None = None
        understood: Sequence[Understood] = ()
        try:
            found = open_study(
                study, frame=frame, unknown=on_unknown.value if on_unknown else None, boundaries=boundaries
            )
            faults, understood = list(found.warnings), found.understood
        except StudyError as error:
            faults, understood = list(error.faults), error.understood
        if out is not None:
            _write_check(faults, out, lang, read=(study, found), unknown=on_unknown)
        if as_json:
            show(json.dumps(_list_fields(found, understood, faults), ensure_ascii=False))
        else:
            for line in _describe(found, understood, faults, lang.value):
                show(line)
    raise typer.Exit(0 if found is not None else 1)


def _describe(
    study: "Study | None", understood: "Sequence[Understood]", faults: "Sequence[Fault]", language: str
) -> Iterator[str]:
    """Iterate over the lines: frame, what was passed over, what was understood, sums, questions, faults, verdict."""
    from regions.errors import group_faults
    from regions.study_parts.study_years import describe_other_years

    if study is not None and study.frame is not None:
        yield study.frame.text(language)
    groups = [(group.code, f"{group.code}  {group.describe(language)}") for group in group_faults(faults)]
    yield from (line for code, line in groups if code in _FIRST)
    for table in join_alike(understood):
        yield from describe_understood(table, language)
    if study is not None:
        yield from describe_totals(study.totals, language)
        yield from _describe_questions(study, language)
    yield from (line for code, line in groups if code not in _FIRST)
    if study is None and any(code == "E-UNKNOWN" for code, _ in groups):
        yield say("error/drop-unknown").text(language)
    yield _summarise(study, len(groups)).text(language)
    if study is not None and (waiting := describe_other_years(study)) is not None:
        yield waiting.text(language)


def join_alike(tables: "Sequence[Understood]") -> "list[Understood]":
    """Put tables of one file, form and header (a sheet per year) into one, so that each thing is told once."""
    from regions.understood import Understood

    groups: dict[Any, list[Understood]] = {}
    for table in tables:
        groups.setdefault((table.label.partition("[")[0], table.form, table.columns), []).append(table)
    joined = []
    for (file, form, columns), members in groups.items():
        sheets = [table.label.removeprefix(f"{file}[").removesuffix("]") for table in members]
        label = members[0].label if len(members) == 1 else f"{file}[{', '.join(sheets)}]"
        left_out = _add_left_out(members)
        joined.append(Understood(label, form, sum(table.rows for table in members), columns, left_out))
    return joined


def _add_left_out(tables: "Sequence[Understood]") -> "tuple[tuple[Words, int, tuple[str, ...]], ...]":
    found: dict[Words, tuple[int, dict[str, None]]] = {}
    for table in tables:
        for why, count, texts in table.left_out:
            before, shown = found.get(why, (0, {}))
            found[why] = (before + count, shown | dict.fromkeys(texts))
    return tuple((why, count, tuple(texts)[:_EXAMPLES]) for why, (count, texts) in found.items())


def describe_understood(table: "Understood", language: str) -> Iterator[str]:
    """Iterate over the lines about one table: what it is, what each column was taken as, which rows were left out."""
    from regions.words import Words

    yield say("check/table", label=table.label, form=table.form, rows=table.rows).text(language)
    if table.columns:
        pairs = [Words(*(f"{header} → {text}" for text in meaning)) for header, meaning in table.columns]
        yield say("check/columns", pairs=join_sentences(pairs)).text(language)
    for why, count, texts in table.left_out:
        yield say("check/left-out", why=why, count=count, shown=texts).text(language)


def describe_totals(totals: "Sequence[Total]", language: str) -> Iterator[str]:
    """Give the sums of each table by year, to be compared with one's own."""
    if not totals:
        return
    yield say("check/sums").text(language)
    headers = say("check/sum-headers").text(language).split("|")
    rows = [
        (total.label, total.role.text(language), str(total.year or "-"), total.rows, total.weight, total.missing)
        for total in totals
    ]
    yield format_table(headers, rows)


def _describe_questions(study: "Study", language: str) -> Iterator[str]:
    from regionet.steps.questions import list_questions

    questions = list_questions(study)
    yield say("check/can", questions=[each.what for each in questions if each.answer]).text(language)
    for each in questions:
        if not each.answer:
            yield say("check/cannot", question=each.what, why=each.why).text(language)


def _summarise(study: "Study | None", count: int) -> Message:
    if study is None:
        return say("check/faults", count=count)
    noted = say("check/warnings", count=count) if count else say("check/no-warning")
    return say("check/good", regions=len(study.regions), noted=noted)


def _list_fields(
    study: "Study | None", understood: "Sequence[Understood]", faults: "Sequence[Fault]"
) -> dict[str, Any]:
    """Return everything as JSON has it."""
    fields: dict[str, Any] = {"good": study is not None, "faults": [_fault_fields(fault) for fault in faults]}
    fields["understood"] = [
        {
            "table": table.label,
            "form": table.form._asdict(),
            "rows": table.rows,
            "columns": [{"header": header, "taken_as": meaning._asdict()} for header, meaning in table.columns],
            "left_out": [{"why": why._asdict(), "rows": rows, "texts": texts} for why, rows, texts in table.left_out],
        }
        for table in understood
    ]
    if study is not None:
        from regionet.steps.questions import list_questions

        fields["frame"] = {"en": study.frame.en, "zh": study.frame.zh} if study.frame else None
        fields["sums"] = [
            {
                "table": total.label,
                "of": total.role._asdict(),
                "year": total.year,
                "rows": total.rows,
                "sum": total.weight,
                "missing": total.missing,
            }
            for total in study.totals
        ]
        fields["questions"] = [
            {"question": each.what._asdict(), "answer": each.answer, "why": each.why._asdict()}
            for each in list_questions(study)
        ]
    return fields


def _fault_fields(fault: "Fault") -> dict[str, Any]:
    return {
        "code": fault.code,
        "file": fault.file,
        "row": fault.row,
        "column": fault.column,
        "message": {"en": fault.message, "zh": fault.message_zh},
        "hint": {"en": fault.hint, "zh": fault.hint_zh},
    }


def _write_check(
    faults: "list[Fault]", out: Path, lang: Language, *, read: "tuple[str, Study | None]", unknown: UnknownOption
) -> None:
    from regionet.console.fault_workbook import write_faults
    from regionet.console.run_folder import Run

    name, study = read
    with Run(out, names=["check.xlsx"], lang=lang) as run:
        protect_study(name, run)
        run.protect(study.files if study else ())
        book = run.write("check.xlsx", partial(write_faults, faults, language=lang.value))
        run.finish("check", study, {"on_unknown": unknown, "lang": lang.value})
        tell(str(book))
