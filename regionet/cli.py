"""The command line: the main job, one command per question, and the commands that prepare data.

Exit codes: 0 good, 1 the data are wrong (every fault is listed), 2 wrong usage. Results go to stdout, progress to
stderr. Heavy packages are imported inside the commands, so that ``--help`` answers at once.
"""

import json
from typing import Annotated

import typer

from regionet.commands.chains import chains
from regionet.commands.estimated_spillover import spillover
from regionet.commands.export import export
from regionet.commands.gaps import gaps
from regionet.commands.links import links
from regionet.commands.main_job import demo, draw_map
from regionet.commands.national_sectors import sectors
from regionet.commands.pair_regression import mrqap
from regionet.commands.report import report
from regionet.commands.roles import roles
from regionet.commands.score import score
from regionet.commands.scorecard import index, profile
from regionet.commands.studies.actors import actors
from regionet.commands.studies.adopt import adopt
from regionet.commands.studies.check import check
from regionet.commands.studies.convert import convert
from regionet.commands.years.backtest import backtest
from regionet.commands.years.dynamics import dynamics
from regionet.console.help_text import BilingualGroup
from regionet.console.terminal import format_table, prepare_streams, refuse_book, show
from regionet.options import (
    DEFAULT_TEMPLATE,
    JsonOption,
    LanguageOption,
    TemplateOption,
)
from regionet.steps.open_study import user_errors
from regions.messages import say

app = typer.Typer(
    cls=BilingualGroup,
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


app.command()(demo)
app.command()(score)
app.command()(gaps)
app.command()(spillover)


app.command("map")(draw_map)
app.command()(report)
app.command()(export)
app.command()(check)
app.command()(adopt)


@app.command()
def template(lang: LanguageOption, out: TemplateOption = DEFAULT_TEMPLATE) -> None:
    """Write an empty Excel workbook with a sheet per table, explanations and lists, to be filled in."""
    from regionet.commands.studies.template_workbook import write_template

    with user_errors(lang):
        refuse_book(out, lang)
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
    headers = say("studies/headers").text(lang).split("|")
    show(format_table(headers, [(s.name, len(s.regions), s.title.text(lang.value)) for s in found]))


app.command()(links)
app.command()(convert)
app.command()(actors)
app.command()(roles)
app.command()(chains)
app.command()(backtest)
app.command()(index)
app.command()(profile)
app.command()(dynamics)
app.command()(mrqap)
app.command()(sectors)


def main() -> None:
    """Run the command line; `regionet.__main__.main` looks after what happens before."""
    prepare_streams()
    app()
