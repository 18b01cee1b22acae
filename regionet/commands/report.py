"""``regionet report``: one folder to hand on, with a page, a workbook, a document to edit and figures for papers."""

from typing import TYPE_CHECKING, Any

from regionet.console.language import Language
from regionet.console.terminal import show, show_json, tell
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
    UnknownOption,
    YearsOption,
)
from regionet.steps.open_study import Naming, choose_links, prepare, start_run
from regions.messages import say

if TYPE_CHECKING:
    from maps.report.document_blocks import Material
    from regionet.console.run_folder import Run
    from regionet.steps.pipeline import Findings


def report(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    years: YearsOption = None,
    boundaries: BoundariesOption = None,
    name_persons: PersonsOption = False,
    without_actors: AnonymousOption = False,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a report to hand on: a page, a workbook, a Word document to edit, figures and tables for papers.

    Writes page.html, workbook.xlsx, report.docx, figure-*.png and .svg, tables.tex and the tables as CSV. Needs the
    extra "report" (python-docx, matplotlib).
    """
    from maps.report.word_document import check_installed
    from regionet.steps.report.write_report_files import FILES

    with start_run(lang, out, *FILES) as run:
        check_installed()
        naming = Naming(name_persons, not without_actors)
        findings = prepare(
            study,
            run,
            lang,
            choices=choose_links(counting, years),
            naming=naming,
            frame=frame,
            unknown=on_unknown,
            boundaries=boundaries,
        )
        options = {"counting": counting.value, "years": years, "on_unknown": on_unknown, "lang": lang.value}
        file = None if boundaries is None else boundaries.name
        asked = {"frame": frame, **naming._asdict(), **options, "boundaries": file}
        material = _write(run, findings, lang, asked)
        said = _list_brief(material)
        run.finish("report", findings.study, asked, run_id=material.run, brief=said, notes=list(material.notes))
        _tell(run, material, as_json=as_json)


def _write(run: "Run", findings: "Findings", lang: Language, asked: dict[str, Any]) -> "Material":
    from regionet.console.run_folder import name_run
    from regionet.steps.report.gather import gather_material, gather_tables
    from regionet.steps.report.report_scorecard import choose_page, list_report_sheets, measure_report_card
    from regionet.steps.report.write_report_files import PAGE, write_report_files
    from regionet.steps.results import write_page

    card = measure_report_card(findings.study)
    page = write_page(run, findings, lang, name=PAGE, chosen=choose_page(card))
    tell(say("progress/report").text(lang))
    tables, notes = gather_tables(findings, page[1], card)
    name = name_run("report", findings.study, asked)
    material = gather_material(findings, page, tables, language=lang.value, run=name, notes=notes, card=card)
    write_report_files(run, findings, material, lang, more=list_report_sheets(card, lang.value))
    return material


def _list_brief(material: "Material") -> list[str]:
    brief, lang = material.brief, material.language
    return [] if brief is None else [brief.headline.text(lang), brief.certainty.text(lang)]


def _tell(run: "Run", material: "Material", *, as_json: bool) -> None:
    said = _list_brief(material)
    if as_json:
        show_json(run, study=material.study.name, run=material.run, brief=said)
        return
    for line in [*said, *map(str, run.outputs)]:
        show(line)
