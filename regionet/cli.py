"""The command line: the main job, one command per question, and the commands that prepare data.

Exit codes: 0 good, 1 the data are wrong (every fault is listed), 2 wrong usage. Results go to stdout, progress to
stderr. Heavy packages are imported inside the commands, so that ``--help`` answers at once.
"""

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regionet.commands.actors import actors
from regionet.commands.convert import convert
from regionet.commands.gaps import gaps
from regionet.commands.links import links
from regionet.commands.roles import roles
from regionet.commands.score import score
from regionet.console.language import Language
from regionet.console.terminal import format_table, prepare_streams, show, tell
from regionet.options import (
    DEFAULT_OUT,
    DEFAULT_TEMPLATE,
    BoundariesOption,
    Counting,
    CountingOption,
    FrameOption,
    JsonOption,
    LanguageOption,
    OutOption,
    ReportOption,
    StudyOption,
    TemplateOption,
    Unknown,
    UnknownOption,
    YearsOption,
)
from regionet.steps.open_study import open_study, prepare, protect_study, start_run, user_errors
from regionet.steps.results import build_tables, print_result, write_page, write_report, write_tables

if TYPE_CHECKING:
    from regionet.steps.pipeline import Choices
    from regions.errors import Fault
    from regions.study import Study

app = typer.Typer(
    name="regionet",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(asked: bool) -> None:
    if asked:
        from regionet import __version__

        show(f"regionet {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Regional innovation network analyzer: collaboration links, scores, gaps and offline maps."""


@app.command()
def demo(
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    years: YearsOption = None,
    boundaries: BoundariesOption = None,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run the main job: network, scores, gaps, one offline map, tables and a workbook."""
    with start_run(lang, out, "scores.csv", "gaps.csv", "links.csv", "map.html", "report.xlsx") as run:
        choices = _choices(counting, years)
        findings = prepare(study, run, lang, frame=frame, choices=choices, unknown=on_unknown, boundaries=boundaries)
        tables = build_tables(findings)
        write_tables(run, tables, lang)
        write_page(run, findings, lang)
        write_report(run, findings, tables, lang)
        run.finish("demo", findings.study, {"frame": frame, **_list_options(choices, boundaries, on_unknown, lang)})
        print_result(findings, run, lang, as_json=as_json, names=("scores", "gaps"))


app.command()(score)
app.command()(gaps)


@app.command("map")
def draw_map(
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    years: YearsOption = None,
    boundaries: BoundariesOption = None,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw the interactive map: one HTML file that opens without a network. Writes map.html."""
    with start_run(lang, out, "map.html") as run:
        choices = _choices(counting, years)
        findings = prepare(study, run, lang, frame=frame, choices=choices, unknown=on_unknown, boundaries=boundaries)
        write_page(run, findings, lang)
        run.finish("map", findings.study, {"frame": frame, **_list_options(choices, boundaries, on_unknown, lang)})
        print_result(findings, run, lang, as_json=as_json, names=())


@app.command()
def check(
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    boundaries: BoundariesOption = None,
    out: ReportOption = None,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check the data of a study and list every fault by file, line and column. Writes check.xlsx with --out."""
    from regions.errors import StudyError, group_faults
    from regions.study_years import describe_other_years

    with user_errors(lang):
        try:
            found = open_study(
                study, frame=frame, unknown=on_unknown.value if on_unknown else None, boundaries=boundaries
            )
            faults, good = list(found.warnings), True
        except StudyError as error:
            found, faults, good = None, list(error.faults), False
        if out is not None:
            _write_check(faults, out, lang, read=(study, found), unknown=on_unknown)
        if as_json:
            show(json.dumps({"good": good, "faults": [_fault_fields(fault) for fault in faults]}, ensure_ascii=False))
        else:
            for group in group_faults(faults):
                show(f"{group.code}  {group.describe(lang.value)}")
            show(_summarise_check(found, len(faults), lang))
            if found is not None and (waiting := describe_other_years(found)) is not None:
                show(waiting.text(lang.value))
    raise typer.Exit(0 if good else 1)


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


@app.command()
def template(lang: LanguageOption, out: TemplateOption = DEFAULT_TEMPLATE) -> None:
    """Write an empty Excel workbook with a sheet per table, explanations and lists, to be filled in."""
    from regionet.commands.template_workbook import write_template

    with user_errors(lang):
        if out.suffix.lower() != ".xlsx" or out.exists():
            zh = lang is Language.ZH
            reason = "已存在，不覆盖" if out.exists() else "应以 .xlsx 结尾"
            reason = reason if zh else ("is there already" if out.exists() else "must end with .xlsx")
            raise typer.BadParameter(f"{out} {reason}", param_hint="--out")
        out.parent.mkdir(parents=True, exist_ok=True)
        show(str(write_template(out, language=lang.value)))


@app.command()
def studies(lang: LanguageOption, as_json: JsonOption = False) -> None:
    """List the embedded studies."""
    from regions import list_studies, load_study

    found = [load_study(name) for name in list_studies()]
    if as_json:
        rows = [
            {"name": s.name, "title": {"en": s.title.en, "zh": s.title.zh}, "regions": len(s.regions)} for s in found
        ]
        show(json.dumps(rows, ensure_ascii=False))
        return
    headers = ("名称", "地区数", "标题") if lang is Language.ZH else ("name", "regions", "title")
    show(format_table(headers, [(s.name, len(s.regions), s.title.text(lang.value)) for s in found]))


app.command()(links)
app.command()(convert)
app.command()(actors)
app.command()(roles)


def _choices(counting: Counting, years: tuple[int, int] | None) -> "Choices":
    from regionet.steps.pipeline import Choices

    return Choices(counting.value, years=years)


def _list_options(
    choices: "Choices", boundaries: Path | None, unknown: Unknown | None, lang: Language
) -> dict[str, Any]:
    file = None if boundaries is None else boundaries.name
    told = {"counting": choices.counting, "years": choices.years, "boundaries": file, "on_unknown": unknown}
    return {**told, "lang": lang.value}


def _fault_fields(fault: "Fault") -> dict[str, Any]:
    return {
        "code": fault.code,
        "file": fault.file,
        "row": fault.row,
        "column": fault.column,
        "message": {"en": fault.message, "zh": fault.message_zh},
        "hint": {"en": fault.hint, "zh": fault.hint_zh},
    }


def _summarise_check(study: "Study | None", count: int, lang: Language) -> str:
    zh = lang is Language.ZH
    if study is None:
        return f"发现 {count} 处错误。" if zh else f"{count} fault(s) found."
    size = len(study.regions)
    return (
        f"数据可用：{size} 个地区，{count} 条提示。"
        if zh
        else f"The data are good: {size} regions, {count} warning(s)."
    )


def main() -> None:
    """Run the command line; `regionet.__main__.main` looks after what happens before."""
    prepare_streams()
    app()
