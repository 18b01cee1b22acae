"""The command ``sectors``: how the sectors of the country hang together, and where they hang on imports."""

from typing import TYPE_CHECKING, Annotated

import typer

from regionet.console.language import Language
from regionet.console.terminal import format_table, show, show_json, tell
from regionet.options import DEFAULT_OUT, JsonOption, LanguageOption, OutOption
from regionet.steps.open_study import start_run
from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from regions.input_output.input_output_table import InputOutputTable

SHOWN = 8
"""Rows on the terminal; the files hold all."""

YearOption = Annotated[
    int, typer.Option("--year", help="2005, 2010, 2015, 2017, 2018 or 2020; imports apart from 2017.")
]
ChainOption = Annotated[
    str | None,
    typer.Option(
        "--chain",
        metavar="STAGE=CODE+CODE,...",
        help="Stages in order with their sectors, such as ore=04,steel=14,machines=16+17: writes chain_imports.csv.",
    ),
]


def sectors(
    lang: LanguageOption,
    year: YearOption = 2020,
    chain: ChainOption = None,
    out: OutOption = DEFAULT_OUT,
    as_json: JsonOption = False,
) -> None:
    """Measure linkages, positions and import dependence of the sectors of China, from the national input-output table.

    Writes sectors.csv, with --chain also chain_imports.csv, and sectors.xlsx. Tables up to 2015 and later ones differ.
    """
    from regionet.steps.worded_tables import write_titled

    with start_run(lang, out, "sectors.csv", "chain_imports.csv", "sectors.xlsx") as run:
        tell(say("progress/sectors").text(lang))
        from maps.words.columns.sector_columns import CHAIN_IMPORTS, SECTORS
        from regions.input_output.national_tables import SOURCE, load_input_output

        table = load_input_output(year)
        tables = {"sectors": measure_sectors(table)}
        if chain is not None:
            from analysis.input_output.imports import measure_chain_imports

            tables["chain_imports"] = measure_chain_imports(table, read_stages(chain))
        notes = [say("sectors/extraction").text(lang), say("sectors/years").text(lang)]
        if not table.separate:
            notes.insert(0, say("input-output/not-separate", year=year).text(lang))
        write_titled(
            run,
            tables,
            title=say("sectors/title", year=year).words,
            words={**CHAIN_IMPORTS, **SECTORS},
            lines=[*notes, SOURCE.text(lang.value)],
            lang=lang,
            book="sectors.xlsx",
        )
        run.finish("sectors", None, {"year": year, "chain": chain, "lang": lang.value}, inputs=())
        if as_json:
            show_json(run, year=year, notes=notes, **tables)
            return
        show(f"\n{_lay_out(tables, lang)}\n")
        show("\n".join([*notes, "", *(str(path) for path in run.outputs)]))


def read_stages(text: str) -> dict[str, list[str]]:
    """Read ``ore=04,machines=16+17``.

    Raises
    ------
    BadParameter
        When a part is not of this form, or a stage stands twice.

    Examples
    --------
    >>> read_stages("ore=04,machines=16+17")
    {'ore': ['04'], 'machines': ['16', '17']}
    """
    stages: dict[str, list[str]] = {}
    for part in text.replace("，", ",").split(","):
        stage, _, codes = (word.strip() for word in part.replace("＝", "=").partition("="))
        listed = [code.strip() for code in codes.split("+") if code.strip()]
        if not stage or not listed or stage in stages:
            raise typer.BadParameter(say("sectors/stage", part=part).words.en, param_hint="--chain")
        stages[stage] = listed
    return stages


def measure_sectors(table: "InputOutputTable") -> "pd.DataFrame":
    """Return linkages, the loss without each sector, and imports where they stand apart; one row per sector."""
    import pandas as pd

    from analysis.input_output.imports import measure_imports
    from analysis.input_output.multipliers import measure_extraction, measure_linkages

    same = ["name", "name_zh", "output"]
    parts = [measure_linkages(table), measure_extraction(table).drop(columns=same)]
    if table.separate:
        parts.append(measure_imports(table).drop(columns=same))
    found = pd.concat(parts, axis=1)
    return found.rename_axis("code").reset_index()


def _lay_out(tables: "dict[str, pd.DataFrame]", lang: Language) -> str:
    """Lay out the stages of the chain, else the sectors with most imports in them, else those that most hang on."""
    from maps.words.columns.sector_columns import CHAIN_IMPORTS, SECTORS

    name = "name_zh" if lang is Language.ZH else "name"
    if "chain_imports" in tables:
        columns = ["stage", "direct", "content", name, "product_content", "dependence"]
        table, words = tables["chain_imports"], CHAIN_IMPORTS
    else:
        order = "content" if "content" in tables["sectors"] else "share"
        columns = ["code", name, "backward", "upstreamness", "share", *(["direct", "content"] * (order == "content"))]
        table, words = tables["sectors"].sort_values(order, ascending=False, kind="stable").head(SHOWN), SECTORS
    headers = [words[column].label.text(lang.value) for column in columns]
    return format_table(headers, table[columns].round(3).astype(object).to_numpy().tolist())
