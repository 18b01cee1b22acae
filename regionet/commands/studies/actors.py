"""The command ``actors``: list actors that may be one, and merge those that a person has confirmed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regionet.console.language import Language, find_language
from regionet.console.terminal import format_table, show, show_json, tell
from regionet.options import FrameOption
from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from regionet.console.run_folder import Run
    from regions.study import Study

_SHOWN = 10
_LISTED = "duplicates.csv"
_MERGED = ("actors.csv", "records.csv", "merged.csv")


def actors(
    study: Annotated[str, typer.Option("--study", help="Name of an embedded study, or a folder.")],
    lang: Annotated[Language, typer.Option("--lang", default_factory=find_language, help="Language of messages.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path("regionet-out"),
    frame: FrameOption = None,
    threshold: Annotated[float, typer.Option("--threshold", min=50, max=100, help="Lowest similarity to list.")] = 90.0,
    merge: Annotated[
        Path | None, typer.Option("--merge", help="duplicates.csv with 'yes' in the column merge: merge these.")
    ] = None,
    everywhere: Annotated[
        bool,
        typer.Option("--everywhere", help="Pairs in different regions too: seats of one organisation."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")] = False,
) -> None:
    """List actors that may be one (duplicates.csv), or merge those that you confirmed. Nothing is merged unasked."""
    from regionet.steps.open_study import open_study, protect_study, start_run
    from regions.errors import MethodError
    from regions.messages import say

    with start_run(lang, out, *(_MERGED if merge else [_LISTED])) as run:
        run.protect([merge] if merge else [])
        protect_study(study, run)
        found = open_study(study, frame=frame)
        run.protect(found.files)
        if found.actors is None:
            raise MethodError(say("study/no-actors", study=found.name))
        table = _merge(run, found, merge, lang) if merge else _list(run, found, threshold, lang, everywhere=everywhere)
        run.finish(
            "actors",
            found,
            {
                "threshold": threshold,
                "everywhere": everywhere,
                "frame": frame,
                "merge": merge.name if merge else None,
                "lang": lang.value,
            },
        )
        _print(table, run, lang, as_json=as_json)


def _list(run: "Run", study: "Study", threshold: float, lang: Language, *, everywhere: bool) -> "pd.DataFrame":
    from maps.exchange.table_files import write_csv
    from regions.actors.duplicates import REASONS, find_duplicate_actors

    assert study.actors is not None  # noqa: S101 - checked by the command
    tell(say("progress/actors", count=len(study.actors)).text(lang))
    table = find_duplicate_actors(study.actors, threshold).assign(merge="")
    region = study.actors["region"]
    ends = [table[name].map(region) for name in ("id_a", "id_b")]
    apart = (ends[0] != ends[1]) & (ends[0] != "") & (ends[1] != "")
    if not everywhere and apart.any():
        table, names = table[~apart], int((apart & (table["reason"] == REASONS[0])).sum())
        tell(say("actors/apart", pairs=int(apart.sum()), names=names).text(lang))
    run.write(_LISTED, lambda path: write_csv(table, path))
    return table


def _merge(run: "Run", study: "Study", confirmed: Path, lang: Language) -> "pd.DataFrame":
    from maps.exchange.table_files import write_csv
    from regions.actors.merge import merge_actors

    assert study.actors is not None  # noqa: S101 - checked by the command
    merges = _read_confirmed(confirmed)
    merged = merge_actors(study.actors, study.records, merges, file=confirmed.name)
    run.write("actors.csv", lambda path: write_csv(merged.actors.reset_index(), path))
    if merged.records is not None:
        records = merged.records
        run.write("records.csv", lambda path: write_csv(records, path))
    run.write("merged.csv", lambda path: write_csv(merged.report, path))
    if merged.repeated:
        zh = f"合并后有 {merged.repeated:,} 条参与与同一记录中的其他参与相同，只保留一条"
        en = f"{merged.repeated:,} participation(s) fell together with another of the same record; one of each is kept"
        tell(zh if lang is Language.ZH else en)
    return merged.report


def _read_confirmed(path: Path) -> "pd.DataFrame":
    """Read the list that a person went through, as csv or as the workbook that Excel made of it."""
    from regions.files.text_file import read_text_table
    from regions.sources.reading.sheets import is_excel, read_sheets

    return (read_sheets(path)[0] if is_excel(path) else read_text_table(path)).frame


def _print(table: "pd.DataFrame", run: "Run", lang: Language, *, as_json: bool) -> None:
    if as_json:
        show_json(run, rows=table)
        return
    show(say("actors/rows", rows=len(table)).text(lang))
    if "reason" in table and len(table):
        show("; ".join(f"{reason}: {count:,}" for reason, count in table["reason"].value_counts().items()))
    if len(table):
        columns = [column for column in table.columns if column != "merge"]
        show(f"\n{format_table(columns, table[columns].head(_SHOWN).to_numpy(dtype=object).tolist())}\n")
    for path in run.outputs:
        show(str(path))
