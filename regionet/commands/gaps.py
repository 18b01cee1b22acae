"""``regionet gaps``: the register of collaboration gaps, with filters, reasons and partners."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from regionet.console.language import Language
from regionet.console.terminal import show_json, tell
from regionet.options import (
    DEFAULT_OUT,
    AnonymousOption,
    BoundariesOption,
    Counting,
    CountingOption,
    FrameOption,
    JsonOption,
    LanguageOption,
    OutOption,
    PersonsOption,
    StudyOption,
    Unknown,
    UnknownOption,
    YearsOption,
)
from regionet.steps.open_study import Naming, announce_study, start_run
from regionet.steps.results import SHOWN, print_result, save_report, save_tables
from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from regionet.console.run_folder import Run
    from regionet.steps.gaps.closing_gaps import WhatIf
    from regionet.steps.gaps.gap_query import GapQuery
    from regionet.steps.pipeline import Findings
    from regions.study import Study
    from regions.words import Words

REGISTERED = 30
_FILES = ("gaps.csv", "partners.csv", "barriers.csv", "moves.csv", "whatif.csv", "gaps.xlsx")


class Part(StrEnum):
    """What stands side by side in one register."""

    YEAR = "year"
    FIELD = "field"
    PATH = "path"


class Sizes(StrEnum):
    """How the size of regions is allowed for."""

    AUTO = "auto"
    EFFECTS = "effects"
    MASS = "mass"


class SynergyPath(StrEnum):
    """Which kinds of actors a link joins."""

    SCIENCE = "science"
    INDUSTRY = "industry"
    BOTH = "science-industry"


SizeOption = Annotated[
    Sizes,
    typer.Option(
        "--size-control",
        help="How the size of regions is allowed for: one effect each, an indicator (mass), or what the data allow.",
    ),
]
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
CovariateOption = Annotated[
    list[str] | None,
    typer.Option(
        "--covariate",
        metavar="NAME",
        help="A measure of pairs that the model takes too, such as ln_rail_minutes; may be given several times.",
    ),
]
ByOption = Annotated[
    Part | None,
    typer.Option("--by", help="One register over all years, fields or paths, corrected for all its tests together."),
]
WindowOption = Annotated[
    int, typer.Option("--window", min=1, help="Years that one network covers, with --by year; the last names it.")
]
WhatIfOption = Annotated[
    tuple[str, str] | None,
    typer.Option("--what-if", metavar="REGION REGION", help="What would change if these two had more links."),
]
LinksOption = Annotated[
    float | None, typer.Option("--links", min=0, help="How many more, with --what-if; by default the gap is closed.")
]


def gaps(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    top: RegisterOption = None,
    between: BetweenOption = None,
    region: RegionOption = None,
    path: PathOption = None,
    field: FieldOption = None,
    years: YearsOption = None,
    covariate: CovariateOption = None,
    by: ByOption = None,
    window: WindowOption = 1,
    what_if: WhatIfOption = None,
    links: LinksOption = None,
    boundaries: BoundariesOption = None,
    size_control: SizeOption = Sizes.AUTO,
    name_persons: PersonsOption = False,
    without_actors: AnonymousOption = False,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find pairs of regions that collaborate less than expected, why, and who could close the gap.

    Writes gaps.csv (all pairs, and what closing each gap would bring), partners.csv, barriers.csv (the price of
    borders), moves.csv (by year: how gaps moved), whatif.csv (if asked) and gaps.xlsx, with a register to hand on.
    """
    with start_run(lang, out, *_FILES) as run:
        naming = Naming(name_persons, not without_actors)
        opened = announce_study(study, lang, run, naming=naming, frame=frame, unknown=on_unknown, boundaries=boundaries)
        from regionet.steps.gaps.closing_gaps import WhatIf
        from regionet.steps.gaps.gap_query import GapQuery

        question = GapQuery(
            counting=counting.value,
            path=path.value if path else None,
            field=field,
            years=years,
            regions=tuple(region or ()),
            between=between,
            by=by.value if by else None,
            window=window,
            covariates=tuple(covariate or ()),
            size_control=size_control.value,
        )
        asked = None if what_if is None else WhatIf(*what_if, links)
        _answer(run, opened, question, Report(lang, top, as_json, asked, on_unknown, frame))


class Report(NamedTuple):
    """How the answer is told."""

    lang: Language
    top: int | None
    as_json: bool
    what_if: "WhatIf | None"
    unknown: Unknown | None
    frame: str | None = None


def _answer(run: "Run", study: "Study", question: "GapQuery", report: Report) -> None:
    from dataclasses import asdict, replace

    from regionet.console.progress import show_progress
    from regionet.steps.gaps.gap_query import check_names
    from regionet.steps.gaps.gap_register import build_register, find_register, list_calibration

    lang = report.lang
    check_names(
        study, question, regions=() if report.what_if is None else (report.what_if.source, report.what_if.target)
    )
    label = say("progress/gaps").text(lang)
    tell(say("progress/goes-on", label=label).text(lang))
    with show_progress(label) as progress:
        findings = find_register(study, question, progress=progress)[0]
    size = report.top or REGISTERED
    tables, notes = _list_tables(findings, question, report)
    findings = replace(findings, notes=(*findings.notes, *notes), expected=None)  # tables to write need the room
    register = build_register(findings, tables["partners"], top=size, language=lang.value)
    written = {name: table for name, table in tables.items() if not table.empty}
    save_tables(run, written, lang)
    sheets = {"register": register, **written, "calibration": list_calibration(findings)}
    sheets = {name: table for name, table in sheets.items() if not table.empty}
    save_report(run, findings, sheets, lang, name="gaps.xlsx")
    asked = None if report.what_if is None else asdict(report.what_if)
    told = {"what_if": asked, "top": size, "frame": report.frame, "on_unknown": report.unknown, "lang": lang.value}
    run.finish("gaps", study, {**asdict(question), **told})
    if report.as_json:
        always = ("gaps", "partners", "barriers")
        _print_json(run, study, {name: table for name, table in tables.items() if name in {*always, *written}})
        return
    print_result(findings, run, lang, as_json=False, names=("gaps",), top=report.top or SHOWN)


def _list_tables(
    findings: "Findings", question: "GapQuery", report: Report
) -> tuple[dict[str, "pd.DataFrame"], list["Words"]]:
    """Return the tables by name, some of them empty, and the notes on them."""
    from dataclasses import replace

    from regionet.steps.gaps.borders import list_barriers
    from regionet.steps.gaps.closing_gaps import add_gains, list_whatif
    from regionet.steps.gaps.gap_register import list_partners, tabulate_moves
    from regionet.steps.pipeline import label_pairs

    gaps = add_gains(findings) if question.by is None else findings.gaps
    assert gaps is not None  # noqa: S101 - find_register has looked
    findings = replace(findings, gaps=gaps)
    partners, note = list_partners(findings, top=report.top or REGISTERED, path=question.path)
    barriers, notes = list_barriers(findings)
    tables = {"gaps": label_pairs(findings, gaps), "partners": partners, "barriers": barriers}
    told = [*notes, *([note] if note else [])]
    tables["moves"] = tabulate_moves(findings)
    if report.what_if is not None:
        tables["whatif"], gist = list_whatif(findings, report.what_if)
        told.insert(0, gist)
    return tables, told


def _print_json(run: "Run", study: "Study", tables: dict[str, "pd.DataFrame"]) -> None:
    from maps.words.codebook import build_codebook

    columns = [str(column) for table in tables.values() for column in table.columns]
    tables = {**tables, "codebook": build_codebook(columns)}
    show_json(run, study=study.name, **tables)
