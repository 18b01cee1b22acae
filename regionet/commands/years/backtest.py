"""The command ``backtest``: whether pairs called gaps gain links later, and whether new links are foreseen."""

import json
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from regionet.console.language import Language
from regionet.console.terminal import format_table, show, tell
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
_HEADERS = {
    "predictor": ("Predictor", "预测指标"),
    "auc": ("AUC", "AUC"),
    "low": ("Low", "下限"),
    "high": ("High", "上限"),
    "lift": ("Lift of the first tenth", "前十分之一的提升"),
    "pairs": ("Pairs", "地区对"),
    "newcomers": ("Pairs of newcomers", "含新进地区的对"),
    "grade": ("Evidence", "证据等级"),
    "before": ("Links before", "前期联系"),
    "after": ("Links after", "后期联系"),
    "ratio_before": ("Before / expected", "前期/期望"),
    "ratio": ("After / expected", "后期/期望"),
}


def backtest(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    until: UntilOption = None,
    years: YearsOption = None,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    boundaries: BoundariesOption = None,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fit on early years, test on later ones: who forms links, and what became of the gaps.

    Writes backtest.csv (how well each predictor foresees links between pairs that had none) and fates.csv (links of
    each grade of gap before and after).
    """
    from maps.exchange.table_files import write_csv

    with start_run(lang, out, "backtest.csv", "fates.csv") as run:
        opened = announce_study(study, lang, run, frame=frame, unknown=on_unknown, boundaries=boundaries)
        tell(say("progress/backtest").text(lang))
        import geodata
        from analysis.gaps.gap_backtest import backtest_gaps
        from analysis.gaps.persistence import describe_foresight, describe_persistence
        from regions.study_parts.study_selection import select_study

        part = select_study(opened, years=years)
        found = backtest_gaps(part, geodata.measure_distances(part), split=until, counting=counting.value)
        tables = {"backtest": tabulate_predictors(found), "fates": found.grades.reset_index()}
        for name, table in tables.items():
            run.write(f"{name}.csv", partial(write_csv, table))
        told = [*found.notes, describe_foresight(found), describe_persistence(found)]
        notes = [each.text(lang.value) for each in told if each is not None]
        options = {"until": found.split, "years": years, "counting": counting.value, "frame": frame}
        run.finish("backtest", opened, {**options, "on_unknown": on_unknown, "lang": lang.value})
        files = [str(path) for path in run.outputs]
        if as_json:
            rows = {name: json.loads(table.to_json(orient="records")) for name, table in tables.items()}
            show(json.dumps({"study": opened.name, "files": files, **rows, "notes": notes}, ensure_ascii=False))
            return
        for table in tables.values():
            show(f"\n{_lay_out(table, lang)}")
        show("\n" + "\n\n".join([*notes, "\n".join(files)]))


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


def _lay_out(table: "pd.DataFrame", lang: Language) -> str:
    from analysis.gaps.persistence import NAMES
    from maps.words.page_text import UI

    place = 1 if lang is Language.ZH else 0
    shown = table.drop(columns="formed", errors="ignore").round(3).astype(object)
    if "predictor" in shown:
        names = {"expectation": NAMES["gravity"], **NAMES}
        shown["predictor"] = [names[name].text(lang.value) for name in shown["predictor"]]
    if "grade" in shown:
        shown["grade"] = [UI[f"grade_{name}"].text(lang.value) for name in shown["grade"]]
    headers = [_HEADERS[str(column)][place] for column in shown.columns]
    return format_table(headers, shown.where(shown.notna(), None).to_numpy(dtype=object).tolist())
