"""The command ``chains``: where industry chains break and clog, and who could fill them."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from regionet.console.language import Language
from regionet.console.terminal import format_table, show, show_json, tell
from regionet.options import (
    DEFAULT_OUT,
    FrameOption,
    JsonOption,
    LanguageOption,
    OutOption,
    PersonsOption,
    StudyOption,
    TopOption,
    UnknownOption,
)
from regionet.steps.open_study import Naming, announce_study, start_run
from regionet.steps.results import SHOWN
from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from maps import Page
    from regionet.console.run_folder import Run
    from regionet.steps.chains.chain_scope import ChainQuery
    from regionet.steps.chains.chain_summary import ChainSummary
    from regions.study import Study
    from regions.words import Words

BOOK, PAGE = "chains.xlsx", "page.html"
_FILES = ("stages", "breakpoints", "blockages", "fill", "fill_backtest", "tiers", "complexity")

ChainOption = Annotated[
    list[str] | None,
    typer.Option("--chain", help="Name of a chain; several times for several, all chains of the study without it."),
]
GroupOption = Annotated[
    str | None,
    typer.Option(
        "--group", metavar="GROUP|REGIONS", help="Only these regions, and together: a named set, or names with commas."
    ),
]
KindOption = Annotated[
    list[str] | None, typer.Option("--kind", help="Only actors of this kind; several times for several.")
]
AbsentOption = Annotated[
    str | None,
    typer.Option(
        "--absent",
        metavar="TEXT",
        help="Declares that the actors are all there are, and how to say that a stage has none ('no listed firm').",
    ),
]
BacktestOption = Annotated[
    bool,
    typer.Option("--backtest", help="Also test on later years who could fill a stage: fill_backtest.csv (15 s)."),
]
SeedOption = Annotated[int, typer.Option("--seed", help="Of the draws behind the intervals.")]


def chains(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    chain: ChainOption = None,
    group: GroupOption = None,
    kind: KindOption = None,
    absent: AbsentOption = None,
    backtest: BacktestOption = False,
    seed: SeedOption = 0,
    out: OutOption = DEFAULT_OUT,
    name_persons: PersonsOption = False,
    on_unknown: UnknownOption = None,
    top: TopOption = SHOWN,
    as_json: JsonOption = False,
) -> None:
    """Find where industry chains break and clog, what a loss would cost, and who could fill a stage.

    Writes stages.csv, breakpoints.csv, blockages.csv, fill.csv, tiers.csv and complexity.csv where the study allows
    them, with --backtest fill_backtest.csv, chains.xlsx, and page.html, the map. Up to three chains are told in full;
    of more, the terminal has a summary.
    """
    from regionet.steps.chains.chain_scope import ChainQuery

    query = ChainQuery(tuple(chain or ()), group, tuple(kind or ()), absent, seed)
    with start_run(lang, out, *(f"{name}.csv" for name in _FILES), BOOK, PAGE) as run:
        opened = announce_study(study, lang, run, naming=Naming(name_persons), frame=frame, unknown=on_unknown)
        tables, sentences, page, short = _answer(opened, query, lang, quiet=as_json)
        if backtest:
            tables, sentences, short = _add_backtest(opened, query, (tables, sentences, short))
        _write(run, opened, tables, sentences, lang=lang)
        run.write(PAGE, page.save)
        parameters = {"chain": chain, "group": group, "kind": kind, "absent": absent, "seed": seed}
        parameters["backtest"] = backtest
        run.finish("chains", opened, {**parameters, "frame": frame, "on_unknown": on_unknown, "lang": lang.value})
        texts = [sentence.text(lang.value) for sentence in sentences]
        if as_json:
            show_json(run, notes=texts, **tables)
            return
        _print(_list_short(short, lang, top) if short else _list_full(tables["stages"], texts, lang, top), run)


def _answer(
    study: "Study", query: "ChainQuery", lang: Language, *, quiet: bool
) -> "tuple[dict[str, pd.DataFrame], list[Words], Page, ChainSummary | None]":
    from regionet.console.progress import show_progress
    from regionet.steps.chains.chain_extras import build_extras
    from regionet.steps.chains.chain_findings import find_chain, fit_links
    from regionet.steps.chains.chain_page import build_chain_page
    from regionet.steps.chains.chain_scope import declare_absent, find_scope, open_chains
    from regionet.steps.chains.chain_sentences import describe_chain, join_paragraph
    from regionet.steps.chains.chain_shown import describe_all
    from regionet.steps.chains.chain_summary import FULL, summarise_chains
    from regionet.steps.chains.chain_tables import build_chain_tables
    from regionet.steps.chains.chain_words import mark_national

    opened = open_chains(study, query)
    scope, declared = find_scope(study, query.group), declare_absent(study, query.absent)
    fit, notes = fit_links(study, query.seed)
    found = []
    with show_progress(say("progress/chains").text(lang.value), quiet=quiet) as progress:
        for number, each in enumerate(opened, start=1):
            found.append(find_chain(declared, each, scope, fit=fit, query=query))
            progress(number, len(opened))
    tables = build_chain_tables(declared, scope, found)
    fill = tables["fill"]
    told = [
        join_paragraph(describe_chain(declared, scope, each, fill[fill["chain"] == each.chain.name])) for each in found
    ]
    page = build_chain_page(declared, scope, found, tables=tables, sentences=told, language=lang.value)
    extras, said = build_extras(study)
    part = len(scope.codes) < len(study.regions)
    general = [*describe_all(declared, found), *notes, *(map(mark_national, said) if part else said)]
    short = summarise_chains(scope, found, general) if len(found) > FULL else None
    return {**tables, **extras}, [*told, *general], page, short


def _add_backtest(
    study: "Study", query: "ChainQuery", found: "tuple[dict[str, pd.DataFrame], list[Words], ChainSummary | None]"
) -> "tuple[dict[str, pd.DataFrame], list[Words], ChainSummary | None]":
    """Put the back-test of fill behind the table of fill, and what it says behind everything else."""
    from dataclasses import replace

    from regionet.steps.chains.chain_scope import declare_absent, open_chains
    from regionet.steps.chains.fill_checked import check_fill

    tables, sentences, short = found
    checked, told = check_fill(declare_absent(study, query.absent), open_chains(study, query), seed=query.seed)
    more = {} if checked is None else {"fill_backtest": checked}
    return {**tables, **more}, [*sentences, *told], short and replace(short, notes=(*short.notes, *told))


def _write(
    run: "Run", study: "Study", tables: "dict[str, pd.DataFrame]", sentences: "list[Words]", *, lang: Language
) -> None:
    import pandas as pd

    from maps.exchange.table_files import Sheet, write_csv, write_workbook
    from maps.words.columns.chain_columns import CHAIN_SHEETS, CHAINS
    from maps.words.pair_words import find_words, list_codebook
    from regionet.steps.chains.chain_extras import TABLE_WORDS
    from regionet.steps.chains.chain_shown import name_chain_values

    tell(say("progress/tables").text(lang.value))
    for name, table in tables.items():
        run.write(f"{name}.csv", partial(write_csv, table))
    notes = [*study.limits, *study.sources]
    lines = [text.text(lang.value) for text in (*sentences, *(note.words for note in notes))]
    about = Sheet(
        CHAIN_SHEETS["about"].text(lang.value),
        pd.DataFrame({"text": lines}),
        {"text": study.title.text(lang.value)},
        wrap=True,
    )
    sheets = [about]
    books = []
    for name, table in tables.items():
        words = TABLE_WORDS.get(name, CHAINS)
        shown = name_chain_values(table, lang.value)
        headers = {str(column): find_words(str(column), words).label.text(lang.value) for column in shown}
        sheets.append(Sheet(CHAIN_SHEETS[name].text(lang.value), shown, headers))
        books.append(list_codebook(list(map(str, table)), words, lang.value))
    sheets.append(Sheet(CHAIN_SHEETS["codebook"].text(lang.value), pd.concat(books).drop_duplicates(), {}))
    run.write(BOOK, partial(write_workbook, sheets, language=lang.value))


def _list_full(stages: "pd.DataFrame", texts: list[str], lang: Language, top: int) -> list[str]:
    """Return the first stages, and every paragraph."""
    from maps.words.columns.chain_columns import CHAINS
    from maps.words.pair_words import find_words
    from regionet.steps.chains.chain_shown import name_chain_values, pick_shown

    shown = name_chain_values(pick_shown(stages), lang.value).head(top)
    headers = [find_words(str(column), CHAINS).label.text(lang.value) for column in shown]
    return [format_table(headers, shown.to_numpy(dtype=object).tolist()), *texts]


def _list_short(short: "ChainSummary", lang: Language, top: int) -> list[str]:
    """Return the counts, one line for each chain with most breakpoints, and what holds of all."""
    from regionet.steps.chains.chain_summary import tabulate_ranked

    headers, rows = tabulate_ranked(short.ranked.head(top), lang.value)
    more = say("chains/in-workbook", file=BOOK).text(lang.value)
    notes = [note.text(lang.value) for note in short.notes]
    return [short.counts.text(lang.value), format_table(headers, rows), more, *notes]


def _print(parts: list[str], run: "Run") -> None:
    for part in parts:
        show(f"\n{part}")
    show("")
    for path in run.outputs:
        show(str(path))
