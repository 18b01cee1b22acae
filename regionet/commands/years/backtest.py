"""The command ``backtest``: whether pairs called gaps gain links later, and whether new links are foreseen."""

from typing import TYPE_CHECKING, Annotated

import typer

from regionet.console.language import Language
from regionet.console.terminal import show, show_json, tell
from regionet.options import (
    DEFAULT_OUT,
    BoundariesOption,
    Counting,
    CountingOption,
    FrameOption,
    JsonOption,
    LanguageOption,
    OutOption,
    StudyOption,
    UnknownOption,
    YearsOption,
)
from regionet.steps.open_study import announce_study, start_run
from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.gaps.gap_backtest import Backtest

UntilOption = Annotated[
    int | None,
    typer.Option("--until", metavar="YEAR", help="Last year to fit on; the first two thirds of the years by default."),
]
EntriesOption = Annotated[
    bool,
    typer.Option("--entries", help="Also test whether regions enter fields related to theirs: entries.csv."),
]
WindowOption = Annotated[
    int, typer.Option("--window", min=1, help="Years counted together where --entries are tested.")
]
BOOK = "backtest.xlsx"
_SHOWN = ["entry", "horizon", "cases", "entered", "auc", "low", "high"]
_SHOWN += ["beyond_size", "beyond_size_low", "beyond_size_high"]


def backtest(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    until: UntilOption = None,
    years: YearsOption = None,
    entries: EntriesOption = False,
    window: WindowOption = 3,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    boundaries: BoundariesOption = None,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fit on early years, test on later ones: who forms links, and what became of the gaps.

    Writes backtest.csv (how well each predictor foresees links between pairs that had none), fates.csv (links of
    each grade of gap before and after), with --entries also entries.csv (do regions enter fields that are related to
    what they do?), and backtest.xlsx.
    """
    from regionet.steps.worded_tables import write_worded

    with start_run(lang, out, "backtest.csv", "fates.csv", "entries.csv", BOOK) as run:
        opened = announce_study(study, lang, run, frame=frame, unknown=on_unknown, boundaries=boundaries)
        tell(say("progress/backtest").text(lang))
        import geodata
        from analysis.complexity.entry_table import tabulate_entries
        from analysis.gaps.gap_backtest import backtest_gaps
        from analysis.gaps.persistence import describe_foresight, describe_persistence
        from maps.words.columns.backtest_columns import BACKTEST, BACKTEST_VALUES
        from regions.study_parts.study_selection import select_study
        from regions.study_parts.study_years import describe_waiting_years

        part = select_study(opened, years=years)
        found = backtest_gaps(part, geodata.measure_distances(part), split=until, counting=counting.value)
        tables = {"backtest": tabulate_predictors(found), "fates": found.grades.reset_index()}
        told = [*describe_waiting_years(opened), *found.notes, describe_foresight(found), describe_persistence(found)]
        if entries:
            tables["entries"], more = tabulate_entries(part, window=window)
            told += more
        notes = [each.text(lang.value) for each in told if each is not None]
        write_worded(run, opened, tables, words=BACKTEST, values=BACKTEST_VALUES, notes=notes, lang=lang, book=BOOK)
        options = {"until": found.split, "years": years, "counting": counting.value, "frame": frame, "entries": entries}
        run.finish("backtest", opened, {**options, "window": window, "on_unknown": on_unknown, "lang": lang.value})
        if as_json:
            show_json(run, study=opened.name, notes=notes, files=list(map(str, run.outputs)), **tables)
            return
        for name, table in tables.items():
            show(f"\n{_lay_out(name, table, lang)}")
        show("\n" + "\n\n".join([*notes, "\n".join(map(str, run.outputs))]))


def tabulate_predictors(found: "Backtest") -> "pd.DataFrame":
    """List how well each predictor foresees links of pairs that had none, both regions having had links.

    Returns
    -------
    DataFrame
        ``predictor`` (the gravity model's is called ``expectation``), ``auc``, ``low``, ``high`` (95 %), ``lift``,
        ``pairs`` (judged), ``formed``, and ``newcomers``: pairs of a region that had no link, on which most predictors
        say nothing; they are set apart.
    """
    measures = found.measures
    table = measures[measures["group"] == "known"].reset_index(drop=True)
    newcomers = int(measures.loc[measures["group"] == "newcomer", "pairs"].max())
    table["predictor"] = table["predictor"].replace({"gravity": "expectation"})
    table = table.rename(columns={"auc_low": "low", "auc_high": "high"})
    return table[["predictor", "auc", "low", "high", "lift", "pairs", "formed"]].assign(newcomers=newcomers)


def _lay_out(name: str, table: "pd.DataFrame", lang: Language) -> str:
    from maps.words.columns.backtest_columns import BACKTEST, BACKTEST_VALUES
    from regionet.steps.worded_tables import lay_out_worded

    shown = table.drop(columns="formed", errors="ignore")
    if name == "entries":
        shown = table.loc[table["predictor"] == "density", _SHOWN]
    return lay_out_worded(shown, BACKTEST, lang, values=BACKTEST_VALUES)
