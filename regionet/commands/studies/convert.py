"""The command ``convert``: from a source of records to the tables of a study."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regionet.console.language import Language, find_language
from regionet.console.terminal import format_table, show, tell
from regionet.options import FrameOption
from regions.messages import say

if TYPE_CHECKING:
    from regionet.console.run_folder import Run
    from regions.sources import Conversion
    from regions.sources.reading.regions_of_actors import Place

_TABLES = ("actors.csv", "records.csv", "unplaced.csv", "dropped.csv")
_CARD = "study.yaml"
_DROP = "unknown: drop\n"
_OWN_CARD = re.compile(rf"(extends: [\w-]+\n)?({_DROP})?(without: \[[^\n]*\]\n)?")


class SourceName(StrEnum):
    """Where records come from."""

    OPENALEX = "openalex"
    CORDIS = "cordis"
    ROR = "ror"
    PATSTAT = "patstat"
    WOS = "wos"
    SCOPUS = "scopus"
    TABLE = "table"


class LevelName(StrEnum):
    """Which region of an actor counts."""

    COUNTRY = "country"
    CITY = "city"
    NUTS1 = "nuts1"
    NUTS2 = "nuts2"
    NUTS3 = "nuts3"


def convert(
    inputs: Annotated[list[Path], typer.Argument(help="Files of the source; for cordis and patstat also a folder.")],
    source: Annotated[SourceName, typer.Option("--from", help="The source of the records.")],
    lang: Annotated[Language, typer.Option("--lang", default_factory=find_language, help="Language of messages.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the tables; made if missing.")] = Path("regionet-out"),
    region: Annotated[LevelName | None, typer.Option("--region", help="Which region of an actor counts.")] = None,
    study: Annotated[
        str | None, typer.Option("--study", help="Study whose boundaries place the actors that have coordinates.")
    ] = None,
    frame: FrameOption = None,
    settings: Annotated[
        Path | None, typer.Option("--settings", help="For table: a YAML file that says which header means what.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON on stdout.")] = False,
) -> None:
    """Turn OpenAlex, CORDIS, ROR, PATSTAT, Web of Science, Scopus or a long table into actors.csv and records.csv."""
    from regionet.steps.open_study import protect_study, start_run
    from regions.sources import SOURCES, convert_records

    with start_run(lang, out, *_TABLES, _CARD) as run:
        run.protect(inputs)
        if study:
            protect_study(study, run)
        tell(say("progress/convert", source=source.value).text(lang))
        place = _build_place(study, frame) if study else None
        level = region.value if region else None
        with _naming_outputs(run):
            done = convert_records(source.value, inputs, run.staging, level=level, place=place, settings=settings)
        for path in done.tables.files:
            run.add(path.name)
        _write_card(run, study, unplaced=done.tables.unplaced > 0, lang=lang)
        asked = {"from": source.value, "region": level, "study": study, "frame": frame}
        asked |= {"settings": str(settings)} if settings else {}
        files = [
            file
            for path in [*inputs, *filter(None, [settings])]
            for file in (sorted(path.iterdir()) if path.is_dir() else [path])
        ]
        files = [path for path in files if path.is_file()]
        report = done.report[["reason", "what", "count", "first"]].to_dict("records")
        run.finish("convert", None, asked, inputs=files, stale=_TABLES, report=report)
        _print(done, run, lang, as_json=as_json)
        if 0 < done.tables.unplaced == done.tables.actors:
            tell(say("convert/no-region", levels=SOURCES[source.value].levels).text(lang))


@contextmanager
def _naming_outputs(run: "Run") -> Iterator[None]:
    """Let a full disk name the table that could not be written as the user knows it."""
    try:
        yield
    except OSError as error:
        if error.filename and Path(error.filename).parent == run.staging:
            error.filename = str(run.folder / Path(error.filename).name)
        raise


def _build_place(name: str, frame: str | None) -> "Place":
    from regionet.steps.open_study import open_study
    from regionet.steps.place_actors import build_place

    return build_place(open_study(name, frame=frame))


def _write_card(run: "Run", study: str | None, *, unplaced: bool, lang: Language) -> None:
    """Write what the new tables need to be read as a study.

    That is the embedded study that placed their actors, that actors without a region stay, and which regions the
    embedded study still leaves out when some that it left out have actors now. A card that says more is the user's
    own: it is left alone, and what it may lack is told.
    """
    from regions import list_studies
    from regions.files.writing import write_text

    path = run.folder / _CARD
    old = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    known = _OWN_CARD.fullmatch(old)
    extends = f"extends: {study}\n" if study in list_studies() else known and known[1]
    card = (extends or "") + (_DROP if unplaced else "") + (_list_without(study, run) if extends else "")
    if known and card:
        run.write(_CARD, lambda path: write_text(path, card))
    elif unplaced:
        tell(say("convert/card-left", path=path, setting=_DROP.strip()).text(lang))


def _list_without(study: str | None, run: "Run") -> str:
    """Return the setting for the regions that the embedded study leaves out, less those that have actors now."""
    import pandas as pd

    from regions.frames.embedded import EMBEDDED, find_embedded
    from regions.study_card import CARD, read_card

    embedded = find_embedded(study or "")
    without = read_card(EMBEDDED / embedded / CARD).without if embedded else ()
    actors = pd.read_csv(run.staging / "actors.csv", dtype=str, keep_default_na=False)
    rest = [code for code in without if code not in set(actors["region"])]
    return "" if len(rest) == len(without) else f"without: {json.dumps(rest)}\n"


def _print(done: "Conversion", run: "Run", lang: Language, *, as_json: bool) -> None:
    tables = done.tables
    counts = {name: getattr(tables, name) for name in ("actors", "records", "participations", "unplaced")}
    if as_json:
        files = [path.name for path in tables.files]
        report = done.report.to_dict("records")
        show(json.dumps({"out": str(run.folder), "files": files, **counts, "report": report}, ensure_ascii=False))
        return
    show(say("convert/counts", **counts).text(lang))
    if len(done.report):
        what = {"dropped": say("convert/dropped").text(lang), "noted": say("convert/noted").text(lang)}
        text = done.report["text_zh" if lang is Language.ZH else "text"]
        rows = [
            (what[kind], count, reason, first)
            for kind, count, reason, first in zip(
                done.report["what"], done.report["count"], text, done.report["first"], strict=True
            )
        ]
        show(f"\n{format_table(say('convert/report-headers').text(lang).split('|'), rows)}\n")
        for long in text[done.report["reason"].isin(["outside", "not-placed"])]:
            show(f"{long}\n")
    for path in (*run.outputs, run.folder / "run.json"):
        show(str(path))
