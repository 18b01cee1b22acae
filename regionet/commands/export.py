"""``regionet export``: the network for Gephi, Pajek, UCINET, VOSviewer, QGIS and scripts."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

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
    PersonsOption,
    StudyOption,
    UnknownOption,
    YearsOption,
)
from regionet.steps.open_study import Naming, choose_links, prepare, start_run, user_errors
from regions.messages import say

if TYPE_CHECKING:
    from regionet.console.run_folder import Run
    from regionet.steps.pipeline import Findings

STEM = "network"


class Form(StrEnum):
    """Formats of networks."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    PAJEK = "pajek"
    DL = "dl"
    VOSVIEWER = "vosviewer"
    GPKG = "gpkg"
    GEOJSON = "geojson"
    JSON = "json"


class DlForm(StrEnum):
    """How a DL file lists its links."""

    EDGELIST = "edgelist"
    FULLMATRIX = "fullmatrix"


class Label(StrEnum):
    """What names a region in a format that has one name only."""

    NAME = "name"
    CODE = "code"


_SUFFIXES = {form: f".{form.value}" for form in Form} | {Form.PAJEK: ".net", Form.VOSVIEWER: ".txt"}

FormatOption = Annotated[
    Form | None, typer.Option("--format", help="What to write; without it the ending of --out tells.")
]
TargetOption = Annotated[Path, typer.Option("--out", help="The file to write, or a folder for it.")]
MatrixOption = Annotated[DlForm, typer.Option("--dl-form", help="How a DL file lists the links.")]
LabelOption = Annotated[
    Label, typer.Option("--labels", help="What names a region where a format has one name: its name or its code.")
]


def export(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    form: FormatOption = None,
    out: TargetOption = DEFAULT_OUT,
    dl_form: MatrixOption = DlForm.EDGELIST,
    labels: LabelOption = Label.NAME,
    frame: FrameOption = None,
    counting: CountingOption = Counting.FULL,
    years: YearsOption = None,
    boundaries: BoundariesOption = None,
    name_persons: PersonsOption = False,
    without_actors: AnonymousOption = False,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the network with its scores for Gephi, Pajek, UCINET, VOSviewer, QGIS or a script.

    A single file (graphml, gexf, pajek .net, dl, gpkg, json) or two (vosviewer, geojson); what a format cannot hold is
    listed here and in run.json.
    """
    with user_errors(lang):
        chosen, folder, stem = _find_target(form, out, lang)
    from regionet.steps.report.export_network import build_tables_to_export, export_network, name_files

    names = name_files(chosen.value, stem)
    with start_run(lang, folder, *names) as run:
        naming = Naming(name_persons, not without_actors)
        findings = prepare(
            study,
            run,
            lang,
            choices=choose_links(counting, years),
            naming=naming,
            frame=frame,
            unknown=on_unknown,
            gaps=False,
            boundaries=boundaries,
        )
        label = "name_zh" if labels is Label.NAME and lang is Language.ZH else labels.value
        tables = build_tables_to_export(findings, label=label)
        lost = export_network(run, findings, tables, names, form=chosen.value, matrix=dl_form.value)
        asked: dict[str, Any] = {"format": chosen.value, "dl_form": dl_form.value, "labels": labels.value}
        asked |= {"frame": frame, "years": years, "counting": counting.value, "on_unknown": on_unknown, "lang": lang}
        run.finish("export", findings.study, asked, not_held=[words._asdict() for words in lost])
        _print(run, findings, [words.text(lang) for words in lost], as_json=as_json)


def _print(run: "Run", findings: "Findings", lost: list[str], *, as_json: bool) -> None:
    """Tell what the format could not hold, and print the files."""
    for sentence in lost:
        tell(sentence)
    if as_json:
        show_json(run, study=findings.study.name, not_held=lost)
    else:
        show("\n".join(map(str, run.outputs)))


def _find_target(form: Form | None, out: Path, lang: Language) -> tuple[Form, Path, str]:
    """Return format, folder and stem of the files: ``--out`` is a file where it ends as the format does."""
    suffix = out.suffix.lower()
    ending = next((each for each, known in _SUFFIXES.items() if suffix == known), None)
    chosen = form or ending
    if chosen is None:
        raise typer.BadParameter(say("export/format", forms=list(Form)).text(lang), param_hint="--format")
    if suffix == _SUFFIXES[chosen] and not out.is_dir():
        return chosen, out.parent, out.stem
    if ending is not None and not out.is_dir():
        told = say("export/suffix", path=out, suffix=_SUFFIXES[chosen])
        raise typer.BadParameter(told.text(lang), param_hint="--out")
    return chosen, out, STEM
